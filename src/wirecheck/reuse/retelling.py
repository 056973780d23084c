"""Retelling: sentences that one document has from another in other words or another order.

A sentence of a document's own words is retold when one or two neighbouring sentences of the other have half of its
content words, whatever their order (sentence-level containment, as in studies of text reuse by journalists: Clough,
Gaizauskas, Piao and Wilks, METER, 2002). The first sentences are left out: who did what, where and when is told alike
by two reporters who never met.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wirecheck.model import Passage
from wirecheck.reuse.passages import Worded
from wirecheck.text.alignment import fold_word, is_function_word

# Share of a sentence's content words that the other must have. Of Clough and Stevenson's answers, with words of such
# sentences counted half and .20 of the whole asked for: at .5 F1 .93, at .6 .90; with .4, answers written
# without the source come in.
LIKENESS = 0.5
FEWEST_CONTENT = 5
# Sentences of the body from its beginning that tell the event itself.
LEAD = 2
# From here on a sentence is the other's own, lead or not.
_NEARLY_SAME = 0.9
# Share of a sentence's words outside quotations from which on it is the document's own.
_OWN = 0.7
# Sentences of the other document that are looked at, with their neighbours, most shared words first.
_MOST_PLACES = 4


class _Sentence(NamedTuple):
    """A sentence as its words `[first, end)` of a document, with the content words that are nobody's speech."""

    first: int
    end: int
    content: frozenset[str]
    is_own: bool


def find_retold(left: Worded, right: Worded) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return the sentences of the left document that the right has too, and those of the right that the left has.

    Each as a pair of spans, left and right as given; `similarity` is the share of the sentence's content words that the
    other has. A sentence stands once in its own list; the two lists need not mirror each other.
    """
    ours, theirs = _list_sentences(left), _list_sentences(right)
    return (
        tuple(
            Passage(left.span(s.first, s.end), right.span(o.first, o.end), v)
            for s, o, v in _match(ours, theirs, _list_places(right))
        ),
        tuple(
            Passage(left.span(o.first, o.end), right.span(s.first, s.end), v)
            for s, o, v in _match(theirs, ours, _list_places(left))
        ),
    )


def _match(
    sentences: Sequence[_Sentence], others: Sequence[_Sentence], places: Mapping[str, Sequence[int]]
) -> list[tuple[_Sentence, _Sentence, float]]:
    """Return each sentence that is retold with the nearest one, or two in a row, of the others.

    `places` says which of the others have a word.
    """
    found = []
    for number, sentence in enumerate(sentences):
        size = len(sentence.content)
        if not sentence.is_own or size < FEWEST_CONTENT:
            continue
        fewest = max(FEWEST_CONTENT, math.ceil(size * (LIKENESS if number >= LEAD else _NEARLY_SAME)))
        known = places.keys() & sentence.content
        if len(known) < fewest:
            continue  # not even all of the other document has enough of its words
        held: Counter[int] = Counter()
        for word in known:
            held.update(places[word])
        best: tuple[int, int, int] = (0, 0, 0)
        for place, count in sorted(held.items(), key=lambda x: (-x[1], x[0]))[:_MOST_PLACES]:
            if 2 * count < fewest:
                break
            best = max(best, (count, 1, -place))
            for first in (place - 1, place):
                if first >= 0 and first + 1 < len(others):
                    both = len(sentence.content & (others[first].content | others[first + 1].content))
                    if both > count:
                        best = max(best, (both, 0, -first))
        if best[0] >= fewest:
            first = -best[2]
            other = others[first] if best[1] else _join(others[first], others[first + 1])
            found.append((sentence, other, round(best[0] / size, 3)))
    return found


@lru_cache(maxsize=256)
def _list_places(document: Worded) -> dict[str, list[int]]:
    """Return the sentences of a document that have each content word, by number."""
    places: dict[str, list[int]] = {}
    for place, sentence in enumerate(_list_sentences(document)):
        for word in sentence.content:
            places.setdefault(word, []).append(place)
    return places


@lru_cache(maxsize=256)
def _list_sentences(document: Worded) -> tuple[_Sentence, ...]:
    found = []
    own = ~(document.quoted | document.listed)
    edges = np.flatnonzero(np.diff(document.sentences)) + 1
    for part in np.split(np.arange(len(own)), edges) if len(own) else ():
        kept = part[own[part]].tolist()
        content = frozenset(k for k in (_fold(document.forms[n]) for n in kept) if k)
        first, end = int(part[0]), int(part[-1]) + 1
        found.append(_Sentence(first, end, content, len(kept) >= _OWN * (end - first)))
    return tuple(found)


@lru_cache(maxsize=200_000)
def _fold(form: str) -> str:
    """Return the form under which a content word is compared; "" for a function word.

    >>> _fold("centre"), _fold("the"), _fold("mayor's")
    ('center', '', 'mayor')
    """
    key = fold_word(form.removesuffix("'s"))
    return "" if is_function_word(key) else key


def _join(one: _Sentence, two: _Sentence) -> _Sentence:
    return _Sentence(one.first, two.end, one.content | two.content, True)
