"""Frames: what a title and a text are apart from their dates, numbers and names.

Two issues of a recurring piece (weather, markets, fixtures) have one frame and other values in it; two versions of one
article have one frame and the same values.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.text.addresses import fold_address
from wirecheck.text.hashing import HashedWords, Hashes, hash_runs, hash_word, mix
from wirecheck.text.timestamps import MONTH, WEEKDAY

Runs = NDArray[np.uint32]

# Words of a run, a value (a date, a number, a name, however long) counting as one.
_RUN = 3
# Runs that are kept of a text, those with the lowest hashes: the share of them that two texts have in common is that
# of all runs, within .1 (bottom-k sketches; Broder, 1997).
KEPT_RUNS = 96
_HEAD = struct.Struct("<QQQQBI")
_TOKEN = re.compile(r"[^\W_]+(?:[.,:/’'-][^\W_]+)*")
_DATE_WORD = re.compile(rf"(?:{WEEKDAY}|{MONTH})(?:[’']s)?")
_DATE = re.compile(
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)?,?\s+(?:of\s+)?)?(?<!\w)(?:{WEEKDAY}|{MONTH})\b\.?(?:[’']s)?(?:,?\s+\d{{1,4}}(?:st|nd|rd|th)?\b)*"
    r"|(?<![\w.])\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?![\w.])",
    re.IGNORECASE,
)
_PARTED = re.compile(r"(?<=\w):\s+|\s+[|–—-]\s+")
# A number behind a word for days or issues counts them, and is a date in another form.
_COUNT = re.compile(r"\b(?:day|week|no\.?|number|issue|edition|part|episode)\s+\d+\b|(?<!\S)#\d+\b", re.IGNORECASE)
_VALUES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december one two three four five six seven eight nine ten eleven twelve"
)
_VALUE = np.uint64(11)
_UPPER_HALF = np.uint64(0xFFFFFFFF00000000)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The frame of one document; a hash is 0 where there is nothing to hash (no title, no publisher, no address).

    `column` is the publisher and the part of the title that may name a column, `title` the publisher and the whole
    title, both without dates and numbers; `values` is what was left out of the title, and `dated` says that it is
    days and numbers that count days or issues. Run `i` of the text, sorted, each once, is `runs[i]` without its
    values and `spelled[i]` with them.
    """

    column: int = 0
    title: int = 0
    values: int = 0
    place: int = 0
    dated: bool = False
    runs: Runs = field(default_factory=lambda: np.zeros(0, np.uint32))
    spelled: Runs = field(default_factory=lambda: np.zeros(0, np.uint32))

    def to_bytes(self) -> bytes:
        """Return the frame as bytes, the same on every machine; 0.8 KB at most."""
        head = _HEAD.pack(self.column, self.title, self.values, self.place, self.dated, len(self.runs))
        return head + self.runs.astype("<u4").tobytes() + self.spelled.astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Frame:
        """Return the frame that `to_bytes` wrote; raises `ValueError` for bytes of another length."""
        if len(data) < _HEAD.size:
            raise ValueError(f"frame: {_HEAD.size} bytes were expected, or more; found {len(data)}")
        column, title, values, place, dated, count = _HEAD.unpack_from(data)
        if len(data) != _HEAD.size + 8 * count:
            raise ValueError(f"frame: {_HEAD.size + 8 * count} bytes were expected; found {len(data)}")
        both = np.frombuffer(data, "<u4", 2 * count, _HEAD.size)
        return cls(column, title, values, place, bool(dated), both[:count], both[count:])


def frame_document(document: Document, text: str, words: HashedWords) -> Frame:
    """Return the frame of a document; `text` is that of the article and `words` are its words."""
    place = fold_address(document.url) if document.url else ""
    publisher = " ".join((document.publisher or "").casefold().split()) or _host(place)
    hashed = _hash(place)
    if not publisher or not document.title:
        return Frame(place=hashed)
    column, title, values, dated = _read_title(document.title, publisher)
    return Frame(
        _hash(f"{publisher}\n{column}") if column else 0,
        _hash(f"{publisher}\n{title}") if column else 0,
        _hash(values),
        hashed,
        dated,
        *_list_runs(text, words),
    )


def _host(place: str) -> str:
    return place[2:].partition("/")[0] if place.startswith("//") else ""


def _read_title(title: str, publisher: str) -> tuple[str, str, str, bool]:
    """Return the column and the title without dates and numbers, these, and whether they are days or counts of days.

    >>> _read_title("Markets: Monday's close, 2 June", "elra post")
    ('markets', 'markets # close #', "monday's 2 june", True)
    """
    parts, values = [], []
    for part in _PARTED.split(title):
        if part.casefold() in (publisher, f"the {publisher}"):
            continue
        kept: list[str] = []
        for token in _TOKEN.findall(part):
            if any(c.isdigit() for c in token) or _DATE_WORD.fullmatch(token.capitalize()):
                values.append(token.casefold())
                kept += ["#"] if kept[-1:] != ["#"] else []
            else:
                kept.append(token.casefold())
        parts.append(" ".join(kept))
    column = next((part for part in parts if part.strip("# ")), "")
    # A number of something else is what the piece tells, as in "Toll rises to 63 on Wednesday".
    rest, found = _DATE.subn(" ", _COUNT.sub("@", title))
    dated = (found > 0 or "@" in rest) and not any(c.isdigit() for c in rest)
    return column, " ".join(parts), " ".join(values), dated


def _list_runs(text: str, words: HashedWords) -> tuple[Runs, Runs]:
    """Return the runs of a text that are kept, without and with their values."""
    if not len(words.hashes):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    known = _list_values()
    at = np.minimum(np.searchsorted(known, words.hashes), len(known) - 1)
    first = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").take(words.starts)
    value = (known[at] == words.hashes) | ((first >= ord("0")) & (first <= ord("9"))) | (words.named & ~words.begins)
    # Values in a row are one.
    begins = np.flatnonzero(~value | ~np.concatenate(([False], value[:-1])))
    bare = np.where(value, _VALUE, words.hashes)[begins]
    nth = (np.arange(len(value)) - np.repeat(begins, np.diff(np.append(begins, len(value))))).astype(np.uint64)
    spelled = mix(np.add.reduceat(words.hashes * (np.uint64(2) * nth + np.uint64(3)), begins))
    both = (hash_runs(bare, _RUN) & _UPPER_HALF) | (hash_runs(spelled, _RUN) >> np.uint64(32))
    both.sort()
    runs = (both >> np.uint64(32)).astype(np.uint32)
    # Of a run that comes again with other values, the one with the lowest hash is kept.
    once = np.ones(len(runs), np.bool_)
    np.not_equal(runs[1:], runs[:-1], out=once[1:])
    return runs[once][:KEPT_RUNS], both[once][:KEPT_RUNS].astype(np.uint32)


@cache
def _list_values() -> Hashes:
    return np.sort(np.array([hash_word(word) for word in _VALUES.split()], np.uint64))


def _hash(words: str) -> int:
    """Return a number of 64 bits for words, 0 for none."""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) if words else 0
