"""Reuse over an archive: pairs that share rare shingles, aligned, and what follows for origins."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wirecheck.archive.candidates import list_candidates
from wirecheck.archive.deciding import count_ruled_origins
from wirecheck.archive.deriving import list_derived
from wirecheck.engine import Engine, Pairs
from wirecheck.lineage import derive_documents
from wirecheck.model import Decision, Document, Reuse
from wirecheck.reuse import Worded, compare_reuse, is_reused, list_article_words
from wirecheck.store import Derived, Store
from wirecheck.text.sentences import split_paragraphs

# A document is a near-duplicate of another where this share of its words is in shared passages.
NEAR_DUPLICATE = 0.9
_PAIRS_A_CHUNK = 64
_NOT_SHOWN = "nothing shows that one has them from the other."
# What is kept of pairs is made anew when this number is raised, with what is kept or how it is found.
_LAYOUT = 3


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
    """Return the pairs that share passages, by ids; made once for each state of the archive."""
    rows = derived.build(
        f"reuse-{_LAYOUT}",
        store.state(decisions=False),
        lambda: _compare(store, engine, _pair_ids(store, list_candidates(store, engine))),
    )
    found = [Shared(*row) for row in rows]
    return tuple(s for s in found if document is None or document in (s.left, s.right))


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
    found: list[list[Any]] = []
    for rows in engine.map(_compare_chunk, _list_chunks(store, pairs)):
        found.extend(rows)
    return sorted(found, key=lambda row: (row[0], row[1]))


def _list_chunks(
    store: Store, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[list[tuple[str, str]], dict[str, Document]]]:
    for at in range(0, len(pairs), _PAIRS_A_CHUNK):
        part = list(pairs[at : at + _PAIRS_A_CHUNK])
        yield part, store.read_documents(i for pair in part for i in pair)


def _compare_chunk(chunk: tuple[list[tuple[str, str]], dict[str, Document]]) -> list[list[Any]]:
    pairs, documents = chunk

    @functools.cache
    def words_of(ident: str) -> Worded:
        return list_article_words(documents[ident], split_paragraphs(documents[ident]))

    rows = []
    for pair in pairs:
        left, right = documents[pair[0]], documents[pair[1]]
        reuse = compare_reuse(words_of(left.id), words_of(right.id))
        if reuse is None:
            continue
        found = derive_documents(left, right, reuse)
        longest = max(reuse.passages or reuse.retold, key=lambda p: (p.left.length, -p.left.start))
        source = {"left": left.id, "right": right.id}.get(found.source or "") if found is not None else None
        rows.append(
            [
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
        )
    return rows


def _say_shared(left: Document, right: Document, reuse: Reuse) -> str:
    words = sum(len(left.words(p.left).split()) for p in reuse.passages)
    quoted = sum(len(left.words(p.left).split()) for p in reuse.passages if p.quoted)
    names = f"{left.shown_name} and {right.shown_name}"
    if not reuse.passages:
        return f"{names} have sentences that are alike; {_NOT_SHOWN}"
    speech = f", {quoted} of them quotations" if quoted else ""
    return f"{names} share {words} words{speech}; {_NOT_SHOWN}"
