"""Asking: which documents of an archive a claim is put to, those that share most of its rarer words."""

from __future__ import annotations

import re

from wirecheck.archive.searching import fold_marks, list_newest
from wirecheck.model import Document
from wirecheck.store import Store
from wirecheck.text.stems import load_common

MOST_DOCUMENTS = 40
"""Documents of an archive that a claim is put to, unless the caller says otherwise."""
RAREST = 12
"""Words of a claim, the rarest ones, that documents are looked up by."""
MOST_FOUND = 400
"""Documents that are looked up before versions are left out that a newer one has replaced."""
_WORD = re.compile(r"\w+")


def find_documents(store: Store, claim: str, limit: int) -> list[Document]:
    """Return the newest versions of the documents that share most with a claim, best first (BM25), `limit` at most."""
    words = sorted({w.casefold() for w in _WORD.findall(fold_marks(claim))} - load_common())
    counted = sorted((store.count_documents_with(f'"{w}"'), w) for w in words)
    rare = [f'"{w}"' for count, w in counted if count][:RAREST]
    if not rare:
        return []
    found = [seq for seq, _ in store.search_words(" OR ".join(rare), limit=max(MOST_FOUND, 2 * limit))]
    ids = [s.id for s in list_newest(store, found)][:limit]
    documents = store.read_documents(ids)
    return [documents[i] for i in ids]
