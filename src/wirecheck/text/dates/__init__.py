"""Dates, times, durations and sets as English news text writes them, with TIMEX3 values (ISO-TimeML, TempEval-3).

A relative date is resolved against an anchor, the date of publication. Without one, what is known stays ("XXXX-02-12"
for "February 12", "XXXX-WXX-3" for "Wednesday"), so that two of them can still be held against each other.

Each way of writing a date is a `Rule`: a pattern and the function that reads it, in the module of its kind.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from wirecheck.text.dates import clocks, days, durations, habits, periods, references, years
from wirecheck.text.dates.context import Context, Rule
from wirecheck.text.dates.expression import TimeExpression, parse_anchor, precision_of
from wirecheck.text.timestamps import is_placeholder

__all__ = ["TimeExpression", "find_dates", "parse_anchor", "precision_of"]


@cache
def _list_rules() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """Return the rules with their compiled patterns; of two that match the same words the first has its way."""
    rules = [r for m in (days, clocks, periods, durations, years, habits, references) for r in m.RULES]
    return tuple((rule, re.compile(rule.pattern)) for rule in rules)


def find_dates(text: str, anchor: datetime | None = None) -> tuple[TimeExpression, ...]:
    """Return the dates, times, durations and sets of a text, sorted, not overlapping; a placeholder is no anchor.

    >>> [(e.kind, e.value) for e in find_dates("hours after Wednesday's vote", datetime(2025, 2, 13))]
    [('duration', 'PTXH'), ('date', '2025-02-12')]
    """
    candidates = []
    lower = text.lower()
    for rank, (rule, pattern) in enumerate(_list_rules()):
        if rule.needs and not any(n in lower for n in rule.needs):
            continue
        for match in pattern.finditer(text):
            start, end = match.span(rule.group)
            candidates.append((start, start - end, rank, rule, match))
    candidates.sort(key=lambda c: c[:3])
    if anchor is not None and is_placeholder(anchor.isoformat()):
        anchor = None
    context = Context(text, anchor)
    found: list[TimeExpression] = []
    last = 0
    for start, _, _, rule, match in candidates:
        expression = context.resolve(rule, match) if start >= last else None
        if expression is not None:
            found.append(expression)
            last = max(last, expression.end)
    return tuple(found)
