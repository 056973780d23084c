"""A test that runs a coroutine passes wherever another test has left a loop running (`tests/loops.py`)."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.loops import run_async

TESTS = Path(__file__).parents[1]


async def give(value: int) -> int:
    await asyncio.sleep(0)
    return value


def test_a_coroutine_runs_where_a_loop_is_running_already() -> None:
    async def main() -> int:
        return run_async(give, 7)

    # The outer loop runs in this thread, as that of a session's browser does.
    assert run_async(main) == 7


def test_no_test_starts_a_loop_in_its_own_thread() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in TESTS.rglob("*.py")
        for line in re.findall(r"\b(?:asyncio|anyio)\.run\(|\bRunner\(", path.read_text("utf-8"))
    ]

    assert found == []
