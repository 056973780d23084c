"""Tasks for the worker of the app: a module that is quick to import, as a process of its own does it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from wirecheck.errors import UsageError
from wirecheck.language.reader import map_in_threads


def end_at_once(say: Callable[[str], None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_on(seconds: float, say: Callable[[str], None]) -> str:
    say("asleep")
    time.sleep(seconds)
    return "awake"


def refuse(say: Callable[[str], None]) -> None:
    raise UsageError("not so")


def count_slowly(many: int, say: Callable[[str], None]) -> tuple[int, int]:
    """Return how many were counted, and the priority of the threads that did; higher gives way."""
    say("Counting")
    made = map_in_threads(lambda _: time.sleep(0.1) or _tell_nice(), range(many), what="one by one")
    return len(made), max(made)


def tell_priority(say: Callable[[str], None]) -> int:
    return _tell_nice()


def _tell_nice() -> int:
    return os.nice(0) if hasattr(os, "nice") else 0
