"""Synthetic news, as much as you like, whose statistics are those of real articles; or their fingerprints alone.

Copies of the articles of AllSides, each copy with words of its own: a word that few articles have becomes another of
like frequency and spelling, the same throughout a copy, and common words become others here and there, the same where
their neighbours are. So a copy has the lengths, the stories, the shared passages, the publishers and the frequencies of
words of the real articles, and tells other events in other words; its dates are moved within the same years. The texts
make no sense, and there are as many more documents a day as there are copies.
"""

from __future__ import annotations

import datetime
import gzip
import json
import pathlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wirecheck.readers import iter_paths
from wirecheck.reuse import Fingerprint, fingerprint
from wirecheck.settings import Settings
from wirecheck.text.hashing import mix

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w]+|_")
# The most frequent words are changed here and there only, one in so many.
_COMMON = 2000
_CHANGED = 0.3
# Words are changed for one of so many that are about as frequent.
_BAND = 64
_FIELDS = ("title", "text")


def read_articles(path: pathlib.Path) -> list[dict[str, Any]]:
    """Return the articles of a JSONL file as they stand."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Synthesizer:
    """Makes copies of articles; the same number makes the same copy."""

    def __init__(self, articles: list[dict[str, Any]]) -> None:
        self._articles = articles
        numbers: dict[str, int] = {}
        counts: Counter[int] = Counter()
        self._tokens: list[list[NDArray[np.int32]]] = []
        for article in articles:
            fields = []
            for name in _FIELDS:
                found = [numbers.setdefault(t, len(numbers)) for t in _TOKEN.findall(article[name])]
                counts.update(found)
                fields.append(np.array(found, np.int32))
            self._tokens.append(fields)
        self._forms = np.array(list(numbers), object)
        self._ranked = sorted(range(len(numbers)), key=lambda n: (-counts[n], n))
        words = [n for n in self._ranked if str(self._forms[n])[0].isalpha()]
        common = np.array(words[:_COMMON], np.int32)
        self._is_common = np.zeros(len(numbers), np.bool_)
        self._is_common[common] = True
        weights = np.array([counts[n] for n in common.tolist()], np.float64)
        self._drawn = np.random.default_rng(1).choice(common, 1 << 16, p=weights / weights.sum())
        classes: dict[tuple[bool, bool], list[int]] = {}
        for n in words[_COMMON:]:
            form = str(self._forms[n])
            classes.setdefault((form[0].isupper(), form.isupper() and len(form) > 1), []).append(n)
        self._bands = [np.array(members, np.int32) for members in classes.values()]
        # A few dates are misprints: the years are those of all but one in a hundred.
        dates = sorted(day for day in map(_read_day, articles) if day is not None)
        self._first, last = dates[len(dates) // 200], dates[-1 - len(dates) // 200]
        self._days = (last - self._first).days + 1

    def make_copy(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the articles of a copy."""
        chance = np.random.default_rng([7, number])
        mapped = np.arange(len(self._forms), dtype=np.int32)
        for band in self._bands:
            rows = np.arange(len(band)) // _BAND
            mapped[band] = band[np.lexsort((chance.random(len(band)), rows))]
        shift = int(chance.integers(0, self._days))
        for article, fields in zip(self._articles, self._tokens, strict=True):
            made = dict(article)
            for name, tokens in zip(_FIELDS, fields, strict=True):
                made[name] = "".join(self._forms[self._change(tokens, mapped, number)])
            day = _read_day(article)
            if day is not None and 0 <= (day - self._first).days < self._days:
                made["date"] = str(self._first + datetime.timedelta(((day - self._first).days + shift) % self._days))
            made["id"] = f"{article['id']}-{number}"
            made["url"] = f"{article['url']}{'&' if '?' in article['url'] else '?'}copy={number}"
            yield made

    def _change(self, tokens: NDArray[np.int32], mapped: NDArray[np.int32], number: int) -> NDArray[np.int32]:
        """Return other tokens; which common ones change depends on the words around them alone."""
        words = tokens.astype(np.uint64)
        around = np.zeros(len(tokens), np.uint64)
        for step, odd in ((-2, 0x9E3779B97F4A7C15), (0, 0xC2B2AE3D27D4EB4F), (2, 0x165667B19E3779F9)):
            shifted = np.roll(words, -step)
            around += (shifted + np.uint64(1)) * np.uint64(odd)
        around = (around ^ (around >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9 + 2 * number)
        around ^= around >> np.uint64(32)
        changed = self._is_common[tokens] & ((around >> np.uint64(16)) % np.uint64(1000) < np.uint64(1000 * _CHANGED))
        return np.where(changed, self._drawn[around & np.uint64(0xFFFF)], mapped[tokens])


class SyntheticPrints:
    """Fingerprints of copies of articles, made when they are asked for, so that millions of them take no room.

    As with `Synthesizer` rare words and names become others of like frequency, and shingles others, the same throughout
    a copy; shingles that more than 60 articles have, the formulas, stay.
    """

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self._prints = prints
        self._words = _rank([p.words for p in prints], keep=_COMMON)
        self._names = _rank([p.names for p in prints], keep=0)
        forms, counts = np.unique(np.concatenate([p.shingles for p in prints]), return_counts=True)
        self._formulas = forms[counts > 60]
        days = sorted(p.day for p in prints if p.day is not None)
        self._first, self._days = days[len(days) // 200], days[-1 - len(days) // 200] - days[len(days) // 200] + 1
        self._maps: dict[int, tuple[NDArray[np.uint32], NDArray[np.uint32], int]] = {}

    def make(self, place: int) -> Fingerprint:
        """Return the fingerprint at a place: the articles of the first copy, then of the second, and so on."""
        number, at = divmod(place, len(self._prints))
        one = self._prints[at]
        words, names, shift = self._map(number)
        day = one.day
        if day is not None and 0 <= day - self._first < self._days:
            day = self._first + (day - self._first + shift) % self._days
        keys = words[np.searchsorted(self._words[0], one.words)]
        order = np.argsort(keys)
        known = names[np.searchsorted(self._names[0], one.names)]
        named = np.argsort(known)
        kept = np.isin(one.shingles, self._formulas, assume_unique=True)
        shingles = np.where(kept, one.shingles, mix(one.shingles ^ np.uint64(number << 32)))
        shingles.sort()
        return Fingerprint(
            f"{number}-{one.document}",
            day,
            one.length,
            keys[order],
            one.counts[order],
            one.leads[order],
            known[named],
            one.name_counts[named],
            shingles,
        )

    def _map(self, number: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32], int]:
        if number not in self._maps:
            chance = np.random.default_rng([7, number])
            made = []
            for forms, bands in (self._words, self._names):
                mapped = forms.copy()
                mapped[bands] = forms[bands[np.lexsort((chance.random(len(bands)), np.arange(len(bands)) // _BAND))]]
                made.append(mapped)
            self._maps[number] = made[0], made[1], int(chance.integers(0, self._days))
        return self._maps[number]


def _rank(rows: Sequence[NDArray[np.uint32]], *, keep: int) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return all forms, sorted, and the places of all but the `keep` most frequent, most frequent first."""
    forms, counts = np.unique(np.concatenate(rows), return_counts=True)
    return forms, np.argsort(-counts, kind="stable")[keep:]


def make_prints(path: pathlib.Path) -> SyntheticPrints:
    """Return what makes fingerprints like those of the articles of a JSONL file."""
    read = iter_paths([str(path)], settings=Settings())
    return SyntheticPrints([fingerprint(d) for documents, _ in read for d in documents])


def _read_day(article: dict[str, Any]) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(article.get("date") or "")
    except ValueError:
        return None


def write_articles(source: pathlib.Path, path: pathlib.Path, count: int) -> None:
    """Write `count` synthetic articles as JSONL; the first copy is the first, never the real articles."""
    synthesizer = Synthesizer(read_articles(source))
    left, number = count, 1
    with path.open("w", encoding="utf-8") as file:
        while left > 0:
            for article in synthesizer.make_copy(number):
                if left > 0:
                    file.write(json.dumps(article, ensure_ascii=False) + "\n")
                    left -= 1
            number += 1
