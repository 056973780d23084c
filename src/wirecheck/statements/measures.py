"""Measures: what figures are figures of, in which dimension, and how many digits they give."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from wirecheck.model import Quantity
from wirecheck.text.quantities import to_base
from wirecheck.text.stems import stem


class _Lists:
    def __init__(self) -> None:
        text = resources.files("wirecheck.statements").joinpath("data/measures.toml").read_text("utf-8")
        data = tomllib.loads(text)
        concepts: dict[str, set[str]] = {}
        self.sums = frozenset(m["name"] for m in data["measure"] if m.get("money"))
        self.rising = frozenset(m["name"] for m in data["measure"] if m["rising"])
        for measure in data["measure"]:
            for word in measure["words"]:
                concepts.setdefault(stem(word), set()).add(measure["name"])
        nouns: dict[str, set[str]] = {}
        for noun in data["noun"]:
            for word in noun["words"]:
                nouns.setdefault(word, set()).add(noun["name"])
        self.concepts: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in concepts.items()}
        self.nouns: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in nouns.items()}
        verbs: dict[str, set[int]] = {}
        for number, verb in enumerate(data["verb"]):
            for word in verb["words"]:
                verbs.setdefault(stem(word), set()).add(number)
        self.verbs: Mapping[str, frozenset[int]] = {k: frozenset(v) for k, v in verbs.items()}
        self.noun_stems: Mapping[str, frozenset[str]] = {stem(k): v for k, v in self.nouns.items()}
        self.qualifiers = frozenset(stem(w) for w in data["qualifiers"]["words"])
        self.opposed = tuple((stem(a), stem(b)) for a, b in data["opposed"]["pairs"])


@cache
def load_lists() -> _Lists:
    """Return the word lists of `data/measures.toml`."""
    return _Lists()


def read_dimension(quantity: Quantity) -> tuple[str, float, float]:
    """Return the dimension of a quantity and its lowest and highest value in the base of it.

    The dimension is "count", "percent:percent", "score:", "age", "money:" with a currency code, or that of its unit.
    """
    if quantity.kind == "money":
        return f"money:{quantity.unit}", quantity.low, quantity.high
    if quantity.kind in ("percent", "score", "ordinal"):
        return f"{quantity.kind}:{quantity.unit}", quantity.low, quantity.high
    if quantity.kind == "age":
        return "age", quantity.low, quantity.high
    if not quantity.unit:
        return "count", quantity.low, quantity.high
    dimension, low = to_base(quantity.low, quantity.unit)
    return dimension, low, to_base(quantity.high, quantity.unit)[1]


def count_digits(quantity: Quantity) -> int:
    """Return how many digits of a quantity carry information: 2 for 43 million, 8 for 43,885,310; 1 for a range."""
    if quantity.low == 0 or quantity.low != quantity.high:
        return 1
    digits = re.sub(r"[^\d]", "", f"{quantity.low:.6f}".rstrip("0").rstrip(".")).strip("0")
    return max(1, len(digits))


def classes_of(noun: str) -> frozenset[str]:
    """Return what counts as the same as a noun: itself, and the groups of `data/measures.toml` that hold it."""
    return frozenset({noun} | load_lists().nouns.get(noun, frozenset())) if noun else frozenset()
