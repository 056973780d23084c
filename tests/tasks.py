"""Tasks for the worker of the app: a module that is quick to import, as a process of its own does it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from wirecheck.errors import UsageError


def end_at_once(say: Callable[[str], None]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_on(seconds: float, say: Callable[[str], None]) -> str:
    say("asleep")
    time.sleep(seconds)
    return "awake"


def refuse(say: Callable[[str], None]) -> None:
    raise UsageError("not so")
