"""Running a coroutine from a test, wherever the test runs.

A session's browser leaves an event loop running in the main thread of its process, and a test that comes after it there
can't start another: so every loop of a test gets a thread of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import anyio

Value = TypeVar("Value")


def run_async(function: Callable[..., Awaitable[Value]], *arguments: Any) -> Value:
    """Return what `await function(*arguments)` gives, from a loop in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, function, *arguments).result()
