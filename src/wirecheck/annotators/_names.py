"""Words of a sentence as the recognizer of names sees them, and what a document says of their spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from wirecheck.language.reading import Reading
from wirecheck.language.sentence import Sentence
from wirecheck.text.gazetteer import listed, places, titles

# A word keeps its hyphens and inner apostrophes but not a possessive; initials and known abbreviations keep their stop.
_WORD = re.compile(
    r"(?:[A-Z]\.)+[A-Z]\b(?!\.)|(?:[A-Z]\.){2,}"
    r"|[A-Z]\.(?=\s+[A-Z])"
    r"|\d+(?:[.,]\d+)*(?:[^\W\d_]+)?(?:[-–][^\W_]+)*"
    r"|[^\W\d_]+(?:(?:[’'ʼ](?!s\b)|[-‐‑&](?=[^\W\d_]))[^\W_]+)*\d*"
    r"|[’'](?:s\b)?"
    r"|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence; offsets count from the beginning of the document."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    letters: bool
    pos: str = ""
    """Universal part of speech, "" where the reading model gave none."""
    finite: bool = False
    """True for a verb in a finite form."""


@dataclass(frozen=True)
class Line:
    """A sentence in words, with its case: "plain", "title" (Most Words Like This) or "upper" (ALL LIKE THIS)."""

    start: int
    end: int
    words: tuple[Word, ...]
    case: str


@dataclass
class Spelling:
    """How a document writes its words inside sentences, where a capital means something."""

    small: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    entities: dict[int, tuple[int, str]] = field(default_factory=dict)
    """End and kind of the entities that the reading model found, by their start."""
    acronyms: set[str] = field(default_factory=set)
    """Words of three to six capitals."""


def function_words() -> frozenset[str]:
    return listed("function")


def calendar_words() -> frozenset[str]:
    return listed("calendar")


def nameless_words() -> frozenset[str]:
    return listed("nameless")


def believers() -> frozenset[str]:
    return listed("believers")


@cache
def _stopped() -> frozenset[str]:
    """Words that keep a full stop: "Sen.", "Jr.", "Calif."."""
    found = {part for title in titles().abbreviations for part in title.split()}
    found |= {"mr", "mrs", "ms", "mx", "messrs", "jr", "sr", "inc", "corp", "co", "ltd", "bros", "st", "mt", "ft", "no"}
    found |= {form[:-1].casefold() for form in places().states if form.endswith(".") and form.count(".") == 1}
    return frozenset(found - {"no"})


def read_lines(reading: Reading) -> list[Line]:
    """Return the sentences of a reading in words."""
    return [_read_line(reading, s.start, s.end, _parts_of_speech(s)) for s in reading.sentences]


def _parts_of_speech(sentence: Sentence) -> dict[int, tuple[str, bool]]:
    return {t.start: (t.upos, t.xpos in ("VBD", "VBZ", "VBP", "MD")) for t in sentence.tokens if t.upos}


def _read_line(reading: Reading, start: int, end: int, parts: dict[int, tuple[str, bool]]) -> Line:
    text = reading.document.text
    words: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        form = match.group()
        letters = form[0].isalpha()
        stopped = letters and form[0].isupper() and form.casefold() in _stopped() and text[last : last + 1] == "."
        if stopped and (last + 1 < end or form.casefold() in ("jr", "sr", "inc", "corp", "co", "ltd")):
            last += 1
            form = text[first:last]
        if letters and form[-1] in "’'":
            last -= 1
            form = form[:-1]
        if words and words[-1].end > first:
            continue
        words.append(
            Word(first, last, form, form.casefold(), form[0].isupper(), letters, *parts.get(first, ("", False)))
        )
    return Line(start, end, tuple(words), _case(words))


def _case(words: Sequence[Word]) -> str:
    long = [w for w in words if w.letters and len(w.text) >= 4]
    letters = [w for w in words if w.letters]
    if len(letters) >= 3 and sum(w.text.isupper() for w in letters) >= 0.8 * len(letters):
        return "upper"
    if len(long) >= 3 and sum(w.capital for w in long) >= 0.75 * len(long) and words[-1].text not in ".":
        return "title"
    return "plain"


def opens(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at `at` begins a sentence or a quotation, where anything is capitalised."""
    before = at - 1
    while before >= 0 and not words[before].letters and words[before].text in "\"“”‘’'«»([—–-•*":
        if words[before].text in '“‘"«':
            return True
        before -= 1
    return before < 0 or words[before].text in ".!?:…" or words[before].text in "•*|"


def learn_spelling(reading: Reading, lines: Iterable[Line]) -> Spelling:
    """Return how often each word stands in small letters, and capitalised where it does not open a sentence."""
    spelling = Spelling()
    for sentence in reading.sentences:
        for entity in sentence.entities:
            spelling.entities[entity.start] = (entity.end, entity.kind)
    for line in lines:
        if line.case != "plain":
            continue
        for at, word in enumerate(line.words):
            if not word.letters:
                continue
            if 3 <= len(word.text) <= 6 and word.text.isupper() and word.text.isalpha():
                spelling.acronyms.add(word.text)
            if not word.capital:
                spelling.small[word.lower] += 1
            elif not opens(line.words, at):
                spelling.capital[word.lower] += 1
    return spelling
