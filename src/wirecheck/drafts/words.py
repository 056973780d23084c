"""The words of a source, found again in whatever typography: all of them, and those in quotation marks alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wirecheck.language.reading import Reading
from wirecheck.model import Span
from wirecheck.text.alignment import Word, list_words
from wirecheck.text.marks import Marked, find_marked

MOST_PLACES = 40
"""Places of one source at which the same words are looked at."""
TAG_WORDS = 25
"""Words between two runs of marks, at most, that are a tag of who speaks and no other text."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a source: the places `[first, end)` in its list of words, several where a tag stands between."""

    parts: tuple[tuple[int, int], ...]
    marked: bool
    """Whether all of them stand in quotation marks."""

    @property
    def first(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


class _Stream:
    """Words in a row, joined without what parts them, so that "wellbeing" is found as "well being"."""

    def __init__(self, words: Sequence[Word], places: Sequence[int]) -> None:
        self.places = places
        self.starts: list[int] = []
        at = 0
        keys = []
        for place in places:
            self.starts.append(at)
            keys.append(words[place].key)
            at += len(words[place].key)
        self.length = at
        self.joined = "".join(keys)

    def find(self, needle: str) -> Iterator[tuple[int, int]]:
        """Yield the ranges `[first, end)` of `places` whose words, joined, are the needle."""
        at = self.joined.find(needle) if needle else -1
        found = 0
        while at >= 0 and found < MOST_PLACES:
            first = bisect_left(self.starts, at)
            end = bisect_left(self.starts, at + len(needle))
            whole = at + len(needle) == self.length or (end < len(self.starts) and self.starts[end] == at + len(needle))
            if first < len(self.starts) and self.starts[first] == at and whole:
                found += 1
                yield first, end
            at = self.joined.find(needle, at + 1)


class SourceText:
    """One source with its words, its runs between marks and its sentences, found by place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document
        text = self.document.text
        self.words = list_words(text)
        runs = find_marked(text, [(p.start, p.end) for p in reading.paragraphs])
        self.runs: tuple[Marked, ...] = tuple(r for r in runs if r.depth == 0 and (r.closed or r.goes_on or r.double))
        self._run_starts = [r.start for r in self.runs]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(w.key for w in self.words)

    @cached_property
    def run_of(self) -> tuple[int, ...]:
        """For each word the run of marks that it stands in, -1 for none."""
        return tuple(self._run_at(w.start) for w in self.words)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of each key among the words."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word.key, []).append(place)
        return found

    @cached_property
    def _whole(self) -> _Stream:
        return _Stream(self.words, range(len(self.words)))

    @cached_property
    def _spoken(self) -> _Stream:
        return _Stream(self.words, [n for n, run in enumerate(self.run_of) if run >= 0])

    def _run_at(self, offset: int) -> int:
        at = bisect_right(self._run_starts, offset) - 1
        return at if at >= 0 and offset < self.runs[at].end else -1

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return where the words stand in a row, in quotation marks first; marks, case and spaces do not count."""
        needle = "".join(w.key for w in words)
        found = [Found(((first, end),), self.is_marked(first, end)) for first, end in self._whole.find(needle)]
        for first, end in self._spoken.find(needle):
            parts = self._part(self._spoken.places[first:end])
            if len(parts) > 1:
                found.append(Found(parts, marked=True))
        return tuple(sorted(found, key=lambda f: (not f.marked, len(f.parts), f.parts)))

    def _part(self, places: Sequence[int]) -> tuple[tuple[int, int], ...]:
        parts: list[tuple[int, int]] = []
        for place in places:
            if parts and parts[-1][1] == place:
                parts[-1] = (parts[-1][0], place + 1)
            else:
                parts.append((place, place + 1))
        return tuple(parts)

    def is_marked(self, first: int, end: int) -> bool:
        """Return whether all words `[first, end)` stand in quotation marks."""
        return all(run >= 0 for run in self.run_of[first:end])

    def is_one_speech(self, found: Found) -> bool:
        """Return whether nothing but tags stands between the parts."""
        return all(b[0] - a[1] <= TAG_WORDS for a, b in zip(found.parts, found.parts[1:], strict=False))

    def span(self, first: int, end: int) -> Span:
        """Return the span of the words `[first, end)`."""
        return self.document.span(self.words[first].start, self.words[end - 1].end)

    def sentence_words(self, place: int) -> tuple[int, int]:
        """Return the words `[first, end)` of the sentence of a word; the word alone where no sentence holds it."""
        number = self.reading.sentence_at(self.words[place].start)
        if number is None:
            return place, place + 1
        sentence = self.reading.sentences[number]
        return self.words_in(sentence.start, sentence.end)

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """Return the words `[first, end)` that begin in a range of characters."""
        return (
            bisect_left(self.words, start, key=lambda w: w.start),
            bisect_left(self.words, end, key=lambda w: w.start),
        )
