"""Reuse over an archive: pairs that share rare shingles, aligned, and what follows for origins."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirecheck.archive.candidates import list_candidates
from wirecheck.archive.deciding import count_ruled_origins
from wirecheck.archive.deriving import list_derived
from wirecheck.archive.standing import SAME_ARTICLE, SEVERAL_DAYS, Standing, find_standing, is_standing
from wirecheck.engine import Engine, Pairs
from wirecheck.lineage import derive_documents
from wirecheck.model import Decision, Document, Reuse
from wirecheck.progress import track
from wirecheck.reuse import Worded, compare_reuse, is_reused, list_article_words
from wirecheck.store import Derived, Store
from wirecheck.text.sentences import split_paragraphs

# A document is a near-duplicate of another where this share of its words is in shared passages.
NEAR_DUPLICATE = 0.9
_PAIRS_A_CHUNK = 64
_NOT_SHOWN = "nothing shows that one has them from the other."
# What is kept of pairs is made anew when this number is raised, with what is kept or how it is found.
_LAYOUT = 4


@dataclass(frozen=True, slots=True)
class Shared:
    """What two documents share. Shares are of the article's words, from 0 to 1, own words without quotations."""

    left: str
    right: str
    passages: int
    words: int
    """Words of the left document in passages."""
    left_share: float
    right_share: float
    left_own_share: float
    right_own_share: float
    near_duplicate: bool
    reused: bool
    """Whether a fifth of either one's own words are also in the other, as they stand or retold."""
    relation: str | None
    """reprint, rewrite, version or common-source where one derives from the other; None where they only share words."""
    source: str | None
    """The id of the document that has it first; None where nothing tells."""
    reason: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    """The longest passage, on both sides."""


def list_reuse(store: Store, derived: Derived, engine: Engine, document: str | None) -> tuple[Shared, ...]:
    """Return the pairs that share passages, those that share most first; made once for each state of the archive."""
    rows = derived.build(
        f"reuse-{_LAYOUT}",
        store.state(decisions=False),
        lambda: _compare(store, engine, _pair_ids(store, list_candidates(store, engine))),
    )
    found = [Shared(*row) for row in rows]
    kept = [s for s in found if document is None or document in (s.left, s.right)]
    return tuple(sorted(kept, key=lambda s: (-s.words, -max(s.left_share, s.right_share), s.left, s.right)))


def count_origins(
    store: Store,
    derived: Derived,
    engine: Engine,
    groups: Sequence[dict[str, Any]],
    candidates: Callable[[], Pairs],
    decisions: Sequence[Decision] = (),
    *,
    state: str,
) -> dict[str, int]:
    """Return for each document the most origins that its story can have: derived documents count once.

    `state` is that of the groups. What people ruled of origins is honoured. `candidates` is asked for the pairs that
    may share passages when what derives from what is not known.
    """
    rows = derived.build(
        f"story-reuse-{_LAYOUT}",
        state,
        lambda: list_derived(store, derived, engine, candidates(), [groups]),
    )
    found: dict[str, int] = {}
    edges_of: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        edges_of.setdefault(row[0], []).append((row[0], row[1]))
    for group in groups:
        ids = list(group["documents"])
        place = {i: n for n, i in enumerate(ids)}
        pairs = [(a, b) for i in ids for a, b in edges_of.get(i, ()) if a in place and b in place]
        if decisions:
            count = count_ruled_origins(ids, pairs, decisions)
        else:
            count = len(engine.components(len(ids), [(place[a], place[b]) for a, b in pairs]))
        found.update(dict.fromkeys(ids, count))
    return found


def _pair_ids(store: Store, pairs: Pairs) -> list[tuple[str, str]]:
    """Return pairs by ids, sorted, the smaller id first."""
    ids = store.list_ids()
    return sorted(
        (min(ids[a], ids[b]), max(ids[a], ids[b]))
        for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    )


def _compare(store: Store, engine: Engine, pairs: Sequence[tuple[str, str]]) -> list[list[Any]]:
    """Return a row for each pair that shares something.

    What turns out to stand in articles of one publisher from several days is known only when all pairs are read: those
    that share such sentences are then read again without them.
    """
    rows: dict[tuple[str, str], list[Any]] = {}
    shared: dict[tuple[str, str], list[int]] = {}
    days: dict[int, set[str]] = defaultdict(set)
    total = -(-len(pairs) // _PAIRS_A_CHUNK)
    work = engine.map(_compare_chunk, _list_chunks(store, pairs, {}))
    for found in track(work, f"comparing pairs, {_PAIRS_A_CHUNK} at a time", total):
        for pair, row, keys, dates in found:
            if row is not None:
                rows[pair] = row
            if keys:
                shared[pair] = keys
                for key in keys:
                    days[key].update(dates)
    standing = {key for key, dates in days.items() if len(dates) >= SEVERAL_DAYS}
    again = {pair: some for pair, keys in shared.items() if (some := [k for k in keys if k in standing])}
    for found in engine.map(_compare_chunk, _list_chunks(store, sorted(again), again)):
        for pair, row, _, _ in found:
            rows.pop(pair, None)
            if row is not None:
                rows[pair] = row
    return [rows[pair] for pair in sorted(rows)]


_Chunk = tuple[list[tuple[str, str]], dict[str, Document], frozenset[int]]
_Compared = tuple[tuple[str, str], list[Any] | None, list[int], list[str]]


def _list_chunks(
    store: Store, pairs: Sequence[tuple[str, str]], standing: Mapping[tuple[str, str], list[int]]
) -> Iterator[_Chunk]:
    for at in range(0, len(pairs), _PAIRS_A_CHUNK):
        part = list(pairs[at : at + _PAIRS_A_CHUNK])
        known = frozenset(key for pair in part for key in standing.get(pair, ()))
        yield part, store.read_documents(i for pair in part for i in pair), known


def _compare_chunk(chunk: _Chunk) -> list[_Compared]:
    """Return for each pair its row, if it shares anything, and where both are of one publisher, which sentences.

    With the sentences come the days on which the two were published.
    """
    pairs, documents, known = chunk

    @functools.cache
    def words_of(ident: str) -> tuple[Worded, Standing]:
        paragraphs = tuple(split_paragraphs(documents[ident]))
        return list_article_words(documents[ident], paragraphs), find_standing(documents[ident], paragraphs, known)

    found: list[_Compared] = []
    for pair in pairs:
        left, right = documents[pair[0]], documents[pair[1]]
        (ours, stands), (theirs, stands_there) = words_of(left.id), words_of(right.id)
        leaves_out = functools.partial(is_standing, left=stands, right=stands_there)
        reuse = compare_reuse(ours, theirs, leaves_out=leaves_out)
        if reuse is None:
            found.append((pair, None, [], []))
            continue
        keys: list[int] = []
        is_alike = max(reuse.left_share, reuse.right_share) >= SAME_ARTICLE
        if stands.publisher and stands.publisher == stands_there.publisher and not is_alike:
            keys = sorted({key for p in reuse.passages for key in stands.list_keys(p.left)})
        dates = [(d.published or d.id)[:10] for d in (left, right)]
        found.append((pair, _make_row(left, right, reuse), keys, dates))
    return found


def _make_row(left: Document, right: Document, reuse: Reuse) -> list[Any]:
    found = derive_documents(left, right, reuse)
    longest = max(reuse.passages or reuse.retold, key=lambda p: (p.left.length, -p.left.start))
    source = {"left": left.id, "right": right.id}.get(found.source or "") if found is not None else None
    return [
        *(left.id, right.id, len(reuse.passages)),
        sum(len(left.words(p.left).split()) for p in reuse.passages),
        *(reuse.left_share, reuse.right_share, reuse.left_own_share, reuse.right_own_share),
        max(reuse.left_share, reuse.right_share) >= NEAR_DUPLICATE,
        is_reused(reuse),
        found.relation if found is not None else None,
        source,
        found.reason if found is not None else _say_shared(left, right, reuse),
        *(longest.left.start, longest.left.end, longest.right.start, longest.right.end),
    ]


def _say_shared(left: Document, right: Document, reuse: Reuse) -> str:
    words = sum(len(left.words(p.left).split()) for p in reuse.passages)
    quoted = sum(len(left.words(p.left).split()) for p in reuse.passages if p.quoted)
    names = f"{left.shown_name} and {right.shown_name}"
    if not reuse.passages:
        return f"{names} have sentences that are alike; {_NOT_SHOWN}"
    speech = f", {quoted} of them quotations" if quoted else ""
    return f"{names} share {words} words{speech}; {_NOT_SHOWN}"
