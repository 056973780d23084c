"""A claim of a ferry that ran aground, and three fictional documents: one states it, one differs, one is silent."""

from __future__ import annotations

from wirecheck.model import Document, digest_document

CLAIM = "The ferry Larkspur ran aground off Sorrel Point on Tuesday, injuring 14 people."
DAY, LATER = "2031-03-04", "2031-03-06"
"""When the documents were published, and when the claim was made."""
TEXTS = {
    "herald": "Ferry runs aground off Sorrel Point\n\nThe ferry Larkspur ran aground off Sorrel Point on Tuesday, "
    "injuring 14 people, the coast guard said.\n\nDivers were to look at the hull.\n",
    "post": "Larkspur aground\n\nThe ferry Larkspur ran aground off Sorrel Point on Tuesday, injuring 17 people.\n",
    "gazette": "Council votes on parking\n\nThe council of Marlow voted to raise parking fees in the old town.\n",
}


def make_one(name: str, text: str, published: str | None = None) -> Document:
    return Document(
        digest_document(name, text), name, name, text, "", language="en", publisher=name.title(), published=published
    )


def make_documents(published: str | None = DAY) -> list[Document]:
    return [make_one(name, text, published) for name, text in TEXTS.items()]
