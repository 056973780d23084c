"""Stories: documents about one event, told from their bodies, times and actors; copying is not looked at."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.model import Document, Story


def group_stories(documents: Sequence[Document]) -> tuple[Story, ...]:
    """Return the stories of documents, ordered by their first date, then title; each document is in exactly one."""
    return one_story(documents)


def one_story(documents: Sequence[Document]) -> tuple[Story, ...]:
    """Return all documents as one story; none for no documents."""
    if not documents:
        return ()
    ordered = sorted(documents, key=lambda d: (d.name, d.id))
    return (_make_story("s1", ordered, ordered[0]),)


def _make_story(id: str, documents: Sequence[Document], centre: Document) -> Story:
    dates = sorted(d.published for d in documents if d.published is not None)
    title = next((d.title for d in [centre, *documents] if d.title), None)
    return Story(
        id=id,
        title=title if title is not None else centre.name,
        documents=tuple(d.id for d in documents),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )
