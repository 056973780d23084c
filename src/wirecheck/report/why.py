"""Why: a judgement told in words, as a sum that ends in its probability.

The command `wirecheck why` and the page tell the same lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirecheck.model import Feature, Judgement, Relation

FEWEST_CHANGED = 0.01
"""Change of a probability below which a feature did not matter to the verdict."""
HALF = 0.5
MOST_CHANGES = 3
"""Features that are named as those which would have changed it most."""
LIGHT = 0.05
"""Weight below which a feature is told with others in one line; it changes a probability by .0125 at most."""
NOTE = (
    "Weights above zero speak for it, those below against it; their sum is turned into a probability (0 is one half)."
)
RELATIONS: dict[Relation, str] = {
    "equivalent": "both state one fact and little else",
    "overlaps": "both state one fact, among others",
    "contradicts": "they cannot both be right",
    "differs": "they tell of one fact in different ways, and both can be right",
    "other": "nothing shows that they speak of one fact",
}

DECIDED: dict[Relation, str] = RELATIONS | {
    "overlaps": "they agree",
    "differs": "both can be right",
    "other": "it stays open whether both can be right",
}
"""The same where the values decided."""


@dataclass(frozen=True, slots=True)
class Term:
    """A line of a sum: its weight with its sign, and what it is for."""

    weight: str
    text: str


def list_terms(features: Sequence[Feature]) -> tuple[Term, ...]:
    """Return the lines of a sum: the start, then what weighs most, what is light in one line, and the total.

    >>> [t.weight for t in list_terms([Feature("start", "", "", -1.0), Feature("a", "", "", 2.5)])]
    ['-1.00', '+2.50', '+1.50']
    """
    if not features:
        return ()
    rest = sorted(features[1:], key=lambda f: -abs(f.weight))
    heavy = [f for f in rest if abs(f.weight) >= LIGHT]
    light = [f for f in rest if abs(f.weight) < LIGHT and f.weight]
    terms = [Term(_signed(f.weight), tell_feature(f)) for f in [features[0], *heavy]]
    if light:
        told = "what hardly weighs anything" if len(light) > 1 else tell_feature(light[0])
        terms.append(Term(_signed(sum(f.weight for f in light)), told))
    logit = sum(f.weight for f in features)
    return (*terms, Term(_signed(logit), f"together: a probability of {show_share(_squash(logit))}"))


def tell_feature(feature: Feature) -> str:
    """Return a feature in words, with what it rests on on each side.

    >>> tell_feature(Feature("each has a figure that the other lacks", "14", "17", 0.1))
    'each has a figure that the other lacks (14 / 17)'
    """
    if not feature.left and not feature.right:
        return feature.name
    if feature.left == feature.right:
        return f"{feature.name} ({feature.left})"
    return f"{feature.name} ({feature.left or '–'} / {feature.right or '–'})"


def tell_relation(judgement: Judgement) -> str:
    """Return what was concluded, in words, with the probability that both state one fact."""
    likelihood = show_share(judgement.probability)
    if judgement.blocker is not None:
        return f"{judgement.blocker}, and that forbids it; but for that, both state one fact: {likelihood}"
    if judgement.values:
        return f"{DECIDED[judgement.relation]}, as the values decide; that both speak of one fact: {likelihood}"
    if judgement.relation == "other" and judgement.probability >= HALF:
        return f"too little shows that both state one fact: {likelihood}"
    return f"{RELATIONS[judgement.relation]}: {likelihood}{', below one half' if judgement.relation == 'other' else ''}"


def list_changes(features: Sequence[Feature]) -> Iterator[str]:
    """Yield what would have changed the probability most, in words: the features that weigh most, one at a time."""
    logit = sum(f.weight for f in features)
    given = _squash(logit)
    ranked = sorted(features[1:], key=lambda f: -abs(_squash(logit - f.weight) - given))
    for feature in ranked[:MOST_CHANGES]:
        without = _squash(logit - feature.weight)
        if abs(without - given) >= FEWEST_CHANGED:
            turned = (without >= HALF) != (given >= HALF)
            told = ", on the other side of one half" if turned else ""
            yield f"without “{feature.name}” it would be {show_share(without)}{told}"


def tell_values(judgement: Judgement) -> Iterator[str]:
    """Yield each value that was compared, in words."""
    for value in judgement.values:
        yield f"{value.kind}: {value.detail}"


def _squash(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-500.0, min(500.0, logit))))


def _signed(weight: float) -> str:
    return f"{weight:+.2f}".replace("-0.00", "+0.00")


def show_share(value: float) -> str:
    """Return a probability in two places, never as certain.

    >>> show_share(0.9999), show_share(0.5), show_share(0.0)
    ('above .99', '.50', 'below .01')
    """
    if value > 0.99:
        return "above .99"
    if value < 0.01:
        return "below .01"
    return f"{value:.2f}".removeprefix("0")
