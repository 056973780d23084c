"""How like two documents are as reports of one event, and the groups that follow.

Likeness is the mean of three cosines (all words, names, the words of title and lead), each word weighted by how rare it
is in news and among the documents at hand, and lowered by the days between publication. Groups come from average
linkage: a document joins where it is like the whole group, so that no chain of loose pairs grows into one. Two issues
of a recurring piece are as unlike as can be (`recurring`).

Documents are taken in order of time, a window at a time: those that are more than eight days apart are no pair, and a
group is done when all of its members have met all that come after them.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.reuse.fingerprint import Fingerprint, article_text, fingerprint
from wirecheck.stories.linkage import OpenPairs
from wirecheck.stories.pairing import UNDATED, list_pairs, measure_products
from wirecheck.stories.recurring import are_issues
from wirecheck.stories.weighing import Rows, Weighed, count_features, join_rows

# Mean likeness of a document to a group from which on it belongs to it. Tried .08 to .48 with benchmarks/stories.py:
# B-cubed F1 is flat between .18 and .22 on both public sets, and on samples of 2 to 30 stories; above, recall falls.
THRESHOLD = 0.2
# Days after which likeness falls to 1/e, beyond the first: reports of one event come in a day or two, and similar
# events (votes, storms, trials) come again.
DAYS = 4.0
# Likeness of what two documents tell, names aside, from which on they may be one story where nothing is known of their
# days: two events of one town share its name and its mayor's. All stories without dates, B-cubed F1 with and without:
# AllSides .780 and .773, ECB+ .905 and .903; but of ECB+, much of it fragments of a sentence or two, five stories at a
# time, .942 and .959.
_LEAST_TOLD = 0.05
# Where so little is told alike, title and lead must share a deed as well. Without this and with it, pairs of AllSides
# by themselves and without dates: two events as one, 49 and 12 of 100; one event as two, 1 and 4. B-cubed F1 of all
# stories: AllSides .781 and .786, five at a time .984 and .986; ECB+ .905 and .902, .914 and .909.
_LITTLE_TOLD = 0.1
_LEAST_LED = 0.03
# Names of the one that has fewer, single words and whole, from which on two documents without dates are of two events
# where they share none, or one alone: two fires of one town share the town. Pairs by themselves, without dates, that
# were joined before: of ECB+ 39 of 1139 of one event are parted by it and 149 of 440 of two like events, of AllSides
# none of 383 and 10 of 258. Such a pair is just unlike, so that others of their event can still join the two: B-cubed
# F1 of ECB+ .902 (.905 without the rules), .882 where the pair has no likeness at all.
# What burned or who struck tells like events of one town: of pairs of ECB+ that were joined by themselves, it parts 3
# of 1093 of one event and 4 of 294 of two; no group of ECB+ or AllSides changes.
_TWO_EVENTS = 0.19
_FEW_NAMES = 3
_SOME_NAMES = 5
# Days beyond which no pair reaches the threshold, however like.
_REACH = 1 + math.ceil(-DAYS * math.log(THRESHOLD))
# Documents whose pairs are looked for at a time.
_WINDOW = 4096
_READ = 1024
# Likeness of two issues of a recurring piece: no other documents of the two days bring these two together.
_APART = -1.0
# Likeness from which on documents of two days may be issues of one piece under headlines of their own.
_VERY_ALIKE = 0.5
__all__ = [
    "THRESHOLD",
    "article_text",
    "find_centre",
    "group_fingerprints",
    "iter_groups",
    "list_names",
    "measure_likeness",
    "part_documents",
]
_NAME = re.compile(r"[A-Z][^\W\d_]*[a-z’'-][^\W_]*(?:\s+[A-Z][^\W\d_]*[a-z’'-][^\W_]*)*|[A-Z]{2,6}\b")


def group_fingerprints(
    fingerprints: Sequence[Fingerprint], threshold: float = THRESHOLD, *, window: int = _WINDOW
) -> list[list[int]]:
    """Return the stories as places of fingerprints, each sorted, ordered by first place; each place is in exactly one.

    The order of the fingerprints changes nothing but the places, the window nothing at all. A story changes when
    documents like its own come, and hardly otherwise: what a word weighs depends on the share of documents that have
    it, in steps.
    """
    groups = iter_groups(
        fingerprints, lambda places: [fingerprints[i] for i in places], threshold=threshold, window=window
    )
    return sorted(chain.from_iterable(groups))


def iter_groups(
    prints: Iterable[Fingerprint],
    read: Callable[[Sequence[int]], Sequence[Fingerprint]],
    *,
    threshold: float = THRESHOLD,
    window: int = _WINDOW,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[list[list[int]]]:
    """Yield the stories, some at a time as they are complete, each sorted; together all those of `group_fingerprints`,
    of fingerprints that need not be held all at once.

    `prints` yields all, once; `read` returns those of some places, in order. Held are the features of the documents of
    some ten days, 4 KB each, and of those without a date; `on_progress` is told how many are done, of how many.
    """
    heads: list[tuple[int, str]] = []
    columns = array("Q")

    def note() -> Iterator[Fingerprint]:
        for one in prints:
            heads.append((_day(one), one.document))
            columns.append(one.frame.column)
            yield one

    weighing = count_features(note())
    order = sorted(range(len(heads)), key=heads.__getitem__)
    days = np.array([heads[i][0] for i in order], np.int64)
    heads.clear()
    titled = np.array(columns, np.uint64)[order]
    undated = int(np.searchsorted(days, UNDATED))
    held = _Held(lambda first, last: weighing.weigh(read(order[first:last]), deeds=undated < len(order)))
    pairs = OpenPairs(len(order), threshold)
    for first in range(0, len(order), window):
        last = min(first + window, len(order))
        # All that the documents of this window can be paired with: those within reach, and those without a date.
        reached = max(last, int(np.searchsorted(days, min(int(days[last - 1]) + _REACH, UNDATED - 1), "right")))
        part = held.take(first, reached)
        places = np.arange(first, reached)
        if undated < len(order) and reached < len(order):
            rest = max(reached, undated)
            part = _join([part, held.take_rest(rest, len(order))])
            places = np.concatenate((places, np.arange(rest, len(order))))
        left, right = list_pairs(part.heaviest, days[places], reach=_REACH, lefts=last - first)
        likeness = _measure(part, weighing.count, days[places], left, right)
        left, right = places[left], places[right]
        _part_issues(titled, days, left, right, likeness, lambda wanted: read([order[i] for i in wanted]))
        found = pairs.add(left, right, likeness, done=last)
        if on_progress is not None:
            on_progress(last, len(order))
        yield [sorted(order[i] for i in group) for group in found]


def _part_issues(
    columns: NDArray[np.uint64],
    days: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    likeness: NDArray[np.float64],
    read: Callable[[Sequence[int]], Sequence[Fingerprint]],
) -> None:
    """Make the likeness of pairs that are issues of one recurring piece `_APART`.

    Few pairs are of one column, or so much alike on two days.
    """
    alike = (columns[left] == columns[right]) | ((likeness >= _VERY_ALIKE) & (days[left] != days[right]))
    found = np.flatnonzero(alike & (columns[left] > 0) & (columns[right] > 0))
    for begin in range(0, len(found), _READ):
        at = found[begin : begin + _READ]
        wanted = np.union1d(left[at], right[at]).tolist()
        prints = dict(zip(wanted, read(wanted), strict=True))
        for one, a, b in zip(at.tolist(), left[at].tolist(), right[at].tolist(), strict=True):
            if are_issues(prints[a], prints[b]):
                likeness[one] = _APART


class _Held:
    """Documents weighed, in order of time: read once, and forgotten when no window reaches back to them."""

    def __init__(self, weigh: Callable[[int, int], Weighed]) -> None:
        self._weigh = weigh
        self._parts: list[tuple[int, Weighed]] = []
        self._end = 0
        self._rest: tuple[int, Weighed] | None = None

    def take(self, first: int, last: int) -> Weighed:
        """Return the documents from one place to another, neither before those of the last call."""
        self._parts = [(at, part) for at, part in self._parts if at + len(part.rows.starts) - 1 > first]
        while self._end < last:
            begin, self._end = self._end, min(self._end + _READ, last)
            self._parts.append((begin, self._weigh(begin, self._end)))
        return _join([_slice(part, max(0, first - at), last - at) for at, part in self._parts if at < last])

    def take_rest(self, first: int, last: int) -> Weighed:
        """Return the last documents, which all windows need: read at the first call."""
        if self._rest is None:
            parts = [self._weigh(at, min(at + _READ, last)) for at in range(first, last, _READ)]
            self._rest = first, _join(parts)
        begin, rest = self._rest
        return _slice(rest, first - begin, last - begin)


def _slice(part: Weighed, first: int, last: int) -> Weighed:
    kinds = (part.rows, part.heaviest, part.deeds, part.led, part.named)
    rows, heaviest, deeds, led, named = (_slice_rows(rows, first, last) for rows in kinds)
    return Weighed(rows, heaviest, deeds, led, named, part.told[first:last])


def _slice_rows(rows: Rows, first: int, last: int) -> Rows:
    starts = rows.starts[first : last + 1]
    return Rows(starts - starts[0], rows.keys[starts[0] : starts[-1]], rows.weights[starts[0] : starts[-1]])


def _join(parts: Sequence[Weighed]) -> Weighed:
    return Weighed(
        join_rows([p.rows for p in parts]),
        join_rows([p.heaviest for p in parts]),
        join_rows([p.deeds for p in parts]),
        join_rows([p.led for p in parts]),
        join_rows([p.named for p in parts]),
        np.concatenate([np.zeros((0, 6), np.int64), *(p.told for p in parts)]),
    )


def find_centre(fingerprints: Sequence[Fingerprint]) -> int:
    """Return the place of the document of a story that is most like all others, the first of equals."""
    if len(fingerprints) <= 2:
        return 0
    return int(np.round(_measure_all(fingerprints).sum(axis=1), 9).argmax())


def measure_likeness(documents: Sequence[Document]) -> NDArray[np.float64]:
    """Return the likeness of each two documents, from 0 to 1, as a symmetric matrix; the diagonal is 1."""
    return _measure_all([fingerprint(d) for d in documents])


def _measure_all(fingerprints: Sequence[Fingerprint]) -> NDArray[np.float64]:
    likeness = np.eye(len(fingerprints))
    if len(fingerprints) > 1:
        left, right = np.triu_indices(len(fingerprints), 1)
        days = np.array([_day(f) for f in fingerprints], np.int64)
        weighing = count_features(fingerprints)
        weighed = weighing.weigh(fingerprints, deeds=UNDATED in days)
        likeness[left, right] = likeness[right, left] = _measure(weighed, weighing.count, days, left, right)
    return likeness


def part_documents(likeness: NDArray[np.float64], threshold: float = THRESHOLD) -> list[list[int]]:
    """Return groups of places by average linkage, each sorted, ordered by first place.

    The two groups that are most alike are joined first, until none are as alike as the threshold; equal ones by place.
    """
    count = len(likeness)
    current = likeness.astype(np.float64).copy()
    np.fill_diagonal(current, -1.0)
    groups = {i: [i] for i in range(count)}
    if count < 2:
        return list(groups.values())
    nearest = current.argmax(axis=1)
    highest = current.max(axis=1)
    while len(groups) > 1:
        left = int(highest.argmax())
        right = int(nearest[left])
        if highest[left] < threshold:
            break
        left, right = sorted((left, right))
        sizes = len(groups[left]), len(groups[right])
        row = (sizes[0] * current[left] + sizes[1] * current[right]) / sum(sizes)
        row[current[left] < 0] = -1.0
        row[[left, right]] = -1.0
        current[left], current[:, left] = row, row
        current[right], current[:, right] = -1.0, -1.0
        groups[left] += groups.pop(right)
        stale = np.flatnonzero((nearest == left) | (nearest == right))
        for place in {left, right, *stale.tolist()}:
            nearest[place], highest[place] = current[place].argmax(), current[place].max()
        closer = row > highest
        nearest[closer], highest[closer] = left, row[closer]
    return sorted(sorted(members) for members in groups.values())


def list_names(text: str) -> list[str]:
    """Return the names in a text, folded: each capitalised word inside a sentence, and each run of several."""
    found = []
    for match in _NAME.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" \"“‘'")
        parts = [re.sub(r"[’']s$", "", part).casefold() for part in match.group().split()]
        if before == "" or before[-1] in ".!?:\n":
            parts = parts[1:]  # the first word of a sentence has its capital from there
        found.extend(parts)
        if len(parts) > 1:
            found.append(" ".join(parts))
    return found


def _measure(
    weighed: Weighed, count: int, days: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    likeness = np.minimum(measure_products(weighed.rows, left, right, count=count), 1.0)
    apart = np.abs(days[left] - days[right]) - 1
    undated = np.flatnonzero((days[left] == UNDATED) | (days[right] == UNDATED))
    apart[undated] = 0
    told = measure_products(weighed.deeds, left[undated], right[undated], count=count)
    led = measure_products(weighed.led, left[undated], right[undated], count=count)
    likeness[undated[(told < _LEAST_TOLD) | ((told < _LITTLE_TOLD) & (led < _LEAST_LED))]] = 0.0
    two = undated[_tell_two_events(weighed, count, left[undated], right[undated])]
    likeness[two] = np.minimum(likeness[two], _TWO_EVENTS)
    near: NDArray[np.float64] = likeness * np.exp(-np.maximum(0, apart) / DAYS)
    return near


def _tell_two_events(
    weighed: Weighed, count: int, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which pairs tell of two events: what happened in one, or what it befell, is nowhere named in the other, or
    hardly any name is.
    """
    shared = measure_products(weighed.named, left, right, count=count)
    ours, theirs = weighed.told[left].T, weighed.told[right].T
    fewest = np.minimum(ours[0], theirs[0])
    found: NDArray[np.bool_] = ((shared < 1) & (fewest >= _FEW_NAMES)) | ((shared < 2) & (fewest >= _SOME_NAMES))
    one_kind = ours[1] & theirs[1] > 0
    for led, named, asked in ((1, 2, True), (3, 5, True), (4, 5, one_kind)):
        told = (ours[led] > 0) & (theirs[led] > 0) & asked
        found |= told & (ours[led] & theirs[named] == 0) & (theirs[led] & ours[named] == 0)
    return found


def _day(found: Fingerprint) -> int:
    return UNDATED if found.day is None else found.day
