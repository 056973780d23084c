"""A real browser for the page; every test that needs one is skipped where none is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

# What Debian, Ubuntu, Fedora and macOS call it; WIRECHECK_CHROMIUM names another one.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    named = os.environ.get("WIRECHECK_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path is not None), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the path, and WIRECHECK_CHROMIUM is not set")
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=path, args=SWITCHES)
        yield chromium
        chromium.close()
