"""Appearances of words in one document: runs of its words, and quotations in marks that are a piece of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from wirecheck.model import Document, Span
from wirecheck.points.wording import stem_word
from wirecheck.text.alignment import Step, Word, align_words, list_words
from wirecheck.text.marks import Marked, find_marked
from wirecheck.text.sentences import split_paragraphs, split_sentences

Form = Literal["verbatim", "trimmed", "altered", "reworded"]
# Share of the content words of the passage that an appearance has, and how many at least. On the quotations of the
# sample, below .5 other sentences about the same matter come in.
_SHARE = 0.5
FEWEST = 3
# The same of a slogan, of which every word counts: three words or more, of which one alone is a content word. With two
# of them (“judges” or “legislators”) both must be there anyway; counting every word there loses two forms of gold.
_SLOGAN = 0.75
# Share of the content words from the first to the last one that must be the passage's.
_DENSE = 0.5
# Share of the content words of the passage that a short run of them has in another order or with others missing.
_REWORDED = 0.6
# Words in order, function words included, from which on an appearance is altered and not only reworded.
_ALTERED = 0.6
# Content words of a run in marks, from which on it tells by itself, and the share of them that the passage has.
_TELLING = 4
_HELD = 0.75
# Words of the narrator between two runs in marks that are one quotation: “judges” or “lawmakers”.
_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where the words stand in a document, and how they differ from those that were asked for."""

    document: Document
    span: Span
    form: Form
    share: float
    """Share of the content words that are there, from 0 to 1."""
    changes: tuple[tuple[str, str, str], ...]
    """Kind (inserted, dropped, replaced, reordered), words asked for, words here, in order."""
    source: str | None = None
    """Id of the earlier document among the appearances that it has the words from, where there is evidence."""
    reason: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: its words, the stems of its content words with how often each."""

    words: str
    list: tuple[Word, ...]
    stems: Counter[str]
    rare: frozenset[str] = frozenset()
    """Keys of the words that few documents have."""
    every: bool = False
    """Whether each word counts: a slogan, such as “yes we can”, is told by none of its words alone."""

    @property
    def total(self) -> int:
        return self.stems.total()

    @property
    def fewest(self) -> float:
        """Words that count without which nothing is an appearance; a phrase of one or two must be there as it is."""
        return max(min(FEWEST, self.total), (_SLOGAN if self.every else _SHARE) * self.total)

    def tells(self, word: Word) -> bool:
        """Return whether a word, of the passage or of a document, counts."""
        return self.every or word.is_content

    def count(self, words: Sequence[Word]) -> Counter[str]:
        """Return the stems of those words that count, with how often each."""
        return Counter(stem_key(w.key) for w in words if self.tells(w))


@dataclass(frozen=True, slots=True)
class Found:
    """An appearance; whether it tells by itself, and if not, whether its meaning must."""

    appearance: Appearance
    strong: bool
    needs_likeness: bool


def find_appearances(document: Document, asked: Asked) -> Iterator[Found]:
    """Yield the appearances in one document, best first, none overlapping."""
    theirs = list_words(document.text)
    stems = [stem_key(w.key) for w in theirs]
    held_here = asked.stems.keys() & set(stems)
    if not held_here:
        return
    taken: list[tuple[int, int]] = []
    for found in (*_find_runs(document, asked, theirs, stems), *_find_marked(document, asked, theirs, stems)):
        span = found.appearance.span
        if not any(s < span.end and span.start < e for s, e in taken):
            taken.append((span.start, span.end))
            yield found


def _find_runs(document: Document, asked: Asked, theirs: Sequence[Word], stems: Sequence[str]) -> Iterator[Found]:
    """Yield where half of the content words stand close together."""
    fewest, needed = asked.fewest, asked.stems.keys() & count_stems(asked.list).keys() if asked.every else set()
    width = 2 * len(asked.list) + 6
    places = [n for n, w in enumerate(theirs) if stems[n] in asked.stems and not document.is_furniture(w.start, w.end)]
    windows = []
    for nth, start in enumerate(places):
        inside = [p for p in places[nth : nth + 4 * asked.total] if p < start + width]
        held = (Counter(stems[p] for p in inside) & asked.stems).total()
        if held >= fewest:
            windows.append((-held, inside[-1] - start, start, inside[-1] + 1))
    taken: list[tuple[int, int]] = []
    for _, _, start, end in sorted(windows):
        if any(s < end and start < e for s, e in taken):
            continue
        first, last = max(0, start - len(asked.list)), min(len(theirs), end + len(asked.list))
        begin, stop = _find_sentences(document, theirs[start].start, theirs[end - 1].end)
        while first < start and theirs[first].start < begin:
            first += 1
        while last > end and theirs[last - 1].end > stop:
            last -= 1
        extent = _trim(asked, theirs, stems, (first, last))
        if extent is None:
            continue
        begin, stop = extent
        common = Counter(stems[begin:stop]) & asked.stems
        held = common.total()
        if held < fewest or needed - common.keys() or any(s < stop and begin < e for s, e in taken):
            continue
        form, changes = compare_words(document, asked, theirs[begin:stop])
        content = sum(asked.tells(w) for w in theirs[begin:stop])
        if held < (_SLOGAN if asked.every else _DENSE) * content:
            continue  # words of a matter, with as many others between them
        if form == "trimmed" and held < asked.total and _is_name(document, theirs[begin:stop]):
            continue  # whoever is named there is named everywhere
        if form == "reworded" and (held < max(FEWEST, _REWORDED * asked.total) or held < _HELD * content):
            continue  # what is said in other words is no run of them, see `list_retold`
        taken.append((begin, stop))
        share = round(held / asked.total, 4)
        is_strong = form != "reworded" and (held >= _TELLING or held == asked.total)
        yield Found(
            Appearance(document, document.span(theirs[begin].start, theirs[stop - 1].end), form, share, changes),
            is_strong,
            not is_strong,
        )


def _is_name(document: Document, words: Sequence[Word]) -> bool:
    return all(document.text[w.start].isupper() for w in words if w.is_content)


def _trim(
    asked: Asked, theirs: Sequence[Word], stems: Sequence[str], window: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the range of words from the first that is common to the last, function words far from the rest aside."""
    first, last = window
    left = [replace(w, key=stem_key(w.key)) if asked.tells(w) else w for w in asked.list]
    right = [
        replace(w, key=s) if asked.tells(w) else w for w, s in zip(theirs[first:last], stems[first:last], strict=True)
    ]
    blocks = sorted(
        (
            s.right,
            s.right_end,
            any(asked.tells(theirs[first + n]) for n in range(s.right, s.right_end)),
            s.left,
            s.left_end,
        )
        for s in align_words(left, right)
        if s.kind in ("same", "reordered")
    )
    while blocks and not blocks[0][2] and (len(blocks) == 1 or blocks[1][0] > blocks[0][1]):
        del blocks[0]
    while blocks and not blocks[-1][2] and (len(blocks) == 1 or blocks[-2][1] < blocks[-1][0]):
        del blocks[-1]
    if not blocks:
        return None
    begin, stop = first + blocks[0][0], first + blocks[-1][1]
    # Words of the passage a few words further on, which an alignment of short words had passed over.
    before = [stem_key(w.key) for w in asked.list[: blocks[0][3]] if asked.tells(w)]
    after = [stem_key(w.key) for w in asked.list[blocks[-1][4] :] if asked.tells(w)]
    for at in range(begin - 1, first - 1, -1):
        begin = at if begin - at <= _BETWEEN and stems[at] in before else begin
    for at in range(stop, last):
        stop = at + 1 if at - stop < _BETWEEN and stems[at] in after else stop
    return begin, stop


def compare_words(
    document: Document, asked: Asked, here: Sequence[Word]
) -> tuple[Form, tuple[tuple[str, str, str], ...]]:
    """Return how words of a document stand to the passage, and the differences."""
    steps = align_words(asked.list, here)
    changes = tuple(_describe(s, asked.words, asked.list, document, here) for s in steps if s.kind != "same")
    same = [s for s in steps if s.kind == "same"]
    count = sum(s.left_end - s.left for s in same)
    if not changes:
        return "verbatim", changes
    if count == len(here) and len(same) == 1:
        return "trimmed", changes
    # Of a long piece the words must be in order, whatever of the passage is left out beside it.
    is_long = sum(w.is_content for w in here) >= _TELLING
    whole = min(len(asked.list), len(here)) if is_long else len(asked.list)
    return ("altered" if count >= _ALTERED * whole else "reworded"), changes


def _find_marked(document: Document, asked: Asked, theirs: Sequence[Word], stems: Sequence[str]) -> Iterator[Found]:
    """Yield quotations in marks that are a piece of the passage, or a short phrase beside a short one."""
    paragraphs = [(p.start, p.end) for p in list_paragraphs(document)]
    runs = [r for r in find_marked(document.text, paragraphs) if r.depth == 0]
    starts = [w.start for w in theirs]
    for start, end in _join_runs(document, runs):
        begin, stop = bisect_left(starts, start), bisect_left(starts, end)
        here = theirs[begin:stop]
        content = Counter(s for s, w in zip(stems[begin:stop], here, strict=True) if asked.tells(w))
        held = (content & asked.stems).total()
        if not held or document.is_furniture(start, end):
            continue
        is_piece = held >= _HELD * content.total()
        if held == 1 and not asked.rare & {w.key for w in here if w.is_content}:
            continue  # one word, and a common one or another form of it
        is_like = max(content.total(), asked.total) <= FEWEST and 2 * held >= max(content.total(), asked.total)
        if not is_piece and not is_like:
            continue
        form, changes = compare_words(document, asked, here)
        yield Found(
            Appearance(
                document,
                document.span(here[0].start, here[-1].end),
                "altered" if form == "reworded" else form,
                round(held / asked.total, 4),
                changes,
            ),
            is_piece and held >= _TELLING,
            False,
        )


def _join_runs(document: Document, runs: Sequence[Marked]) -> Iterator[tuple[int, int]]:
    """Yield the ranges between marks, those with few words between them as one, then the parts of cut ones."""
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs):
            gap = runs[end - 1].outer_end, runs[end].outer_start
            if "\n" in document.text[slice(*gap)] or len(list_words(document.text, *gap)) > _BETWEEN:
                break
            end += 1
        words = list_words(document.text, runs[at].start, runs[end - 1].end)
        yield runs[at].start, runs[end - 1].end
        cuts = [n for n, w in enumerate(words) if w.after_cut and n]
        if cuts:
            for first, last in pairwise([0, *cuts, len(words)]):
                yield words[first].start, words[last - 1].end
        at = end


def _find_sentences(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the range from the first to the last sentence that a range touches; the range itself where none does."""
    paragraphs = [p for p in list_paragraphs(document) if p.start < end and start < p.end]
    touched = [s for s in split_sentences(document, paragraphs) if s.start < end and start < s.end]
    return (min(start, touched[0].start), max(end, touched[-1].end)) if touched else (start, end)


@lru_cache(maxsize=8)
def list_paragraphs(document: Document) -> tuple[Span, ...]:
    return tuple(split_paragraphs(document))


def _describe(
    step: Step, words: str, asked: Sequence[Word], document: Document, here: Sequence[Word]
) -> tuple[str, str, str]:
    left = words[asked[step.left].start : asked[step.left_end - 1].end] if step.left < step.left_end else ""
    right = document.text[here[step.right].start : here[step.right_end - 1].end] if step.right < step.right_end else ""
    return step.kind, " ".join(left.split()), " ".join(right.split())


stem_key = lru_cache(maxsize=1 << 16)(stem_word)


def count_stems(words: Sequence[Word]) -> Counter[str]:
    return Counter(stem_key(w.key) for w in words if w.is_content)
