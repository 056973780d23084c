"""Passages: the runs of words that two texts share, exactly or lightly edited.

Seeds are shared runs of `SEED` words, made as long as they go; what overlaps goes to the longest; runs that follow each
other on both sides with a few other words between them are one edited passage (after the seed-and-extend alignment of
text reuse detection, as in Clough and Stevenson's corpus work and passim).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document, Passage, Span
from wirecheck.text.hashing import Hashes, hash_runs
from wirecheck.text.marks import find_marked
from wirecheck.text.words import list_words

# Words of a seed. With 4, news formulas ("the president of the") make most of the seeds; with 6, sentences in which an
# editor changed each sixth word are lost.
SEED = 5
# Words that must be the same in a passage of the documents' own words, and in one of shared speech.
FEWEST_OWN = 8
FEWEST_QUOTED = 6
# Most words that may stand between two runs, on either side, for both to be one edited passage.
WIDEST_GAP = 6
# A paragraph of this many words, this share of them with a capital, is a list of names.
_LIST_WORDS = 25
_LIST_CAPITALS = 0.65
# The end of a post set into the page: a dash, the account's name and handle, the day.
_POST_END = re.compile(
    r"(?:—|–|-)\s*[^()\n—–]{1,60}\(@\w{1,30}\)"
    r"\s*(?:[A-Z][a-z]+\.?\s+\d{1,2},\s+\d{4}|\d{1,2}\s+[A-Z][a-z]+\s+\d{4})?"
)
# A run of words that stands more often than this in one document is a formula of its page.
_MOST_REPEATS = 20
# A caption of a gallery, counted. Between two captions that follow each other lie at most so many paragraphs.
_CAPTION = re.compile(r"Hide Caption (\d+) of (\d+)", re.IGNORECASE)
_GALLERY = re.compile(r"Photos?:")
_CAPTION_LINES = 4
# Characters from which on a paragraph that stands twice, one after the other, is a caption.
_CAPTION_LENGTH = 40
# Captions that stand twice, from which on they are a gallery, and paragraphs between two of them that are captions too.
_FEWEST_TWICE = 4
_BETWEEN_TWICE = 2
# A turn of a transcript: a name in capitals and a colon. One alone may be a dateline.
_TURN = re.compile(r"[A-Z][A-Z.,’'\- ]{1,40}(?:\([^)]{1,40}\) ?)?:\s")
_FEWEST_TURNS = 2
# The end of a sentence between two words, and what stands before a stop that ends none.
_STOP = re.compile(r"[.!?]")
_NO_END = frozenset(
    ("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "lt", "col", "capt", "prof", "rev", "st", "no", "vs")
)


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """A document's article as words; equal only to itself.

    `quoted[i]` says that word `i` is speech: between quotation marks, in a post set into the page, in a turn of a
    transcript; `listed[i]`, that it stands in a list of names; `blocks[i]` counts the pieces of furniture before it,
    which no passage crosses; `sentences[i]`, the sentences; `set_off[i]` says that its paragraph follows a colon, as a
    text does that is quoted without marks. Captions of a gallery are left out. Word `i` is
    `forms[i]`, folded, from offset `starts[i]` to `ends[i]`.

    `seeds` are hashes of the runs of `SEED` words that cross no furniture, sorted, and `places` where each begins; they
    are the same for the documents of one process only.
    """

    document: str
    forms: tuple[str, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    blocks: NDArray[np.int64]
    sentences: NDArray[np.int64]
    set_off: NDArray[np.bool_]
    seeds: Hashes
    places: NDArray[np.intp]

    def inside(self, ranges: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
        """Return of each word whether it begins in one of the ranges of characters."""
        return _mark_ranges(self.starts, ranges)

    def span(self, first: int, end: int) -> Span:
        """Return the span from word `first` to word `end`, which is not in it."""
        return Span(self.document, int(self.starts[first]), int(self.ends[end - 1]))


class _Run(NamedTuple):
    """`length` words that are the same from `left` and from `right` on."""

    left: int
    right: int
    length: int


def list_article_words(document: Document, paragraphs: Sequence[Span]) -> Worded:
    """Return the words of a document's paragraphs, each with whether it is speech."""
    text = document.text
    marked = find_marked(text, [(p.start, p.end) for p in paragraphs])
    inside = [(m.start, m.end) for m in marked if m.depth == 0]
    posts = list(_find_posts(text, paragraphs))
    if posts:
        inside = sorted([*(i for i in inside if not any(a < i[1] and i[0] < b for a, b in posts)), *posts])
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    galleries = _find_galleries(text, paragraphs)
    turns = {n for n, p in enumerate(paragraphs) if _TURN.match(text, p.start, p.end)}
    sizes: list[int] = []
    traits: list[tuple[bool, bool, bool, int]] = []
    block = skipped = 0
    furniture = document.furniture
    for number, paragraph in enumerate(paragraphs):
        if number in galleries:
            skipped += 1
            continue
        while block < len(furniture) and furniture[block].start < paragraph.start:
            block += 1
        found = list_words(text, paragraph.start, paragraph.end)
        capitals = sum([text[w.start].isupper() for w in found])
        is_list = len(found) >= _LIST_WORDS and capitals >= _LIST_CAPITALS * len(found)
        is_turn = number in turns and len(turns) >= _FEWEST_TURNS
        follows_colon = number > 0 and text[paragraphs[number - 1].end - 1] == ":"
        for word in found:
            starts.append(word.start)
            ends.append(word.end)
            forms.append(word.form)
        sizes.append(len(found))
        traits.append((is_turn, is_list, follows_colon, block + skipped))
    begins, stops, counts = (np.array(column, np.int64) for column in (starts, ends, sizes))
    columns = zip(*traits, strict=True) if traits else ((), (), (), ())
    turned, lists, after_colon, blocks = (np.repeat(np.array(t, np.int64), counts) for t in columns)
    return Worded(
        document.id,
        tuple(forms),
        begins,
        stops,
        _mark_ranges(begins, inside) | (turned > 0),
        lists > 0,
        blocks,
        _number_sentences(text, forms, begins, stops, counts),
        after_colon > 0,
        *_list_seeds(forms, blocks),
    )


def _mark_ranges(starts: NDArray[np.int64], ranges: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    marked = np.zeros(len(starts), np.bool_)
    edges = np.searchsorted(starts, np.array(list(ranges), np.int64).reshape(-1, 2))
    for first, end in edges.tolist():
        marked[first:end] = True
    return marked


def _number_sentences(
    text: str, forms: Sequence[str], starts: NDArray[np.int64], ends: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the number of each word's sentence; a paragraph ends one."""
    begins = np.zeros(len(forms), np.int64)
    first = np.cumsum(sizes) - sizes
    begins[first[sizes > 0]] = 1
    # Between most words stands one space: nothing ends there.
    for at in (np.flatnonzero((starts[1:] - ends[:-1] > 1) & (begins[1:] == 0)) + 1).tolist():
        begins[at] = _ends_between(text, forms[at - 1], int(starts[at - 1]), int(ends[at - 1]), int(starts[at]))
    return np.cumsum(begins)


def _list_seeds(forms: Sequence[str], blocks: NDArray[np.int64]) -> tuple[Hashes, NDArray[np.intp]]:
    # Hashes of strings differ from process to process: whoever finds two alike compares the words themselves.
    hashes = np.array([hash(form) for form in forms], np.int64).view(np.uint64)
    seeds = hash_runs(hashes, SEED)
    places = np.flatnonzero(blocks[: len(seeds)] == blocks[SEED - 1 :])
    seeds = seeds[places]
    order = np.argsort(seeds, kind="stable")
    return seeds[order], places[order]


def _ends_between(text: str, form: str, start: int, end: int, following: int) -> bool:
    """Return whether a sentence ends between a word and the following one, as far as marks and capitals tell."""
    return (
        not text[following].islower()
        and _STOP.search(text, end, following) is not None
        and form not in _NO_END
        and not (end - start == 1 and text[start].isupper())
    )


def _find_galleries(text: str, paragraphs: Sequence[Span]) -> set[int]:
    """Return the numbers of the paragraphs that are captions of a gallery."""
    counted = []
    for number, paragraph in enumerate(paragraphs):
        marks = _CAPTION.findall(text, paragraph.start, paragraph.end)
        if marks:
            counted.append((number, int(marks[0][0]), int(marks[-1][0])))
    found: set[int] = set()
    before, reached = -1, -1
    for number, first, last in counted:
        start = number
        if before >= 0 and first == reached + 1 and number - before <= _CAPTION_LINES:
            start = before
        else:
            nearest = range(number, max(before, number - _CAPTION_LINES - 1), -1)
            start = next((n for n in nearest if _GALLERY.match(text, paragraphs[n].start)), number)
        found.update(range(start, number + 1))
        before, reached = number, last
    # Captions that the page shows on the picture and below it; among many such, one that stands once is a caption too.
    twice = [
        number
        for number, (one, two) in enumerate(pairwise(paragraphs))
        if one.length >= _CAPTION_LENGTH and text[one.start : one.end] == text[two.start : two.end]
    ]
    found.update(n for number in twice for n in (number, number + 1))
    if len(twice) >= _FEWEST_TWICE:
        for number, following in pairwise(twice):
            if following - number - 2 <= _BETWEEN_TWICE:
                found.update(range(number, following))
    return found


def _find_posts(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the posts set into the page, each from the beginning of its paragraph or the end of the post before."""
    for paragraph in paragraphs:
        at = paragraph.start
        if text.find("(@", paragraph.start, paragraph.end) >= 0:
            for match in _POST_END.finditer(text, paragraph.start, paragraph.end):
                yield at, match.end()
                at = match.end()


def find_passages(left: Worded, right: Worded) -> tuple[Passage, ...]:
    """Return the passages that two documents share, by their place on the left; none overlaps another on either side.

    Speech and own words are passages apart. `similarity` is the share of words that are the same in the longer side.
    """
    runs = _without_overlaps(_list_runs(left, right))
    passages = []
    for chain in _chain(runs, left, right):
        for part, quoted in _part_speech(chain, left, right):
            matched = sum(run.length for run in part)
            if matched < (FEWEST_QUOTED if quoted else FEWEST_OWN):
                continue
            first, last = part[0], part[-1]
            left_end, right_end = last.left + last.length, last.right + last.length
            longer = max(left_end - first.left, right_end - first.right)
            passages.append(
                Passage(
                    left.span(first.left, left_end),
                    right.span(first.right, right_end),
                    round(matched / longer, 3),
                    quoted,
                )
            )
    return tuple(sorted(passages))


def _list_runs(left: Worded, right: Worded) -> list[_Run]:
    """Return all longest runs of at least `SEED` shared words, by their place on the left, then on the right."""
    begins = np.searchsorted(right.seeds, left.seeds)
    counts = np.searchsorted(right.seeds, left.seeds, "right") - begins
    shared = np.flatnonzero(counts)
    shared = shared[np.argsort(left.places[shared], kind="stable")]
    formulas = set(left.places[shared[counts[shared] > _MOST_REPEATS]].tolist())
    ours, theirs = left.forms, right.forms
    our_blocks, their_blocks = left.blocks.tolist(), right.blocks.tolist()
    runs = []
    columns = (left.places[shared], begins[shared], counts[shared])
    for at, begin, count in zip(*(c.tolist() for c in columns), strict=True):
        if at in formulas:
            continue
        for other in right.places[begin : begin + count].tolist():
            if (
                at > 0
                and other > 0
                and ours[at - 1] == theirs[other - 1]
                and our_blocks[at - 1] == our_blocks[at]
                and their_blocks[other - 1] == their_blocks[other]
                and at - 1 not in formulas
            ):
                continue  # a run that began earlier
            length = 0
            while (
                at + length < len(ours)
                and other + length < len(theirs)
                and ours[at + length] == theirs[other + length]
                and our_blocks[at + length] == our_blocks[at]
                and their_blocks[other + length] == their_blocks[other]
            ):
                length += 1
            if length >= SEED:
                runs.append(_Run(at, other, length))
    return runs


def _without_overlaps(runs: list[_Run]) -> list[_Run]:
    """Give each word to the longest run that has it; what is left of the others stays when it is still a seed."""
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    kept = []
    for run in sorted(runs, key=lambda r: (-r.length, r.left, r.right)):
        start, end = 0, run.length
        free = [i for i in range(run.length) if run.left + i not in taken_left and run.right + i not in taken_right]
        if len(free) < SEED:
            continue
        start, end = _longest_stretch(free)
        if end - start < SEED:
            continue
        kept.append(_Run(run.left + start, run.right + start, end - start))
        taken_left.update(range(run.left + start, run.left + end))
        taken_right.update(range(run.right + start, run.right + end))
    return sorted(kept)


def _longest_stretch(numbers: list[int]) -> tuple[int, int]:
    best = (0, 0)
    start = previous = numbers[0]
    for number in [*numbers[1:], -2]:
        if number != previous + 1:
            if previous + 1 - start > best[1] - best[0]:
                best = (start, previous + 1)
            start = number
        previous = number
    return best


def _chain(runs: list[_Run], left: Worded, right: Worded) -> Iterator[list[_Run]]:
    """Yield runs that follow each other closely on both sides, as one."""
    chain: list[_Run] = []
    for run in runs:
        if chain:
            last = chain[-1]
            gaps = (run.left - last.left - last.length, run.right - last.right - last.length)
            together = (
                min(gaps) >= 0
                and max(gaps) <= WIDEST_GAP
                and left.blocks[last.left] == left.blocks[run.left]
                and right.blocks[last.right] == right.blocks[run.right]
            )
            if not together:
                yield chain
                chain = []
        chain.append(run)
    if chain:
        yield chain


def _part_speech(chain: list[_Run], left: Worded, right: Worded) -> Iterator[tuple[list[_Run], bool]]:
    """Yield the parts of a chain that are speech on either side, and those that are the documents' own words."""
    part: list[_Run] = []
    state: bool | None = None
    for run in chain:
        at = 0
        while at < run.length:
            quoted = _is_speech(left, right, run.left + at, run.right + at)
            end = at + 1
            while end < run.length and _is_speech(left, right, run.left + end, run.right + end) == quoted:
                end += 1
            if state is not None and quoted != state:
                yield part, state
                part = []
            state = quoted
            part.append(_Run(run.left + at, run.right + at, end - at))
            at = end
    if part and state is not None:
        yield part, state


def _is_speech(left: Worded, right: Worded, ours: int, theirs: int) -> bool:
    """Return whether a shared word is speech on either side, or quoted from a third text on both."""
    return bool(left.quoted[ours] or right.quoted[theirs] or (left.set_off[ours] and right.set_off[theirs]))
