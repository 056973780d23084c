"""Inputs of which nothing was read: said first, for whoever looks for them below finds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.model import Problem, Report

_NUMBERED = re.compile(r":\d+\Z")


def list_unread(report: Report) -> tuple[Problem, ...]:
    """Return a problem for each file or address that gave no document, by location: the last that was met there."""
    read = {_file(d.location) for d in report.documents}
    found = {_file(p.location): p for p in report.problems if _file(p.location) not in read}
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
    """Return what to do about inputs whose messages do not say it: nothing where all name a package to install."""
    helpless = [p for p in problems if "pip install" not in p.message]
    if not helpless:
        return ""
    it = "it" if len(helpless) == 1 else "them"
    return f" Save {it} as text, HTML or PDF and compare again."


def _file(location: str) -> str:
    return _NUMBERED.sub("", location)
