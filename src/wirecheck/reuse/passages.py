"""Passages: the runs of words that two texts share, exactly or lightly edited.

Seeds are shared runs of `SEED` words, made as long as they go; what overlaps goes to the longest; runs that follow each
other on both sides with a few other words between them are one edited passage (after the seed-and-extend alignment of
text reuse detection, as in Clough and Stevenson's corpus work and passim).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wirecheck.model import Document, Passage, Span
from wirecheck.text.marks import find_marked
from wirecheck.text.words import Word, list_words

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


@dataclass(frozen=True, slots=True)
class Worded:
    """A document's article as words.

    `quoted[i]` says that word `i` is speech: between quotation marks, or in a post set into the page; `listed[i]`, that
    it stands in a list of names; `blocks[i]` counts the pieces of furniture before it, which no passage crosses.
    """

    document: str
    words: tuple[Word, ...]
    quoted: tuple[bool, ...]
    listed: tuple[bool, ...]
    blocks: tuple[int, ...]


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
    words: list[Word] = []
    quoted: list[bool] = []
    listed: list[bool] = []
    blocks: list[int] = []
    at = block = 0
    furniture = document.furniture
    for paragraph in paragraphs:
        while block < len(furniture) and furniture[block].start < paragraph.start:
            block += 1
        found = list_words(text, paragraph.start, paragraph.end)
        capitals = sum(1 for w in found if text[w.start].isupper())
        is_list = len(found) >= _LIST_WORDS and capitals >= _LIST_CAPITALS * len(found)
        for word in found:
            while at < len(inside) and inside[at][1] <= word.start:
                at += 1
            words.append(word)
            quoted.append(at < len(inside) and inside[at][0] <= word.start)
            listed.append(is_list)
            blocks.append(block)
    return Worded(document.id, tuple(words), tuple(quoted), tuple(listed), tuple(blocks))


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
                    Span(left.document, left.words[first.left].start, left.words[left_end - 1].end),
                    Span(right.document, right.words[first.right].start, right.words[right_end - 1].end),
                    round(matched / longer, 3),
                    quoted,
                )
            )
    return tuple(sorted(passages))


def _list_runs(left: Worded, right: Worded) -> list[_Run]:
    """Return all longest runs of at least `SEED` shared words."""
    ours = [w.form for w in left.words]
    theirs = [w.form for w in right.words]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(theirs) - SEED + 1):
        if right.blocks[at] == right.blocks[at + SEED - 1]:
            places[tuple(theirs[at : at + SEED])].append(at)
    runs = []
    for at in range(len(ours) - SEED + 1):
        if left.blocks[at] != left.blocks[at + SEED - 1]:
            continue
        others = places.get(tuple(ours[at : at + SEED]), ())
        if len(others) > _MOST_REPEATS:
            continue
        for other in others:
            if (
                at > 0
                and other > 0
                and ours[at - 1] == theirs[other - 1]
                and left.blocks[at - 1] == left.blocks[at]
                and right.blocks[other - 1] == right.blocks[other]
            ):
                continue
            length = SEED
            while (
                at + length < len(ours)
                and other + length < len(theirs)
                and ours[at + length] == theirs[other + length]
                and left.blocks[at + length] == left.blocks[at]
                and right.blocks[other + length] == right.blocks[other]
            ):
                length += 1
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
            quoted = left.quoted[run.left + at] or right.quoted[run.right + at]
            end = at + 1
            while end < run.length and (left.quoted[run.left + end] or right.quoted[run.right + end]) == quoted:
                end += 1
            if state is not None and quoted != state:
                yield part, state
                part = []
            state = quoted
            part.append(_Run(run.left + at, run.right + at, end - at))
            at = end
    if part and state is not None:
        yield part, state
