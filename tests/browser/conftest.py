"""A real browser for the page; every test that needs one is skipped where none is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import make_report
from tests.pages import DESKTOP, Open, Opened
from wirecheck.report.html import render_html

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


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_page(
        html: str | None = None, *, viewport: dict[str, int] = DESKTOP, script: bool = True, **options: Any
    ) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(html if html is not None else render_html(make_report()), "utf-8")
        context = browser.new_context(viewport=viewport, java_script_enabled=script, reduced_motion="reduce", **options)
        contexts.append(context)
        seen = Opened(context.new_page())
        context.route("**/*", lambda route: (seen.requests.append(route.request.url), route.continue_()))
        seen.page.on("console", lambda message: seen.said.append(message.text))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("dialog", lambda dialog: (seen.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        seen.page.goto(path.as_uri())
        return seen

    yield open_page
    for context in contexts:
        context.close()
