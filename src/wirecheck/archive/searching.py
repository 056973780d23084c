"""Full-text search with phrases and filters, and which documents are versions of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from wirecheck.errors import UsageError
from wirecheck.lineage.publishers import canonical_publisher
from wirecheck.model import Document, Span
from wirecheck.store import Store, Stored
from wirecheck.text.unseen import strip_unseen
from wirecheck.text.unspaced import is_unspaced

_TERM = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"|“(?P<curly>[^”]*)”|(?P<word>\S+))')
_WORD = re.compile(r"\w+")
_LATIN = frozenset(chr(c) for c in range(0x1E00, 0x2000))
# Characters shown on either side of what was found.
_AROUND = 90
_MOST_PASSAGES = 3
# The index reads a list of places for each word, and for each prefix those of all words that begin so.
_MOST_TERMS = 64
_MOST_CHARACTERS = 4096
# Documents found that are looked at in one go, until there are enough.
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents or stories are wanted. Dates are ISO 8601, as precise as you like, both ends included."""

    since: str | None = None
    until: str | None = None
    search: str | None = None
    publisher: str | None = None
    min_documents: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, with the passages that hold the words; `marks[i]` lie within `passages[i]`."""

    document: Document
    passages: tuple[Span, ...]
    marks: tuple[tuple[Span, ...], ...]


def list_versions(stored: Sequence[Stored]) -> tuple[list[Stored], dict[str, str]]:
    """Return the documents that no newer version has replaced, as they were added, and each version's predecessor.

    Documents of one place are versions of one, by when they say that they were modified, published or retrieved, then
    as they were added.
    """
    places: dict[str, list[Stored]] = {}
    for document in stored:
        if document.place is not None:
            places.setdefault(document.place, []).append(document)
    earlier: dict[str, str] = {}
    for versions in places.values():
        if len(versions) > 1:
            versions.sort(key=lambda s: (s.modified or s.published or s.retrieved or "", s.seq))
            earlier.update({new.id: old.id for old, new in pairwise(versions)})
    replaced = set(earlier.values())
    return [s for s in stored if s.id not in replaced], earlier


def list_related(store: Store, ids: Iterable[str]) -> list[Stored]:
    """Return some documents with all versions of them, as they were added; no others are read."""
    found = {s.seq: s for s in store.list_named(sorted(set(ids)))}
    found |= {s.seq: s for s in store.list_placed(sorted({s.place for s in found.values() if s.place is not None}))}
    return [found[seq] for seq in sorted(found)]


def list_newest(store: Store, seqs: Sequence[int]) -> list[Stored]:
    """Return those of some documents that no newer version has replaced, in the order given; no others are read."""
    found = {s.seq: s for s in store.list_heads(seqs)}
    newest, _ = list_versions(store.list_placed(sorted({s.place for s in found.values() if s.place is not None})))
    kept = {s.seq for s in newest}
    return [found[seq] for seq in seqs if seq in found and (found[seq].place is None or seq in kept)]


def select(store: Store, stored: Sequence[Stored], wanted: Filter) -> set[str]:
    """Return the ids of the documents that fit."""
    kept = list(stored)
    for date in (wanted.since, wanted.until):
        if date is not None and not _is_date(date):
            raise UsageError(f"a date such as 2025-02-13 was expected; found {date!r}")
    if wanted.since is not None:
        kept = [s for s in kept if s.published and _cut(s.published, wanted.since) >= _cut(wanted.since, s.published)]
    if wanted.until is not None:
        kept = [s for s in kept if s.published and _cut(s.published, wanted.until) <= _cut(wanted.until, s.published)]
    if wanted.publisher is not None:
        name = canonical_publisher(wanted.publisher)
        kept = [s for s in kept if s.publisher is not None and canonical_publisher(s.publisher) == name]
    if wanted.search is not None:
        found = {seq for seq, _ in store.search_words(build_query(wanted.search))}
        kept = [s for s in kept if s.seq in found]
    return {s.id for s in kept}


def _is_date(date: str) -> bool:
    """Return whether a date is a year, a month of one, a day or an instant that there is."""
    if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?", date) is None:
        return False
    try:
        datetime.fromisoformat(f"{date}-01-01"[:10] if len(date) <= 10 else date)
    except ValueError:
        return False
    return True


def search(store: Store, query: str, wanted: Filter, *, limit: int) -> tuple[Hit, ...]:
    """Return the newest documents that fit a query, best first (BM25), each with its passages."""
    expression = build_query(query)
    hits = [seq for seq, _ in store.search_words(expression)]
    ids: list[str] = []
    for at in range(0, len(hits), _AT_A_TIME):
        newest = list_newest(store, hits[at : at + _AT_A_TIME])
        fitting = select(store, newest, wanted)
        ids += [s.id for s in newest if s.id in fitting]
        if len(ids) >= limit:
            break
    documents = store.read_documents(ids[:limit])
    patterns = _list_patterns(query)
    return tuple(_make_hit(documents[i], patterns) for i in ids[:limit])


def build_query(query: str) -> str:
    """Return a query of words, "phrases", prefixes* and -exclusions as FTS5 reads it; all words must be there.

    A word that is given twice counts once. Raises `UsageError` for a query without words, and for one that is too long.

    >>> build_query('bridge "closed after" -ferr*')
    '"bridge" AND "closed after" NOT "ferr"*'
    """
    wanted: list[str] = []
    excluded: list[str] = []
    if len(query) > _MOST_CHARACTERS:
        raise UsageError(f"a query of at most {_MOST_CHARACTERS} characters was expected; it has {len(query)}")
    for match in _TERM.finditer(strip_unseen(query)):
        words = match["phrase"] or match["curly"] or match["word"] or ""
        bare = _WORD.findall(words)
        if bare:
            term = '"' + " ".join(bare) + '"' + ("*" if words.endswith("*") else "")
            terms = excluded if match["not"] else wanted
            if term not in terms:
                terms.append(term)
    if not wanted:
        raise UsageError(f'a query was expected: words, "phrases", prefix*, -without; found {query!r}')
    if len(wanted) + len(excluded) > _MOST_TERMS:
        raise UsageError(
            f"at most {_MOST_TERMS} words and phrases were expected; there are {len(wanted) + len(excluded)}"
        )
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in excluded)


def _cut(date: str, other: str) -> str:
    """Return a date as precise as another, where that is less."""
    return date[: len(other)]


def _list_patterns(query: str) -> list[re.Pattern[str]]:
    patterns: dict[str, re.Pattern[str]] = {}
    for match in _TERM.finditer(strip_unseen(query)):
        words = match["phrase"] or match["curly"] or match["word"] or ""
        bare = _WORD.findall(fold_marks(words))
        if bare and not match["not"]:
            ending = r"\w*" if words.endswith("*") else ""
            inner = r"[\W_]+".join(re.escape(w) for w in bare)
            before, after = (r"(?<!\w)", r"(?!\w)") if not is_unspaced(words) else ("", "")
            pattern = f"{before}{inner}{ending if after else ''}{after}"
            patterns.setdefault(pattern, re.compile(pattern, re.IGNORECASE))
    return list(patterns.values())


def fold_marks(text: str) -> str:
    """Return a text with accents off, character for character, as the index has it.

    >>> fold_marks("Café")
    'Cafe'
    """
    import unicodedata

    if text.isascii():
        return text
    # Marks of kana and letters of Hangul syllables are no accents.
    return "".join(unicodedata.normalize("NFD", c)[0] if "\x7f" < c < "\u1100" or c in _LATIN else c for c in text)


def _make_hit(document: Document, patterns: Sequence[re.Pattern[str]]) -> Hit:
    text = fold_marks(document.text)
    found = sorted({m.span() for p in patterns for m in p.finditer(text)})
    passages: list[Span] = []
    marks: list[tuple[Span, ...]] = []
    for start, end in found:
        if passages and end <= passages[-1].end:
            marks[-1] = (*marks[-1], document.span(start, end))
        elif len(passages) < _MOST_PASSAGES:
            passages.append(document.span(*_around(text, start, end)))
            marks.append((document.span(start, end),))
    return Hit(document, tuple(passages), tuple(marks))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range around another that begins and ends between words, within one line."""
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    line_end = text.find("\n", end)
    right = min(len(text) if line_end < 0 else line_end, end + _AROUND)
    first, last = left, right
    while left < start and left > 0 and text[left - 1].isalnum():
        left += 1
    while right > end and right < len(text) and text[right].isalnum():
        right -= 1
    # Where nothing parts the words, as in Chinese, the range ends anywhere.
    return (left if left < start else first), (right if right > end else last)
