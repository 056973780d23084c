"""What is found: a number with its bound and unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
AmountKind = Literal["count", "money", "percent", "measure", "age", "ordinal", "number", "score"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bound and unit at `[start, end)`; the number with its unit, without words of bound, is
    `[core_start, core_end)`.

    `low` and `high` are the closed range of values before any bound is applied, in `unit`, scaled. A score has its
    first and its second number there: "52-3" is 52 and 3. `place` is the last place that the words give, as a power of
    ten.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    low: float
    high: float
    bound: Bound = "exact"
    unit: str = ""
    kind: AmountKind = "count"
    place: int = 0
    adjectival: bool = False
    """True when the unit is bound to a following noun: "6.1-magnitude quake", "10-metre craft"."""
    raw: float | None = None
    """The number as written, before the unit scales it: 470 in "470 pence"; None for a unit without a number."""

    @property
    def value(self) -> float | None:
        return self.raw


def amount_at(
    start: int,
    end: int,
    low: float,
    high: float | None = None,
    *,
    bound: Bound = "exact",
    unit: str = "",
    kind: AmountKind = "count",
    place: int = 0,
    adjectival: bool = False,
    raw: float | None = None,
) -> Amount:
    """Return an amount of which the bound is not yet read, so that all its words are its core."""
    return Amount(start, end, start, end, low, low if high is None else high, bound, unit, kind, place, adjectival, raw)
