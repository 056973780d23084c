"""Inputs of which nothing was read: said first, for whoever looks for them below finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wirecheck.model import Problem, Report

_ADVISED = ("pip install", "documents.csv")
"""What stands in a message that says itself what to do."""
_NUMBERED = re.compile(r":\d+\Z")
# A row of the table that says what is known of the files beside it, see `readers._sidecars`.
_ROW_ABOUT = re.compile(r"(?:\A|[\\/])documents\.csv:\d+\Z")


def list_unread(report: Report) -> tuple[Problem, ...]:
    """Return a problem for each file or address that gave no document, by location: the last that was met there."""
    return find_unread((d.location for d in report.documents), report.problems)


def find_unread(locations: Iterable[str], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the same of the locations of documents and the problems met; a row that says of a file is no input."""
    read = {file_of(location) for location in locations}
    found = {
        file_of(p.location): p
        for p in problems
        if file_of(p.location) not in read and not _ROW_ABOUT.search(p.location)
    }
    return tuple(found[location] for location in sorted(found))


def tell_unread(problems: Sequence[Problem]) -> str:
    """Return one sentence on inputs of which nothing was read, and one on what to do.

    >>> tell_unread([Problem("a.pdf", "locked")])
    '1 input could not be read and is not compared: a.pdf (locked). Save it as text, HTML or PDF and compare again.'
    """
    noun = (
        "1 input could not be read and is"
        if len(problems) == 1
        else f"{len(problems)} inputs could not be read and are"
    )
    shown = "; ".join(f"{p.location} ({p.message})" for p in problems[:3])
    more = f"; and {len(problems) - 3} more, under Problems" if len(problems) > 3 else ""
    return f"{noun} not compared: {shown}{more}.{_advise(problems)}"


def _advise(problems: Sequence[Problem]) -> str:
    """Return what to do about inputs whose messages do not say it: nothing where all do."""
    helpless = [p for p in problems if not any(told in p.message for told in _ADVISED)]
    if not helpless:
        return ""
    it = "it" if len(helpless) == 1 else "them"
    return f" Save {it} as text, HTML or PDF and compare again."


def file_of(location: str) -> str:
    """Return the file or address of a location: without the number of a line or record."""
    return _NUMBERED.sub("", location)
