"""Quantities as news text writes them: a number with its bound, its unit or currency, and what kind of thing it is.

Numbers that count nothing are left out: names of models, roads, laws and flights, telephone numbers, addresses, clock
times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wirecheck.text.numbers import find_numbers
from wirecheck.text.quantities.amount import Amount, amount_at
from wirecheck.text.quantities.joining import join_amounts
from wirecheck.text.quantities.naming import in_address, is_name
from wirecheck.text.quantities.reading import read_amount
from wirecheck.text.quantities.units import to_base
from wirecheck.text.quantities.wording import add_bounds, find_ordinals, find_vague

__all__ = ["Amount", "find_amounts", "find_money", "find_percentages", "to_base"]

_LEAST_SCALED = 24
"""What "a couple of dozen" is at least: such a count holds the number that its scale was read as."""
_SAYINGS = frozenset(("One day", "9/11", "24/7", "7/7"))


def find_amounts(text: str, *, names: bool = False) -> tuple[Amount, ...]:
    """Return the quantities of a text, sorted, not overlapping.

    With `names`, also the numbers that name or stand for something else (laws, models, house numbers).
    """
    numbers = find_numbers(text, glued=True)
    found: list[Amount] = []
    barrier = 0
    for index, number in enumerate(numbers):
        if number.start < barrier:
            continue
        amount = read_amount(text, number, barrier, numbers, index)
        if amount is None or in_address(text, number.start):
            continue
        if not names:
            plain = amount.kind in ("count", "number") and not amount.unit
            if text[amount.start : amount.end] in _SAYINGS or (plain and is_name(text, number)):
                continue
        found.append(amount)
        barrier = amount.core_end
    if not names:
        found = join_amounts(text, found)
        found += [a for a in find_ordinals(text) if not _overlaps(found, a)]
        vague = list(find_vague(text))
        scaled = [a for a in vague if a.low >= _LEAST_SCALED]
        found = [a for a in found if not _overlaps(scaled, a)]  # the "hundred" of "a few hundred"
        found += [a for a in vague if not _overlaps(found, a)]
        found = [add_bounds(text, a) for a in found]
    return tuple(sorted(found, key=lambda a: (a.start, a.end)))


def _overlaps(found: Iterable[Amount], amount: Amount) -> bool:
    return any(a.core_start < amount.core_end and amount.core_start < a.core_end for a in found)


def find_money(text: str) -> tuple[Amount, ...]:
    """Return the sums of money in a text; bounds are left aside, so that the span is the sum alone."""
    return tuple(
        replace(a, start=a.core_start, end=a.core_end) for a in find_amounts(text, names=True) if a.kind == "money"
    )


def find_percentages(text: str) -> tuple[Amount, ...]:
    """Return the percentages in a text, and as `value` None the word on its own ("a small percent")."""
    found = [
        replace(a, start=a.core_start, end=a.core_end)
        for a in find_amounts(text, names=True)
        if a.unit == "percent" and a.raw is not None
    ]
    taken = [(a.start, a.end) for a in found]
    for match in re.finditer(r"\b(?:percentage|per ?cent|percent)s?\b", text, re.IGNORECASE):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        rest = re.compile(r"\s+of\s+").match(text, match.end())
        number = next((n for n in find_numbers(text) if rest and n.start == rest.end()), None)
        end, value = (number.end, number.value) if number is not None else (match.end(), None)
        found.append(amount_at(match.start(), end, value or 0.0, unit="percent", kind="percent", raw=value))
    return tuple(sorted(found, key=lambda a: a.start))
