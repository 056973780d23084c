"""Sources for a draft: the documents of an archive that have its quotations, and most of its rare words."""

from __future__ import annotations

import re
from collections import Counter

from wirecheck.archive.searching import fold_marks, list_newest
from wirecheck.model import Document
from wirecheck.store import Store
from wirecheck.text.alignment import list_words
from wirecheck.text.marks import find_marked
from wirecheck.text.sentences import split_paragraphs

MOST_SOURCES = 24
"""Documents that a draft is held against: more than a story of one event has, and few enough to be read at once."""
MOST_QUOTATIONS = 60
MOST_TERMS = 400
"""Different words of a draft whose rarity is asked for."""
RAREST = 24
PHRASE_WORDS = 6
FOUND_A_QUERY = 12


def find_sources(store: Store, draft: Document) -> list[Document]:
    """Return the newest documents of an archive that a draft may rest on, the likeliest first; the work is bounded.

    Each quotation of the draft asks for documents with the same run of words, and the draft as a whole for those with
    most of its rarest words.
    """
    votes: Counter[int] = Counter()
    for query, weight in [*_list_phrases(draft), (_query_rarest(store, draft), 1.0)]:
        if query:
            limit = FOUND_A_QUERY if weight > 1.0 else 2 * MOST_SOURCES
            for rank, (seq, _) in enumerate(store.search_words(query, limit=limit)):
                votes[seq] += weight / (1.0 + rank / 10.0)  # type: ignore[assignment]
    best = [seq for seq, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))]
    ids = [s.id for s in list_newest(store, best) if s.id != draft.id][:MOST_SOURCES]
    found = store.read_documents(ids)
    return [found[i] for i in ids if i in found and found[i].text != draft.text]  # the draft, published since


def _list_phrases(draft: Document) -> list[tuple[str, float]]:
    """Return a query for a run of words of each quotation, with what a document that has it counts."""
    runs = find_marked(draft.text, [(p.start, p.end) for p in split_paragraphs(draft)])
    queries = []
    for run in [r for r in runs if r.depth == 0][:MOST_QUOTATIONS]:
        words = _tokens(draft.text[run.start : run.end])
        middle = max(0, (len(words) - PHRASE_WORDS) // 2)
        for at in sorted({0, middle, max(0, len(words) - PHRASE_WORDS)}):
            phrase = words[at : at + PHRASE_WORDS]
            if len(phrase) >= 3:
                queries.append((f'"{" ".join(phrase)}"', 3.0))
    return queries


def _query_rarest(store: Store, draft: Document) -> str:
    counts = Counter(t for w in list_words(draft.text) if w.is_content for t in _tokens(draft.text[w.start : w.end]))
    terms = [t for t, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:MOST_TERMS]]
    known = sorted((store.count_documents_with(f'"{t}"'), t) for t in terms)
    return " OR ".join(f'"{t}"' for count, t in [k for k in known if k[0]][:RAREST])


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", fold_marks(text).casefold())
