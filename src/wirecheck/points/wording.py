"""What happened to the words of a quotation: the relation of two wordings of one utterance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wirecheck.text.alignment import Step, Word, align_words

Wording = Literal["verbatim", "trimmed", "altered", "spliced"]

APART_WORDS = 25
"""An unmarked cut of more words than this does not drop words from a sentence: it joins parts that stood apart."""

EDGE_WORDS = 4
"""So many words before or after the shared extent are drawn whole; of more, only those beside it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two wordings stand to each other.

    `differences` are the steps that make the relation what it is: for "altered" and "spliced" the words that differ
    inside the shared extent, for "trimmed" what one side leaves out. `left_extent` and `right_extent` are the word
    ranges `[first, end)` that both share, `common` the number of words in common, `longest` the longest run of them.
    """

    relation: Wording
    differences: tuple[Step, ...]
    left_extent: tuple[int, int]
    right_extent: tuple[int, int]
    common: int
    common_content: int
    longest: int
    marked: bool = False
    """True when an ellipsis or brackets mark a cut or a change honestly."""
    diverges: bool = False
    """True when both go on, or begin, with other content words in the same sentence: perhaps two utterances."""

    @property
    def swapped(self) -> Comparison:
        """The same comparison seen from the right."""
        return Comparison(
            self.relation,
            tuple(s.swapped for s in self.differences),
            self.right_extent,
            self.left_extent,
            self.common,
            self.common_content,
            self.longest,
            self.marked,
            self.diverges,
        )


def compare_wordings(left: Sequence[Word], right: Sequence[Word]) -> Comparison | None:
    """Return the relation of two wordings, or None when they have no word in common.

    verbatim: the same words. trimmed: one is a contiguous part of the other, or each leaves out another end; a cut that
    an ellipsis, brackets or the break between two runs of marks shows is a trim as well. altered: words differ inside
    the shared extent. spliced: the parts come in another order, or a cut that nothing marks joins what stood far apart.
    """
    steps = align_words(left, right)
    same = [s for s in steps if s.kind == "same"]
    if not same:
        return None
    first, last = same[0], same[-1]
    inside = [s for s in steps if s.kind != "same" and first.left <= s.left <= last.left and first.right <= s.right]
    inside = [s for s in inside if s.right <= last.right]
    moved = [s for s in steps if s.kind == "reordered"]
    outside = [s for s in steps if s.kind not in ("same", "reordered") and s not in inside]
    inside = [s for s in inside if s.kind != "reordered" and not _only_spacing(s, left, right)]
    edges = _edge_changes(left, right, first, last)
    honest = [s for s in [*inside, *edges] if _is_marked(s, left, right)]
    edges = [s for s in edges if s not in honest]
    silent = [s for s in inside if s not in honest]
    common = sum(s.left_end - s.left for s in same)
    content = sum(1 for s in same for w in left[s.left : s.left_end] if w.is_content)

    relation: Wording
    apart = any(abs((s.left_end - s.left) - (s.right_end - s.right)) > APART_WORDS for s in silent)
    if apart or any(_is_sentence_like(s, left, right) for s in moved):
        relation, differences = "spliced", [*moved, *silent]
    elif silent or moved or edges:
        relation, differences = "altered", [*edges, *moved, *silent]
    elif honest or outside:
        relation, differences = "trimmed", [*outside, *(s for s in honest if s in inside)]
    else:
        relation, differences = "verbatim", []
    return Comparison(
        relation,
        tuple(sorted(differences, key=lambda s: (s.left, s.right))),
        (first.left, last.left_end),
        (first.right, last.right_end),
        common,
        content,
        max(s.left_end - s.left for s in same),
        bool(honest) or (relation == "trimmed" and any(_touches_cut(s, left, right) for s in outside)),
        _diverges(left, right, first, last),
    )


def stem_word(key: str) -> str:
    """Return a rough stem, for likeness only: without plural, past and -ing endings, at most six letters.

    >>> [stem_word(word) for word in ("accelerate", "accelerating", "blocks", "opened", "open", "voted", "vote")]
    ['accele', 'accele', 'block', 'open', 'open', 'vot', 'vot']
    """
    if len(key) > 3 and key.endswith("s") and not key.endswith("ss"):
        key = key[:-1]
    for ending in ("ing", "ed"):
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            key = key[: -len(ending)]
            break
    else:
        if len(key) > 4 and key.endswith("ed"):
            key = key[:-1]
    if len(key) > 3 and key.endswith("e"):
        key = key[:-1]
    return key[:6]


def _is_sentence_like(step: Step, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether a part that was moved is more than a word or two inside a sentence."""
    return step.left_end - step.left >= 3 or (left[step.left].begins and right[step.right].begins)


def _only_spacing(step: Step, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the two sides are the same letters, parted in another way ("well being", "wellbeing")."""
    here = "".join(w.key for w in left[step.left : step.left_end])
    return bool(here) and here == "".join(w.key for w in right[step.right : step.right_end])


def _is_marked(step: Step, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the text shows that words were left out, put in or changed at this place."""
    here, there = left[step.left : step.left_end], right[step.right : step.right_end]
    if step.kind == "dropped":
        return all(w.bracketed for w in here) or _breaks(right, step.right)
    if step.kind == "inserted":
        return all(w.bracketed for w in there) or _breaks(left, step.left)
    shown_here = all(w.bracketed or w.after_cut for w in here) and any(w.bracketed for w in here)
    shown_there = all(w.bracketed or w.after_cut for w in there) and any(w.bracketed for w in there)
    return shown_here or shown_there


def _breaks(words: Sequence[Word], at: int) -> bool:
    """Whether an ellipsis or the end of a run of marks stands before the word at a place."""
    return 0 < at < len(words) and (words[at].after_cut or words[at].run != words[at - 1].run)


def _touches_cut(step: Step, left: Sequence[Word], right: Sequence[Word]) -> bool:
    return (step.left < len(left) and left[step.left].after_cut) or (
        step.right < len(right) and right[step.right].after_cut
    )


def _edge_changes(left: Sequence[Word], right: Sequence[Word], first: Step, last: Step) -> list[Step]:
    """Return the words that differ right before and after the shared extent, inside the same sentence on both sides.

    "He told us the dam is safe" and "We believe the dam is safe" differ before their common words; two quotations that
    keep another neighbouring sentence each do not.
    """
    found = []
    before_left, before_right = _tail_of_sentence(left, first.left), _tail_of_sentence(right, first.right)
    if before_left and before_right:
        one, other = _edge_sizes(before_left, before_right)
        found.append(Step("replaced", first.left - one, first.left, first.right - other, first.right))
    after_left, after_right = _head_of_sentence(left, last.left_end), _head_of_sentence(right, last.right_end)
    if after_left and after_right:
        one, other = _edge_sizes(after_left, after_right)
        found.append(Step("replaced", last.left_end, last.left_end + one, last.right_end, last.right_end + other))
    return [s for s in found if not _only_spacing(s, left, right)]


def _edge_sizes(left: int, right: int) -> tuple[int, int]:
    """Return how many words of each side to draw: all where both are few, else as many as the shorter side has."""
    return (left, right) if max(left, right) <= EDGE_WORDS else (min(left, right), min(left, right))


def _diverges(left: Sequence[Word], right: Sequence[Word], first: Step, last: Step) -> bool:
    before_left = left[first.left - _tail_of_sentence(left, first.left) : first.left]
    before_right = right[first.right - _tail_of_sentence(right, first.right) : first.right]
    after_left = left[last.left_end : last.left_end + _head_of_sentence(left, last.left_end)]
    after_right = right[last.right_end : last.right_end + _head_of_sentence(right, last.right_end)]
    for here, there in ((before_left, before_right), (after_left, after_right)):
        stems = [{stem_word(w.key) for w in words if w.is_content} for words in (here, there)]
        if stems[0] and stems[1] and not stems[0] & stems[1]:
            return True
    return False


def _tail_of_sentence(words: Sequence[Word], at: int) -> int:
    """Return how many words before a place belong to its sentence and its run of marks."""
    size = 0
    while at - size > 0:
        word = words[at - size]
        if word.begins or word.after_cut or word.run != words[at - size - 1].run:
            break
        size += 1
    return size


def _head_of_sentence(words: Sequence[Word], at: int) -> int:
    """Return how many words from a place on belong to the sentence and the run of marks of the word before it."""
    size = 0
    while at + size < len(words):
        word = words[at + size]
        if word.begins or word.after_cut or word.run != words[at + size - 1].run:
            break
        size += 1
    return size
