"""What is found: the words for a date, with their value in TIMEX3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wirecheck.text.timestamps import is_placeholder

Kind = Literal["date", "time", "duration", "set"]
Precision = Literal["year", "month", "day", "hour", "minute"]
Modifier = Literal["", "start", "mid", "end", "about", "less", "more"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words for a date, time, duration or set at `[start, end)`.

    `value` follows TIMEX3, "PAST_REF", "PRESENT_REF" and "FUTURE_REF" included; "" when nothing is known. `modifier`
    says which part of it is meant ("early December" is the start of 12) or how sure it is. `relative` says that the
    words place it before or after something else ("hours after the vote", "two days earlier").
    """

    start: int
    end: int
    kind: Kind
    value: str
    modifier: Modifier = ""
    relative: Literal["before", "after"] | None = None
    offset_min: int | None = None
    """Minutes that the clock is ahead of Greenwich, as its value says; "local time" and "IST" do not."""
    is_local: bool = False
    """True where the clock is said to be that of a place, or of a zone of several meanings."""

    @property
    def precision(self) -> Precision | None:
        return precision_of(self.value)


def express(
    match: re.Match[str],
    kind: Kind,
    value: str,
    *,
    group: int = 0,
    start: int | None = None,
    end: int | None = None,
    modifier: Modifier = "",
    relative: Literal["before", "after"] | None = None,
) -> TimeExpression:
    """Return an expression at the words of a match, or of a group of it, unless `start` or `end` say otherwise."""
    first, last = match.span(group)
    return TimeExpression(
        first if start is None else start, last if end is None else end, kind, value, modifier, relative
    )


def precision_of(value: str) -> Precision | None:
    """Return how far a TIMEX3 value goes; None for durations, sets and references.

    >>> [precision_of(v) for v in ("2025", "2025-02", "2025-W07", "2025-02-12TMO", "2025-02-12T16:30", "P2D")]
    ['year', 'month', 'day', 'day', 'minute', None]
    """
    if not value or value[0] == "P" or value.endswith("_REF"):
        return None
    if "T" in value:
        clock = value.split("T")[1]
        return "minute" if ":" in clock else "hour" if clock.isdigit() else "day"
    if re.fullmatch(r"[\dX]{2,4}", value):
        return "year"
    if re.fullmatch(r"[\dX]{4}-(?:\d\d|Q[\dX]|H\d|SP|SU|FA|WI)", value):
        return "month"
    if re.fullmatch(r"[\dX]{4}-(?:\d\d-\d\d|W[\dX]{2}(?:-(?:\d|WE))?)", value):
        return "day"
    return None


def parse_anchor(published: str | None) -> datetime | None:
    """Return the moment of publication of an ISO 8601 text, None unless it goes to the day and is no placeholder."""
    if published is None or is_placeholder(published):
        return None
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d))?", published)
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0))
    except ValueError:
        return None
