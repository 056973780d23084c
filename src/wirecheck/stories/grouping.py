"""How like two documents are as reports of one event, and the groups that follow.

Likeness is the mean of three cosines (all words, names, the words of title and lead), each word weighted by how rare it
is in news and among the documents at hand, and lowered by the days between publication. Groups come from average
linkage: a document joins where it is like the whole group, so that no chain of loose pairs grows into one.
"""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.text.words import list_words

# Mean likeness of a document to a group from which on it belongs to it. Tried .08 to .48 with benchmarks/stories.py:
# B-cubed F1 is flat between .18 and .22 on both public sets, and on samples of 2 to 30 stories; above, recall falls.
THRESHOLD = 0.2
# Weights of all words, names, and the words of title and lead. Thirds score the same within .01.
_WEIGHTS = (0.5, 0.25, 0.25)
# What a word of one document only adds to that document's length: at 1, as in plain TF-IDF, long documents with many
# details are like nobody (F1 .88 on ECB+ and .92 on a third of AllSides; .91 and .93 with this).
_LONE_WORD = 0.1
# Days after which likeness falls to 1/e, beyond the first: reports of one event come in a day or two, and similar
# events (votes, storms, trials) come again.
DAYS = 4.0
LEAD_WORDS = 120
# How many documents the table of frequencies counts as, beside the documents at hand.
_BACKGROUND_DOCUMENTS = 300
_COMMONEST = 0.4
_NAME = re.compile(r"[A-Z][^\W\d_]*[a-z’'-][^\W_]*(?:\s+[A-Z][^\W\d_]*[a-z’'-][^\W_]*)*|[A-Z]{2,6}\b")


def measure_likeness(documents: Sequence[Document]) -> NDArray[np.float64]:
    """Return the likeness of each two documents, from 0 to 1, as a symmetric matrix; the diagonal is 1."""
    count = len(documents)
    words, names, leads = [], [], []
    for document in documents:
        text = article_text(document)
        forms = [w.form for w in list_words(text)]
        title = [w.form for w in list_words(document.title or "")]
        body = forms[len(title) :] if document.title_span is not None else forms
        words.append(Counter(title + body))
        leads.append(Counter(title * 2 + body[:LEAD_WORDS]))
        names.append(Counter(list_names(text)))
    kinds = ((words, "words"), (names, "names"), (leads, "words"))
    likeness = sum(
        (weight * _cosines(bags, kind) for weight, (bags, kind) in zip(_WEIGHTS, kinds, strict=True)),
        start=np.zeros((count, count)),
    )
    likeness *= _nearness([d.published for d in documents])
    likeness[np.arange(count), np.arange(count)] = 1.0
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


def article_text(document: Document) -> str:
    """Return the text of a document without its furniture."""
    parts, at = [], 0
    for span in document.furniture:
        parts.append(document.text[at : span.start])
        at = span.end
    return " ".join([*parts, document.text[at:]])


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


def _cosines(bags: Sequence[Counter[str]], kind: str) -> NDArray[np.float64]:
    """Return the cosines of bags of words, weighted by 1 + ln(count) and rarity."""
    count = len(bags)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in sorted(bag):
            postings[word].append((place, 1 + math.log(bag[word])))
    shares = frequencies(kind)
    total = count + _BACKGROUND_DOCUMENTS
    squares = np.zeros(count)
    products = np.zeros((count, count))
    for word in sorted(postings):
        entries = postings[word]
        seen = len(entries) + shares.get(word, 0.0) * _BACKGROUND_DOCUMENTS
        if seen > _COMMONEST * total:
            continue
        rarity = math.log((1 + total) / (1 + seen))
        places = np.array([p for p, _ in entries])
        weights = np.array([w for _, w in entries]) * rarity
        squares[places] += weights**2 * (_LONE_WORD if len(places) == 1 else 1.0)
        if len(places) > 1:
            products[np.ix_(places, places)] += np.outer(weights, weights)
    norms = np.sqrt(np.maximum(squares, 1e-12))
    cosines: NDArray[np.float64] = products / np.outer(norms, norms)
    return cosines


def _nearness(dates: Iterable[str | None]) -> NDArray[np.float64]:
    """Return what the days between publication leave of likeness: 1 within a day or where a date is unknown."""
    days = np.array([_day_number(d) for d in dates])
    between = np.abs(days[:, None] - days[None, :]) - 1
    return np.where(np.isnan(between), 1.0, np.exp(-np.maximum(0.0, np.nan_to_num(between)) / DAYS))


def _day_number(date: str | None) -> float:
    if date is None or len(date) < 10:
        return math.nan
    return float(datetime.date.fromisoformat(date[:10]).toordinal())


@cache
def frequencies(kind: str) -> dict[str, float]:
    """Return the share of news texts that each common word ("words") or name ("names") stands in."""
    table = (resources.files("wirecheck.stories") / "data" / "frequencies.toml").read_text("utf-8")
    return {
        word: int(thousandths) / 1000
        for thousandths, line in tomllib.loads(table)[kind].items()
        for word in line.split()
    }
