"""Quantities: whether two of them can be one value, and if they differ, in what way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from wirecheck.comparison.values import say
from wirecheck.model import Comparison, Quantity, ValueComparison
from wirecheck.statements.measures import classes_of, count_digits, load_lists, read_dimension
from wirecheck.text.quantities import to_base
from wirecheck.text.stems import stem

# "about", "nearly", "some" before one significant digit: how far the truth may lie from the figure, as a share of it;
# before more digits it is one step of the last of them ("roughly $141 million" is 140 to 142). Tried .05 to .25 on
# pairs of news figures ("about 40" for 38 and 45 yes, for 22 no): below .1 "nearly 100" misses 92, above .15 "around
# 30" swallows 25.
ABOUT = 0.12
# Two exact measures in different units ("six miles", "10 kilometres"): newspapers round after converting.
CONVERTED = 0.06
MOST_ROUNDED = 0.26
"""Share of a value that rounding changes at most: 1.5 is written 2, but $50 is not $100 to any reader."""
TAKEN_ROUNDED = 0.15
"""Share by which somebody who rounds a figure that he was given may change it: on planted drafts, 146 for 100 is no
rounding to an editor."""
EXCHANGED = 0.09
"""Share by which one sum in two currencies may differ: both are rounded, and rates move between two days."""
MOST_APART = 2.5
"""Figures of which one is more than so many times the other are likelier of two things than one misreported."""
SMALL = 10.0
"""Counts up to here are everywhere."""
BETTER = 0.05
"""Share by which two bounds of one kind must differ for one to be the better one that its writer would have given."""
TIES = 0.015
"""Share by which two figures may differ that tie two clauses together: $13.6 million is 13,625,777."""
BLOCK = 100
"""From here on a block is one of a street ("the 12100 block of Dock Street") and its number a name."""
NAMES = ("score", "ordinal")
"""Kinds of which a value is no amount: it is one, or another."""
PLAIN_UNITS = frozenset({"percent", "percentage point", "magnitude", "basis point"})
Rates = Mapping[tuple[str, str], float]
"""What one unit of the first currency is worth in the second, both ways."""


def compare_quantities(
    left: Quantity,
    right: Quantity,
    *,
    newer: Literal["left", "right"] | None = None,
) -> ValueComparison:
    """Return how two quantities stand to each other, with what they count.

    `newer` is the side that was written later, of a count that only grows; without it two counts that differ exclude
    each other.
    """
    of_one = _of_one_thing(left, right) or _counts_deed(left, right) or _counts_deed(right, left)
    found = relate_amounts(left, right) if of_one else "other-measure"
    if found == "excluded" and newer is not None and _grew(left, right, newer):
        found = "later"
    first, second = sorted((left, right), key=lambda q: (q.low, q.high, show_quantity(q)))
    coarse, fine = sorted((first, second), key=lambda q: -_width(q)) if found == "coarser" else (first, second)
    return ValueComparison(
        "quantity", left.span, right.span, found, say(found, show_quantity(coarse), show_quantity(fine))
    )


def compare_over_time(left: Quantity, right: Quantity, *, newer: Iterable[Literal["left", "right"]]) -> ValueComparison:
    """Return how two quantities stand to each other where it is not known which of them was written later.

    `newer` are the sides that may have been, of a count that only grows: without any this is `compare_quantities`.
    """
    found = compare_quantities(left, right)
    risen = (compare_quantities(left, right, newer=side) for side in newer)
    return next((v for v in risen if v.comparison == "later"), found)


def relate_amounts(left: Quantity, right: Quantity, *, rates: Rates | None = None) -> Comparison:
    """Return how two values stand to each other, whatever they count. Symmetric.

    Words of bound that do not matter leave two values equal ("about 150", "150"); "at least 12" is coarser than 12.
    """
    (dimension, low, high), (other, low_right, high_right) = read_dimension(left), read_dimension(right)
    if left.kind in NAMES or right.kind in NAMES:
        return _relate_names(left, right)
    if dimension != other:
        return _relate_dimensions(left, right, rates)
    if left.counted == right.counted == "block" and low >= BLOCK:
        return "equal" if low == low_right else "excluded"
    loose = {left.bound, right.bound} <= {"exact", "about"}
    if (low, high) == (low_right, high_right):
        if left.bound == right.bound or loose:
            return "equal"
        if {left.bound, right.bound} & {"more-than", "less-than"} and "exact" in (left.bound, right.bound):
            return "rounded"
        return "open" if _opens(left) * _opens(right) < 0 else "coarser"
    if loose and left.unit != right.unit and _near(low, low_right, CONVERTED) and _near(high, high_right, CONVERTED):
        return "equal"
    if left.bound == right.bound == "about" and abs(low - low_right) <= min(_step_of(left), _step_of(right)):
        return "open"  # about 80 and about 90 may both be told of 85
    ours, theirs = bounds_of(left), bounds_of(right)
    meet = ours[0] <= theirs[1] and theirs[0] <= ours[1]
    if _rounds(left, right, meet=meet):
        return "rounded"
    plain = left.bound == right.bound == "exact" and left.low == left.high and right.low == right.high
    if not meet or plain:
        return "excluded"
    if loose and left.low == left.high and right.low == right.high:
        return "rounded"
    inside = ours[0] <= theirs[0] <= theirs[1] <= ours[1] or theirs[0] <= ours[0] <= ours[1] <= theirs[1]
    return "coarser" if inside else "open"


def is_rounding(left: Quantity, right: Quantity) -> bool:
    """Return whether one of two plain figures is the other with fewer digits: 35.7, 35.72."""
    return left.bound == right.bound == "exact" and relate_amounts(left, right) == "rounded"


def _relate_names(left: Quantity, right: Quantity) -> Comparison:
    if left.kind != right.kind:
        return "other-measure"
    if left.unit == right.unit and (left.low, left.high) == (right.low, right.high):
        return "equal"
    # "won 3-2", "lost 2-3": who comes first is not known
    return "open" if left.kind == "score" and (left.low, left.high) == (right.high, right.low) else "excluded"


def _relate_dimensions(left: Quantity, right: Quantity, rates: Rates | None) -> Comparison:
    """Return how values of two dimensions stand to each other: sums in two currencies, a number without its unit."""
    if left.kind == right.kind == "money":
        base, other = sorted((left, right), key=lambda q: q.unit)
        rate = (rates or {}).get((other.unit, base.unit))
        if rate is None:
            return "other-measure"
        return "open" if _near(base.low, other.low * rate, EXCHANGED) else "excluded"
    bare, whole = (left, right) if not left.unit else (right, left)
    if bare.unit or bare.counted or "age" in (bare.kind, whole.kind):
        return "other-measure"
    if bare.decimals < 0:  # a fraction is rare enough: "35.7", "35.72 %"
        known = replace(bare, unit=whole.unit, kind=whole.kind)
        if relate_amounts(known, whole) in ("equal", "rounded"):
            return "rounded"
    return "open"


def _of_one_thing(left: Quantity, right: Quantity) -> bool:
    """Return whether nothing shows that two quantities count two things: the same noun, a word for it, or none."""
    if "money" in (left.kind, right.kind) or not left.counted or not right.counted:
        return True
    if stem(left.counted) == stem(right.counted):
        return True
    return bool(classes_of(left.counted) & classes_of(right.counted))


def _counts_deed(left: Quantity, right: Quantity) -> bool:
    """Return whether one counts persons and the other what befalls each of them: three deaths are three people."""
    return "person" in classes_of(left.counted) and bool(load_lists().concepts.get(stem(right.counted)))


def _grew(left: Quantity, right: Quantity, newer: str) -> bool:
    late, early = (left, right) if newer == "left" else (right, left)
    return read_dimension(late)[1] > read_dimension(early)[1]


def relate_shares(left: Quantity, right: Quantity) -> Comparison:
    """Return how two shares of one whole stand to each other, of which one is the rest of the other. Symmetric."""
    return relate_amounts(left, _complement(right))


def _complement(share: Quantity) -> Quantity:
    turned = {"at-least": "at-most", "at-most": "at-least", "more-than": "less-than", "less-than": "more-than"}
    bound = turned.get(share.bound, share.bound)
    return replace(share, low=100.0 - share.high, high=100.0 - share.low, bound=bound)  # type: ignore[arg-type]


def bounds_of(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest value that the words allow, in the base of the dimension."""
    _, low, high = read_dimension(quantity)
    if quantity.bound in ("at-least", "more-than"):
        return low, math.inf
    if quantity.bound in ("at-most", "less-than"):
        return 0.0, high
    if quantity.bound == "about":
        slack = abs(low) * ABOUT
        digits = count_digits(quantity)
        if digits > 1:
            slack = min(slack, abs(low) / 10.0 ** (digits - 1))
        return low - slack, high + slack
    half = 0.5 * place_of(quantity)
    return low - half, high + half


def _step_of(quantity: Quantity) -> float:
    """Return what one step of the last digit that is not 0 is worth, in the base of the dimension: 10 of "80 miles"."""
    if not quantity.low or quantity.low != quantity.high:
        return 0.0
    _, base, _ = read_dimension(quantity)
    return float(abs(base) / 10.0 ** (count_digits(quantity) - 1) / _first_digit(quantity.low))


def _first_digit(value: float) -> float:
    return abs(value) / 10.0 ** math.floor(math.log10(abs(value)))


def place_of(quantity: Quantity) -> float:
    """Return what one step of the last place that the words give is worth, in the base of the dimension; 0 for a
    plain whole number.
    """
    if quantity.kind in (*NAMES, "age") or quantity.low != quantity.high:
        return 0.0
    if quantity.decimals == 0 and quantity.kind in ("count", "number"):
        return 0.0
    step = 10.0**quantity.decimals
    if abs(quantity.low / step - round(quantity.low / step)) > 1e-6:
        return 0.0  # "a third" is exact, however it is written
    if quantity.unit:
        base = to_base(step, quantity.unit)[1] - (
            to_base(0.0, quantity.unit)[1] if quantity.unit in ("F", "C") else 0.0
        )
        return abs(base)
    return step


def _rounds(left: Quantity, right: Quantity, *, meet: bool) -> bool:
    """Return whether one value is the other, rounded or cut at its last place ("$43 million" for $43,885,310).

    What is cut may not break a bound: $43.9 million is not "up to $43 million".
    """
    low, other = read_dimension(left)[1], read_dimension(right)[1]
    if left.low != left.high or right.low != right.high or (low < 0) != (other < 0):
        return False
    steps = place_of(left), place_of(right)
    step = max(steps)
    if step == 0 or (steps[0] == steps[1] and left.unit == right.unit and "about" not in (left.bound, right.bound)):
        return False
    gap, largest = abs(low - other), max(abs(low), abs(other))
    if gap > MOST_ROUNDED * largest:
        return False
    bounded = not {left.bound, right.bound} <= {"exact", "about"}
    if gap <= 0.5 * step * 0.9999 or (gap < step and gap <= 0.05 * largest and (meet or not bounded)):
        return True
    # A half is rounded up: 2.5 is 3, and two years are not two and a half.
    fine, coarse = sorted(((steps[0], low), (steps[1], other)))
    return gap <= 0.5 * step * 1.0001 and abs(coarse[1]) > abs(fine[1])


def _opens(quantity: Quantity) -> int:
    """Return 1 for a value without an upper end, -1 for one without a lower end, else 0."""
    return {"at-least": 1, "more-than": 1, "at-most": -1, "less-than": -1}.get(quantity.bound, 0)


def _near(left: float, right: float, share: float) -> bool:
    return abs(left - right) <= share * max(abs(left), abs(right))


def _width(quantity: Quantity) -> float:
    low, high = bounds_of(quantity)
    return high - low


def one_number(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities give one number, though one of them may leave more open: "at least 12", "12".

    "as many as 100" and 100 are two: what is the most that is possible is not what is.
    """
    found = relate_amounts(left, right)
    capped = "at-most" in (left.bound, right.bound)
    return found == "equal" or (found == "coarser" and left.low == right.low and left.high == right.high and not capped)


def is_slip(left: Quantity, right: Quantity) -> bool:
    """Return whether two figures of four digits or more differ in exactly one of them.

    Digits are those written: $5,687.75 and $5,587.75 are a slip, 1,200 and 1,300 are not.
    """
    if min(count_digits(left), count_digits(right)) < 4 or left.unit != right.unit:
        return False
    a, b = f"{left.low:.2f}", f"{right.low:.2f}"
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b)) == 1


def exclude_as_written(left: Quantity, right: Quantity) -> bool:
    """Return whether no writer who knows one figure gives the other one.

    So are two bounds of one kind that lie apart ("over $850,000", "more than $950,000"), though both can be true.
    """
    found = relate_amounts(left, right)
    if found in ("excluded", "open"):
        return found == "excluded"
    bounds = {left.bound, right.bound}
    one_bound = len(bounds) == 1 and not bounds & {"exact", "range"}
    low, other = read_dimension(left)[1], read_dimension(right)[1]
    return one_bound and not _near(low, other, BETTER)


def relate_taken(own: Quantity, given: Quantity, *, rates: Rates | None = None) -> Comparison:
    """Return how a figure stands to the one that it was taken from. Not symmetric.

    Who gives more digits than he was given has not rounded, who changes it by more than a little tells something else,
    and who writes "more than 130" has not read "more than 100".
    """
    found = relate_amounts(own, given, rates=rates)
    if found == "rounded" and (place_of(own) < place_of(given) or ratio_of(own, given) > 1.0 + TAKEN_ROUNDED):
        return "excluded"
    return "excluded" if found in ("coarser", "rounded") and exclude_as_written(own, given) else found


def is_bare_age(left: Quantity, right: Quantity) -> bool:
    """Return whether one is an age and the other a number that may be the same one: "she was 22", "aged 22"."""
    kinds = {left.kind, right.kind}
    return "age" in kinds and kinds <= {"age", "number", "count"} and left.low == right.low


def ratio_of(left: Quantity, right: Quantity) -> float:
    """Return how many times the smaller of two values the larger is, 1 or more; a tenth is added to both."""
    low, high = sorted(abs(read_dimension(q)[1]) for q in (left, right))
    return (high + 0.1) / (low + 0.1)


def are_close(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities that exclude each other are near enough to be one thing misreported."""
    return ratio_of(left, right) <= MOST_APART


def is_common(quantity: Quantity) -> bool:
    """Return whether a figure is a small count, as a text has many."""
    return quantity.high <= SMALL and not quantity.unit


def is_telling(quantity: Quantity) -> bool:
    """Return whether a figure is rare enough to tie two statements together; one and two are everywhere."""
    return quantity.low > 2 or bool(quantity.unit)


def same_quantity(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities give one value of one unit, whatever they count, so nearly that it is no chance.

    A rounding by more than `TIES` may be one, but ties nothing together: $1.3 million and $1 million.
    """
    if left.unit != right.unit or relate_amounts(left, right) not in ("equal", "rounded", "coarser"):
        return False
    slack = TIES * max(abs(left.high), abs(right.high))
    return left.low - slack <= right.high and right.low - slack <= left.high


def same_figure(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities give one telling value of the same thing, as far as they say of what."""
    return is_telling(left) and same_quantity(left, right) and _of_one_thing(left, right)


def one_telling_number(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities give one number that is telling by itself: of one thing, a fraction, or an amount
    of three digits, be it once without its unit ("35.7", "35.72 %").
    """
    found = relate_amounts(left, right)
    if found not in ("equal", "rounded"):
        return False
    precise = bool(left.unit) and any(q.high >= 100.0 * 10.0**q.decimals for q in (left, right))
    return precise or left.decimals < 0 or right.decimals < 0 or same_figure(left, right)


def quantities_differ(left: Iterable[Quantity], right: Iterable[Quantity]) -> bool:
    """Return whether both sides give values of one unit, or of one counted thing, and no telling value is shared."""
    ours, theirs = _by_measure(left), _by_measure(right)
    if any(same_quantity(a, b) and is_telling(a) for m in ours for a in ours[m] for b in theirs.get(m, [])):
        return False
    return any(
        not any(same_quantity(a, b) for a in ours[measure] for b in theirs[measure])
        for measure in sorted(set(ours) & set(theirs))
    )


def _by_measure(quantities: Iterable[Quantity]) -> dict[str, list[Quantity]]:
    found: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        measure = quantity.unit or (f"count of {stem(quantity.counted)}" if quantity.counted else "")
        if measure and quantity.kind != "ordinal":
            found.setdefault(measure, []).append(quantity)
    return found


def show_quantity(quantity: Quantity) -> str:
    """Return a quantity in plain words: "at least 12 people", "141 million USD", "3-2"."""
    if quantity.kind == "score":
        return f"{quantity.low:g}-{quantity.high:g}"
    low, high = _show_number(quantity.low), _show_number(quantity.high)
    number = low if low == high else f"{low} to {high}"
    bound = "" if quantity.bound in ("exact", "range") else quantity.bound.replace("-", " ")
    unit, counted = quantity.unit, quantity.counted
    if number != "1" and quantity.kind != "ordinal":
        unit, counted = unit if unit in PLAIN_UNITS or not unit.islower() else _plural(unit), _plural(counted)
    return " ".join(w for w in (bound, number, unit, counted) if w)


def _plural(noun: str) -> str:
    known = {"person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet"}
    if noun in known or len(noun) < 3:
        return known.get(noun, noun)
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _show_number(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and value / size == round(value / size, 3):
            return f"{value / size:g} {word}"
    return f"{value:,.10g}"
