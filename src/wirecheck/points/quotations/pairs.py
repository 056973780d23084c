"""The runs that two documents have of one utterance, laid side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wirecheck.graph import find_components
from wirecheck.language.dossier import Dossier
from wirecheck.model import QuoteRelation, Span
from wirecheck.points.quotations.runs import Run
from wirecheck.points.wording import Comparison, compare_wordings
from wirecheck.text.alignment import Word

APART_PARAGRAPHS = 3
"""Two runs stand apart when the second is so many paragraphs below the first: at least two whole ones lie between."""


@dataclass(frozen=True)
class Pair:
    """Runs of two documents that say the same, side by side; `left` stands before `right` in the order of documents."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    left_words: tuple[Word, ...]
    right_words: tuple[Word, ...]
    comparison: Comparison
    relation: QuoteRelation

    @property
    def runs(self) -> tuple[Run, ...]:
        return self.left + self.right


def compare_documents(
    dossier: Dossier, members: Sequence[Run], links: dict[tuple[int, int], Comparison]
) -> Iterator[Pair]:
    """Yield the pairs of every two documents of an utterance."""
    by_order: dict[int, list[Run]] = defaultdict(list)
    for run in members:
        by_order[run.order].append(run)
    orders = sorted(by_order)
    for at, one in enumerate(orders):
        for other in orders[at + 1 :]:
            between = {}
            for a in by_order[one]:
                for b in by_order[other]:
                    comparison = links.get((a.number, b.number))
                    if comparison is not None:
                        between[a.number, b.number] = comparison
            yield from _pairs_between(dossier, by_order[one], by_order[other], between)


def _pairs_between(
    dossier: Dossier, lefts: Sequence[Run], rights: Sequence[Run], between: dict[tuple[int, int], Comparison]
) -> Iterator[Pair]:
    by_number = {r.number: r for r in (*lefts, *rights)}
    numbers = sorted({number for pair in between for number in pair})
    at = {number: place for place, number in enumerate(numbers)}
    ours, theirs = {a for a, _ in between}, {b for _, b in between}
    swapped = {(b, a): c.swapped for (a, b), c in between.items()}
    common = {pair: c.common for side in (between, swapped) for pair, c in side.items()}
    for component in find_components(len(numbers), [(at[a], at[b]) for a, b in between]):
        left = [by_number[numbers[n]] for n in component if numbers[n] in ours]
        right = [by_number[numbers[n]] for n in component if numbers[n] in theirs]
        if not left or not right:
            continue
        if len(left) == 1 and len(right) == 1:
            known = between[left[0].number, right[0].number]
            yield Pair((left[0],), (right[0],), left[0].words, right[0].words, known, known.relation)
            continue
        main_left = _not_repeated(left, right, between)
        main_right = _not_repeated(right, main_left, swapped)
        main_left = [a for a in main_left if any((a.number, b.number) in between for b in main_right)]
        if not main_left:
            continue
        relation: QuoteRelation | None = None
        if _is_splice(dossier, main_left, main_right, between) or _is_splice(dossier, main_right, main_left, swapped):
            relation = "spliced"
        if (
            relation is None
            and len(main_left) > 1
            and len(main_right) > 1
            and _in_other_order(main_left, main_right, between)
        ):
            for a, b in sorted(between):
                if by_number[a] in main_left and by_number[b] in main_right:
                    yield _pair((by_number[a],), (by_number[b],))
        else:
            yield _pair(tuple(main_left), tuple(main_right), relation)
        for run in (*left, *right):
            if run in main_left or run in main_right:
                continue
            partner = max(
                (o for o in (main_right if run in left else main_left) if (run.number, o.number) in common),
                key=lambda o: (common[run.number, o.number], -o.number),
                default=None,
            )
            if partner is not None:
                yield _pair(*(((run,), (partner,)) if run in left else ((partner,), (run,))))


def _pair(left: tuple[Run, ...], right: tuple[Run, ...], relation: QuoteRelation | None = None) -> Pair:
    left_words, right_words = _concatenate(left), _concatenate(right)
    comparison = compare_wordings(left_words, right_words)
    assert comparison is not None
    return Pair(left, right, left_words, right_words, comparison, relation or comparison.relation)


def _concatenate(runs: Sequence[Run]) -> tuple[Word, ...]:
    if len(runs) == 1:
        return runs[0].words
    return tuple(
        Word(w.start, w.end, w.key, w.after_cut, w.bracketed, at, w.begins)
        for at, r in enumerate(runs)
        for w in r.words
    )


def _not_repeated(runs: Sequence[Run], others: Sequence[Run], between: dict[tuple[int, int], Comparison]) -> list[Run]:
    """Return the runs without those that only repeat what a longer run of the same document has, in order of place."""
    taken: dict[int, set[int]] = defaultdict(set)
    kept = []
    for run in sorted(runs, key=lambda r: (-len(r.words), r.number)):
        covered = [
            (other.number, set(range(*between[run.number, other.number].right_extent)))
            for other in others
            if (run.number, other.number) in between
        ]
        if covered and all(len(places & taken[number]) * 2 > len(places) for number, places in covered):
            continue
        for number, places in covered:
            taken[number] |= places
        kept.append(run)
    return sorted(kept, key=lambda r: r.number)


def _is_splice(
    dossier: Dossier,
    runs: Sequence[Run],
    others: Sequence[Run],
    between: dict[tuple[int, int], Comparison],
) -> bool:
    """Return whether a run joins, with no sign of a cut, parts that stand apart or in another order elsewhere."""
    for run in runs:
        parts = []
        for other in others:
            c = between.get((run.number, other.number))
            if c is not None and len(other.words) > 1:  # one word elsewhere is no part of a joined quotation
                parts.append((c.left_extent, c.right_extent, other))
        parts.sort(key=lambda p: (p[0], p[2].number))
        for (mine, theirs, one), (my_next, their_next, two) in pairwise(parts):
            if my_next[0] < mine[1] - 1 or my_next[0] >= len(run.words):
                continue
            if run.words[my_next[0]].after_cut:
                continue
            if two.number < one.number:
                return True
            if my_next[0] - mine[1] <= 1 and (theirs[1] < len(one.words) or their_next[0] > 0):
                return True
            if _stand_apart(dossier, one, two):
                return True
    return False


def _stand_apart(dossier: Dossier, one: Run, two: Run) -> bool:
    """Return whether more than an attribution stands between two runs: two paragraphs or more of other text."""
    reading = dossier.reading(one.span.document)
    first, second = reading.paragraph_at(one.span.start), reading.paragraph_at(two.span.start)
    return first is not None and second is not None and second - first >= APART_PARAGRAPHS


def _in_other_order(lefts: Sequence[Run], rights: Sequence[Run], between: dict[tuple[int, int], Comparison]) -> bool:
    partners = [min(b.number for b in rights if (a.number, b.number) in between) for a in lefts]
    return any(one > two for one, two in pairwise(partners))


def list_telling(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs without those that only repeat the differences of an earlier one in other documents."""
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    kept = []
    for pair in pairs:
        left, right = tuple(w.key for w in pair.left_words), tuple(w.key for w in pair.right_words)
        if (left, right) in seen or (right, left) in seen:
            continue
        seen.add((left, right))
        kept.append(pair)
    return kept


def span_of_words(runs: Sequence[Run], words: Sequence[Word], first: int, end: int) -> Span:
    """Return the span of some words; where they cross runs of marks, of those in the first run."""
    run = words[first].run if len(runs) > 1 else 0
    last = first
    while last + 1 < end and (len(runs) == 1 or words[last + 1].run == run):
        last += 1
    return Span(runs[0].span.document, words[first].start, words[last].end)
