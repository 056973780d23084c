"""Values: whether two quantities can be one value, and if they differ, in what way."""

from __future__ import annotations

import math
from typing import Literal

from wirecheck.checks._measured import Measured
from wirecheck.model import Difference, Quantity
from wirecheck.text.quantities import to_base

# "about", "nearly", "some" before one significant digit: how far the truth may lie from the figure, as a share of it;
# before more digits it
# is one step of the last of them ("roughly $141 million" is 140 to 142). Tried .05 to .25 on pairs of news figures
# ("about 40" for 38 and 45
# yes, for 22 no): below .1 "nearly 100" misses 92, above .15 "around 30" swallows 25.
ABOUT = 0.12
# Two exact measures in different units ("six miles", "10 kilometres"): newspapers round after converting.
CONVERTED = 0.06
MOST_ROUNDED = 0.26
"""Share of a value that rounding changes at most: 1.5 is written 2, but $50 is not $100 to any reader."""
BLOCK = 100
"""From here on a block is one of a street ("the 12100 block of Dock Street") and its number a name."""
Outcome = Literal["same", "compatible", "different"]


def compare_values(left: Measured, right: Measured) -> tuple[Outcome, Difference | None]:
    """Return whether two values are the same, differ and can both be right, or cannot both be right. Symmetric.

    "same" allows words of bound that do not matter ("about 150", "150").
    """
    a, b = left.quantity, right.quantity
    if a.kind == "score" or b.kind == "score":
        return ("same", None) if (a.low, a.high) == (b.low, b.high) else ("different", None)
    if a.kind in ("age", "ordinal") or (a.counted == b.counted == "block" and left.low >= BLOCK):
        return ("same", None) if left.low == right.low else ("different", None)
    unit_differs = a.unit != b.unit and left.dimension == right.dimension
    if left.low == right.low and left.high == right.high:
        if a.bound == b.bound or {a.bound, b.bound} <= {"exact", "about"}:
            return "same", None
        if {a.bound, b.bound} & {"more-than", "less-than"} and "exact" in (a.bound, b.bound):
            return "compatible", "rounding"
        return "same", None
    if unit_differs and _near(left.low, right.low, CONVERTED) and _near(left.high, right.high, CONVERTED):
        return "same", None
    first, second = bounds_of(left), bounds_of(right)
    if _rounds(left, right):
        return "compatible", "rounding"
    plain = {a.bound, b.bound} <= {"exact"} and a.low == a.high and b.low == b.high
    if plain and a.unit == b.unit:
        return "different", None
    if first[0] <= second[1] and second[0] <= first[1]:
        vague = a.low != a.high or b.low != b.high
        return "compatible", "precision" if vague else "rounding"
    return "different", None


def bounds_of(measured: Measured) -> tuple[float, float]:
    """Return the lowest and highest value that the words allow, in the base of the dimension."""
    quantity, low, high = measured.quantity, measured.low, measured.high
    bound = quantity.bound
    if bound in ("at-least", "more-than"):
        return low, math.inf
    if bound in ("at-most", "less-than"):
        return 0.0, high
    if bound == "about":
        slack = abs(low) * ABOUT
        if measured.significant > 1:
            slack = min(slack, abs(low) / 10.0 ** (measured.significant - 1))
        return low - slack, high + slack
    half = 0.5 * place_of(quantity)
    return low - half, high + half


def place_of(quantity: Quantity) -> float:
    """Return what one step of the last place that the words give is worth, in the base of the dimension; 0 for a
    plain whole number.
    """
    if quantity.kind in ("ordinal", "score", "age") or quantity.low != quantity.high:
        return 0.0
    if quantity.decimals == 0 and quantity.kind in ("count", "number"):
        return 0.0
    step = 10.0**quantity.decimals
    if quantity.unit:
        base = to_base(step, quantity.unit)[1] - (
            to_base(0.0, quantity.unit)[1] if quantity.unit in ("F", "C") else 0.0
        )
        return abs(base)
    return step


def _rounds(left: Measured, right: Measured) -> bool:
    """Return whether one value is the other, rounded or cut at its last place ("$43 million" for $43,885,310)."""
    a, b = left.quantity, right.quantity
    if a.low != a.high or b.low != b.high or (left.low < 0) != (right.low < 0):
        return False
    step_a, step_b = place_of(a), place_of(b)
    step = max(step_a, step_b)
    if step == 0 or (step_a == step_b and a.unit == b.unit and "about" not in (a.bound, b.bound)):
        return False
    gap = abs(left.low - right.low)
    largest = max(abs(left.low), abs(right.low))
    if gap > MOST_ROUNDED * largest:
        return False
    if gap <= 0.5 * step * 0.9999 or (gap < step and gap <= 0.05 * largest):
        return True
    # A half is rounded up: 2.5 is 3, and two years are not two and a half.
    fine, coarse = sorted((left, right), key=lambda m: place_of(m.quantity))
    return gap <= 0.5 * step * 1.0001 and abs(coarse.low) > abs(fine.low)


def _near(left: float, right: float, share: float) -> bool:
    return abs(left - right) <= share * max(abs(left), abs(right))
