"""Shares of different things: one share that documents take of two wholes, "5% of GDP" against "of their budgets"."""

from __future__ import annotations

from wirecheck.checks._figure_pairs import FigurePairs
from wirecheck.checks._figure_words import tell_side, weigh
from wirecheck.checks._stated import on_one_line, state_evidence
from wirecheck.comparison.values.quantity import relate_amounts
from wirecheck.comparison.values.time import dates_differ
from wirecheck.model import Finding
from wirecheck.statements.quantities import Measured
from wirecheck.text.stems import load_common, stem

ALIKE_SHARES = 0.4
"""Clauses that give one share of different things must be this alike. At .45 a clause that leaves the matter to its
main clause ("called for more defence spending, urging them to give 5% of their GDP") is lost; neither .4 nor .45 gives
a false one in the gold stories and 75 others.
"""
SHARED_AROUND = 3
"""Or so many content words their whole sentences must share, when the clauses themselves share fewer than two."""
ALIKE_WHOLES = 0.6
"""Two nouns nearer than this in meaning are taken for one whole: "haul" and "loot"."""


def find_parted(figures: FigurePairs) -> list[tuple[Measured, Measured]]:
    items = [m for m in figures.items if m.quantity.kind == "percent" and m.quantity.of is not None]
    found = []
    for i, left in enumerate(items):
        for right in items[i + 1 :]:
            same = relate_amounts(left.quantity, right.quantity) == "equal"
            if same and left.document != right.document and _are_parted(figures, left, right):
                found.append((left, right))
    return found


def _are_parted(figures: FigurePairs, left: Measured, right: Measured) -> bool:
    """Return whether two equal shares of one thing are taken of different wholes."""
    if not left.nouns or not right.nouns or left.nouns & right.nouns or dates_differ(left.dates, right.dates):
        return False
    shared = (left.words & right.words) - {"percent", "%"}
    if figures.like(left, right) < ALIKE_SHARES or not shared or figures.are_opposed(left, right):
        return False
    if (
        not figures.share_point(left, right)
        and len(shared) < 2
        and len(_around(figures, left) & _around(figures, right)) < SHARED_AROUND
    ):
        return False
    return _meaning(left, right) <= ALIKE_WHOLES


def _around(figures: FigurePairs, item: Measured) -> set[str]:
    """Return the stems of the content words of the sentences that a figure stands in."""
    span = item.quantity.span
    sentences = figures.dossier.reading(item.document).sentences_in(span.start, span.end)
    tokens = [t for s in sentences for t in s.tokens if t.text[:1].isalpha() and t.text.lower() not in load_common()]
    return {stem((t.lemma or t.text).lower()) for t in tokens}


def _meaning(left: Measured, right: Measured) -> float:
    from wirecheck.language import embed

    vectors = embed([left.quantity.counted, right.quantity.counted])
    return float(vectors[0] @ vectors[1])


def tell_parted(figures: FigurePairs, left: Measured, right: Measured) -> Finding:
    pair = sorted((left, right), key=lambda m: (figures.place[m.document], m.quantity.span))
    parts = [
        f"{figures.dossier.shown(m.document)} speaks of “{on_one_line(figures.dossier.words(m.quantity.span))}”"
        for m in pair
    ]
    sides = tuple(tell_side(figures, [m]) for m in pair)
    return Finding(
        "conflict",
        "quantity",
        f"{parts[0]}, {parts[1]}.",
        state_evidence(pair),
        "quantities",
        figures.find_point(pair),
        sides=sides,
        weight=weigh(figures, pair),
    )
