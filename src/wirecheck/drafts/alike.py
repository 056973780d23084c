"""Quotations of a draft that stand nowhere word for word: what is like them in a source, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.drafts.case import Case
from wirecheck.drafts.quoted import Quoted, tell_paraphrased
from wirecheck.drafts.words import SourceText
from wirecheck.model import Backing, DraftItem, DraftVerdict, Span, WordDifference
from wirecheck.points.wording import Comparison, compare_wordings
from wirecheck.text.alignment import Step, Word

COMMON_SHARE = 0.6
"""Share of the draft's words that a source must have in order for both to be one utterance."""
LONG_COMMON, LONG_SHARE = 6, 0.4
"""So many words in a row with this share are enough."""
FRAGMENT = 3
"""A run of at most so many words is one utterance with a source's only where their sentences state one fact."""
FRAGMENT_AGREE = 0.4
WINDOWS = 3
"""Places of a source that are laid beside a quotation word by word, those with the most of its words."""
SHOWN_DIFFERENCES = 2


@dataclass(frozen=True)
class _Alike:
    source: SourceText
    words: tuple[Word, ...]
    comparison: Comparison
    marked: bool

    @property
    def span(self) -> Span:
        first, end = self.comparison.left_extent
        return self.source.document.span(self.words[first].start, self.words[end - 1].end)


def find_alike(case: Case, quoted: Quoted) -> DraftItem | None:
    """Return the item of a quotation that a source has in other words, or None where none is like it."""
    found = [a for s in case.sources for a in _list_alike(quoted, s) if _is_one(case, quoted, a)]
    if not found:
        return None
    best = max(
        found, key=lambda a: (a.marked, a.comparison.common, a.comparison.longest, -len(a.comparison.differences))
    )
    if not best.marked and quoted.quotation is None:
        return None
    if not best.marked:
        return tell_paraphrased(case, quoted.span, [best.span])
    differences = tuple(_difference(case, best, quoted, step) for step in best.comparison.differences)
    verdict: DraftVerdict = "altered" if best.comparison.relation == "verbatim" else best.comparison.relation
    reason = _tell(case, quoted, best)
    return DraftItem("quotation", quoted.span, verdict, reason, True, (Backing(best.span, differences=differences),))


def _list_alike(quoted: Quoted, source: SourceText) -> list[_Alike]:
    found = []
    for first, end in _list_windows(quoted.words, source):
        marked = [w for n, w in enumerate(source.words[first:end], first) if source.run_of[n] >= 0]
        for words, is_marked in ((tuple(marked), True), (source.words[first:end], False)):
            comparison = compare_wordings(words, quoted.words) if words else None
            if comparison is not None and (is_marked or not source.runs or len(marked) < end - first):
                found.append(_Alike(source, words, comparison, is_marked or not source.runs))
    return found


def _list_windows(words: Sequence[Word], source: SourceText) -> list[tuple[int, int]]:
    """Return the runs of sentences that have most of some words, as ranges of the source's words."""
    keys = {w.key for w in words if w.is_content} or {w.key for w in words}
    counts: Counter[int] = Counter()
    for key in sorted(keys):
        numbers = {source.reading.sentence_at(source.words[n].start) for n in source.places.get(key, ())}
        counts.update(n for n in numbers if n is not None)
    length = sum(w.begins for w in words[1:]) + 1
    sentences = source.reading.sentences
    windows = []
    for number, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:WINDOWS]:
        low, high = max(0, number - length), min(len(sentences) - 1, number + length)
        windows.append(source.words_in(sentences[low].start, sentences[high].end))
    return list(dict.fromkeys(windows))


def _is_one(case: Case, quoted: Quoted, alike: _Alike) -> bool:
    comparison = alike.comparison
    share = comparison.common / len(quoted.words)
    quotation = case.quotation_at(alike.span) if alike.marked else None
    other = (
        quotation is not None and quoted.quotation is not None and case.is_other_speaker(quoted.quotation, quotation)
    )
    if len(quoted.words) <= FRAGMENT:
        return not other and comparison.common_content > 0 and case.agreement(quoted.span, alike.span) >= FRAGMENT_AGREE
    if comparison.common_content < 2:
        return False
    return share >= COMMON_SHARE + 0.15 * other or (comparison.longest >= LONG_COMMON and share >= LONG_SHARE)


def _difference(case: Case, alike: _Alike, quoted: Quoted, step: Step) -> WordDifference:
    left = _cut(alike.source.document.span, alike.words, step.left, step.left_end)
    right = _cut(case.draft.span, quoted.words, step.right, step.right_end)
    kind = step.kind
    assert kind != "same"
    return WordDifference(kind, left, right)


def _cut(span, words: Sequence[Word], first: int, end: int) -> Span | None:  # type: ignore[no-untyped-def]
    made: Span | None = span(words[first].start, words[end - 1].end) if first < end else None
    return made


def _tell(case: Case, quoted: Quoted, alike: _Alike) -> str:
    name = case.name([alike.source.document.id])
    parts = []
    for step in alike.comparison.differences[:SHOWN_DIFFERENCES]:
        left = _cut(alike.source.document.span, alike.words, step.left, step.left_end)
        right = _cut(case.draft.span, quoted.words, step.right, step.right_end)
        here = f"“{case.words(left)}”" if left is not None else ""
        there = f"“{case.words(right)}”" if right is not None else ""
        if step.kind == "replaced":
            parts.append(f"{name} has {here} where the draft has {there}")
        elif step.kind == "dropped":
            parts.append(f"the draft leaves out {here}, which {name} has")
        elif step.kind == "inserted":
            parts.append(f"the draft has {there}, which {name} does not")
        else:
            parts.append(f"{name} and the draft have {here} at different places")
    if not parts:
        parts = [f"{name} has “{case.words(alike.span)}”"]
    told = ", and ".join(parts)
    more = len(alike.comparison.differences) - SHOWN_DIFFERENCES
    return f"{told[0].upper()}{told[1:]}{f'; {more} more differences' if more > 0 else ''}."
