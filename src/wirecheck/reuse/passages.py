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
from itertools import pairwise
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
# A caption of a gallery, counted. Between two captions that follow each other lie at most so many paragraphs.
_CAPTION = re.compile(r"Hide Caption (\d+) of (\d+)", re.IGNORECASE)
_GALLERY = re.compile(r"Photos?:")
_CAPTION_LINES = 4
# Characters from which on a paragraph that stands twice, one after the other, is a caption.
_CAPTION_LENGTH = 40
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
    text does that is quoted without marks. Captions of a gallery are left out.
    """

    document: str
    words: tuple[Word, ...]
    quoted: tuple[bool, ...]
    listed: tuple[bool, ...]
    blocks: tuple[int, ...]
    sentences: tuple[int, ...]
    set_off: tuple[bool, ...]


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
    sentences: list[int] = []
    set_off: list[bool] = []
    galleries = _find_galleries(text, paragraphs)
    turns = {n for n, p in enumerate(paragraphs) if _TURN.match(text, p.start, p.end)}
    at = block = skipped = 0
    sentence = -1
    furniture = document.furniture
    for number, paragraph in enumerate(paragraphs):
        if number in galleries:
            skipped += 1
            continue
        while block < len(furniture) and furniture[block].start < paragraph.start:
            block += 1
        found = list_words(text, paragraph.start, paragraph.end)
        capitals = sum(1 for w in found if text[w.start].isupper())
        is_list = len(found) >= _LIST_WORDS and capitals >= _LIST_CAPITALS * len(found)
        is_turn = number in turns and len(turns) >= _FEWEST_TURNS
        follows_colon = number > 0 and text[paragraphs[number - 1].end - 1] == ":"
        sentence += 1
        last: Word | None = None
        for word in found:
            start = word.start
            while at < len(inside) and inside[at][1] <= start:
                at += 1
            # Between most words stands one space: nothing ends there.
            if last is not None and start - last.end > 1 and _ends_between(text, last, word):
                sentence += 1
            quoted.append(is_turn or (at < len(inside) and inside[at][0] <= start))
            sentences.append(sentence)
            last = word
        words += found
        listed += [is_list] * len(found)
        blocks += [block + skipped] * len(found)
        set_off += [follows_colon] * len(found)
    return Worded(
        document.id, tuple(words), tuple(quoted), tuple(listed), tuple(blocks), tuple(sentences), tuple(set_off)
    )


def _ends_between(text: str, last: Word, word: Word) -> bool:
    """Return whether a sentence ends between two words, as far as marks and capitals tell."""
    first = text[word.start]
    return (
        word.start - last.end > 1
        and not first.islower()
        and _STOP.search(text, last.end, word.start) is not None
        and last.form not in _NO_END
        and not (last.end - last.start == 1 and text[last.start].isupper())
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
    # Captions that the page shows on the picture and below it.
    for number, (one, two) in enumerate(pairwise(paragraphs)):
        if one.length >= _CAPTION_LENGTH and text[one.start : one.end] == text[two.start : two.end]:
            found.update((number, number + 1))
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
    is_formula = False
    for at in range(len(ours) - SEED + 1):
        if left.blocks[at] != left.blocks[at + SEED - 1]:
            continue
        others = places.get(tuple(ours[at : at + SEED]), ())
        after_formula, is_formula = is_formula, len(others) > _MOST_REPEATS
        if is_formula:
            continue
        for other in others:
            if (
                at > 0
                and other > 0
                and ours[at - 1] == theirs[other - 1]
                and left.blocks[at - 1] == left.blocks[at]
                and right.blocks[other - 1] == right.blocks[other]
                and not after_formula
            ):
                continue  # a run that began earlier
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
    return left.quoted[ours] or right.quoted[theirs] or (left.set_off[ours] and right.set_off[theirs])
