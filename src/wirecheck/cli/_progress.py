"""The line of progress: on standard error, where that is a terminal, for what takes longer than two seconds."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from wirecheck.progress import Advance, listening

SHOWN_AFTER_S = 2.0
_EVERY_S = 0.2


class Line:
    """A line on a terminal that is drawn over; elsewhere nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._is_shown = sys.stderr.isatty() and not quiet
        self._start = time.monotonic()
        self._last = 0.0
        self._drawn = False
        self._what = ""
        self._since = self._start

    def show(self, text: str) -> None:
        """Draw the line anew, unless it is too early for a line at all or too soon after the last."""
        now = time.monotonic()
        if not self._is_shown or now - self._start < SHOWN_AFTER_S or now - self._last < _EVERY_S:
            return
        self._last, self._drawn = now, True
        columns = shutil.get_terminal_size((80, 24)).columns
        click.echo(f"\r\x1b[K{text[: columns - 1]}", err=True, nl=False)

    def hear(self, advance: Advance) -> None:
        """Draw how far a piece of work is."""
        if advance.what != self._what:
            self._what, self._since = advance.what, time.monotonic()
        self.show(tell_advance(advance, time.monotonic() - self._since))

    def clear(self) -> None:
        """Wipe the line, if one was drawn."""
        if self._drawn:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._drawn = False


@contextmanager
def showing_progress(*, quiet: bool = False) -> Iterator[Line]:
    """Show on a line how far the work inside is, and wipe the line at the end."""
    line = Line(quiet=quiet)
    try:
        with listening(line.hear):
            yield line
    finally:
        line.clear()


def tell_advance(advance: Advance, taken_s: float) -> str:
    """Return how far work is, with rate and time left as far as they are known.

    >>> tell_advance(Advance("reading documents", 10, 40), 5.0)
    'reading documents: 10 of 40, 2/s, 0:15 left'
    """
    if advance.total is None:
        share = f": {advance.done}" if advance.done else ""
    else:
        share = f": {advance.done} of {advance.total}"
    if not advance.done or taken_s <= 0:
        return f"{advance.what}{share}"
    rate = advance.done / taken_s
    shown = f"{rate:.0f}/s" if rate >= 1.5 else f"{1 / rate:.1f} s each"
    left = f", {tell_duration((advance.total - advance.done) / rate)} left" if advance.total is not None else ""
    return f"{advance.what}{share}, {shown}{left}"


def tell_duration(seconds: float) -> str:
    """Return a duration as minutes and seconds, with hours where there are some.

    >>> tell_duration(65), tell_duration(3700)
    ('1:05', '1:01:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
