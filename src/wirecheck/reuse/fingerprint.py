"""Fingerprints: what an archive keeps of a document to find its story and its reuse without reading it again.

Words, names and words of title and lead tell the event; shingles, thinned by winnowing (Schleimer, Wilkerson and Aiken,
2003), tell copying. The two halves share nothing. The frame (`frames`) tells issues of a recurring piece.
"""

from __future__ import annotations

import datetime
import struct
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.reuse.frames import Frame, frame_document
from wirecheck.text.hashing import HashedWords, Hashes, hash_runs, hash_word, hash_words, mix
from wirecheck.text.timestamps import is_placeholder

# Words of a shingle, as of a seed of `find_passages`; of each `WINDOW` shingles in a row, the smallest is kept, so that
# a shared run of SHINGLE + WINDOW - 1 = 8 words, the shortest passage of own words, is never missed.
SHINGLE = 5
WINDOW = 4
LEAD_WORDS = 120
_TITLE_WEIGHT = 2
_NO_DAY = -(2**31)
_LAYOUT = 2
_HEAD = struct.Struct("<BBiIIII")
# What stands before a name and ends with a stop: the stop ends no sentence.
_TITLES = "mr mrs ms dr sen rep gov gen lt sgt col capt prof rev st no"

Features = NDArray[np.uint32]
Counts = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is kept of one document; all arrays are sorted by hash, and a hash stands once.

    `day` counts days as `date.toordinal` does, None where no day is known. `leads[i]` counts word `i` in title (twice)
    and lead. `length` counts the words of the article. Two fingerprints are equal when their bytes are.
    """

    document: str
    day: int | None
    length: int
    words: Features
    counts: Counts
    leads: Counts
    names: Features
    name_counts: Counts
    shingles: Hashes
    frame: Frame = field(default_factory=Frame)

    def to_bytes(self) -> bytes:
        """Return the fingerprint as bytes, the same on every machine; about 6 KB for 800 words."""
        ident = self.document.encode("utf-8", "surrogatepass")
        day = _NO_DAY if self.day is None else self.day
        sizes = len(self.words), len(self.names), len(self.shingles)
        return b"".join(
            [
                _HEAD.pack(_LAYOUT, len(ident), day, self.length, *sizes),
                ident,
                *(getattr(self, name).astype(kind).tobytes() for name, kind in _ARRAYS),
                self.frame.to_bytes(),
            ]
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Fingerprint:
        """Return the fingerprint that `to_bytes` wrote; raises `ValueError` for bytes of another layout or length."""
        if len(data) < _HEAD.size or data[0] != _LAYOUT:
            raise ValueError(f"fingerprint: layout {_LAYOUT} was expected; found {data[:1].hex() or 'nothing'}")
        _, ident, day, length, words, names, shingles = _HEAD.unpack_from(data)
        sizes = {"words": words, "counts": words, "leads": words, "names": names, "name_counts": names}
        at = _HEAD.size + ident
        document = data[_HEAD.size : at].decode("utf-8", "surrogatepass")
        arrays = {}
        for name, kind in _ARRAYS:
            count = sizes.get(name, shingles)
            size = count * np.dtype(kind).itemsize
            if at + size > len(data):
                raise ValueError(f"fingerprint of {document}: {at + size} bytes were expected; found {len(data)}")
            arrays[name] = np.frombuffer(data, kind, count, at)
            at += size
        return cls(document, None if day == _NO_DAY else day, length, **arrays, frame=Frame.from_bytes(data[at:]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash((self.document, self.length))


_ARRAYS = (
    ("words", "<u4"),
    ("counts", "u1"),
    ("leads", "u1"),
    ("names", "<u4"),
    ("name_counts", "u1"),
    ("shingles", "<u8"),
)


def fingerprint(document: Document) -> Fingerprint:
    """Return the fingerprint of a document; its furniture takes no part."""
    text = article_text(document)
    # The title goes behind the text and is hashed with it: half of what a short text costs is the same for a long one.
    both = hash_words(f"{text}\n{document.title or ''}")
    words = both.first(int(np.searchsorted(both.starts, len(text))))
    keys = (words.hashes >> np.uint64(32)).astype(np.uint32)
    title = (both.hashes[len(keys) :] >> np.uint64(32)).astype(np.uint32)
    body = keys[len(title) :] if document.title_span is not None else keys
    forms, counts = _count(np.concatenate([title, body]))
    leads = np.bincount(np.searchsorted(forms, body[:LEAD_WORDS]), minlength=len(forms))
    leads += _TITLE_WEIGHT * np.bincount(np.searchsorted(forms, title), minlength=len(forms))
    names, name_counts = _count(hash_names(words))
    return Fingerprint(
        document.id,
        _read_day(document.published),
        len(keys),
        forms,
        np.minimum(counts, 255).astype(np.uint8),
        np.minimum(leads, 255).astype(np.uint8),
        names,
        np.minimum(name_counts, 255).astype(np.uint8),
        winnow(hash_runs(words.hashes, SHINGLE), WINDOW),
        frame_document(document, text, words),
    )


def hash_names(words: HashedWords) -> Features:
    """Return the names among words, with repeats: each capitalised word inside a sentence, and each run of several."""
    first = words.begins & ~_after_title(words)
    named = words.named & ~first
    single = words.hashes[named]
    if not len(single):
        return np.zeros(0, np.uint32)
    places = np.flatnonzero(named)
    going_on = np.concatenate(([False], (np.diff(places) == 1) & words.joined[places[1:]]))
    runs = np.flatnonzero(~going_on)
    sizes = np.diff(np.append(runs, len(places)))
    nth = np.arange(len(places)) - np.repeat(runs, sizes)
    whole = mix(np.add.reduceat(single * (np.uint64(2) * nth.astype(np.uint64) + np.uint64(3)), runs))[sizes > 1]
    return (np.concatenate([single, whole]) >> np.uint64(32)).astype(np.uint32)


def winnow(shingles: Hashes, window: int) -> Hashes:
    """Return the smallest of each `window` shingles in a row, each once, sorted; of fewer shingles, the smallest."""
    if len(shingles) > window:
        lowest = shingles[: len(shingles) - window + 1].copy()
        for at in range(1, window):
            np.minimum(lowest, shingles[at : at + len(lowest)], out=lowest)
        lowest.sort()
        return lowest[_begins(lowest)]
    return shingles.min(keepdims=True) if len(shingles) else shingles


def _count(keys: Features) -> tuple[Features, NDArray[np.intp]]:
    """Return what is among keys, sorted, and how often; `numpy.unique` takes twice the time for as few as these."""
    keys = np.sort(keys)
    starts = np.flatnonzero(_begins(keys))
    ends = np.empty(len(starts), np.intp)
    ends[:-1], ends[-1:] = starts[1:], len(keys)
    return keys[starts], ends - starts


def _begins(keys: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Return of each of the sorted keys whether it is the first of its kind."""
    begins = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=begins[1:])
    return begins


def article_text(document: Document) -> str:
    """Return the text of a document without its furniture."""
    parts, at = [], 0
    for span in document.furniture:
        parts.append(document.text[at : span.start])
        at = span.end
    return " ".join([*parts, document.text[at:]])


def _after_title(words: HashedWords) -> NDArray[np.bool_]:
    known = _titles()
    titles = known[np.minimum(np.searchsorted(known, words.hashes), len(known) - 1)] == words.hashes
    return np.concatenate(([False], (titles & words.named)[:-1])) if len(titles) else titles


@cache
def _titles() -> Hashes:
    return np.sort(np.array([hash_word(title) for title in _TITLES.split()], np.uint64))


def _read_day(date: str | None) -> int | None:
    if date is None or len(date) < 10 or is_placeholder(date):
        return None
    try:
        return datetime.date.fromisoformat(date[:10]).toordinal()
    except ValueError:
        return None
