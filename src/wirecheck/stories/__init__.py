"""Stories: documents about one event, told from their words, names and times; copying is not looked at."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.model import Document, Story
from wirecheck.reuse.fingerprint import fingerprint
from wirecheck.stories.grouping import find_centre, group_fingerprints

__all__ = ["find_centre", "group_fingerprints", "group_stories", "one_story"]


def group_stories(documents: Sequence[Document]) -> tuple[Story, ...]:
    """Return the stories of documents, ordered by their first date, then by name; each document is in exactly one.

    The order of the documents changes nothing.
    """
    ordered = sorted(documents, key=lambda d: (d.name, d.id))
    groups = []
    fingerprints = [fingerprint(d) for d in ordered]
    for members in group_fingerprints(fingerprints):
        centre = members[find_centre([fingerprints[i] for i in members])]
        groups.append(([ordered[i] for i in members], ordered[centre]))
    groups.sort(key=lambda g: (_first_date(g[0]) or "9999", g[0][0].name, g[0][0].id))
    return tuple(_make_story(f"s{n}", group, _find_title(group, centre)) for n, (group, centre) in enumerate(groups, 1))


def one_story(documents: Sequence[Document], *, title: str | None = None) -> tuple[Story, ...]:
    """Return all documents as one story, none for no documents; without a title it has that of the most central one."""
    if not documents:
        return ()
    ordered = sorted(documents, key=lambda d: (d.name, d.id))
    if title is None:
        title = _find_title(ordered, ordered[find_centre([fingerprint(d) for d in ordered])])
    return (_make_story("s1", ordered, title),)


def _find_title(documents: Sequence[Document], centre: Document) -> str:
    return next((d.title for d in [centre, *documents] if d.title), centre.name)


def _make_story(ident: str, documents: Sequence[Document], title: str) -> Story:
    dates = sorted(d.published for d in documents if d.published is not None)
    return Story(
        id=ident,
        title=title,
        documents=tuple(d.id for d in documents),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def _first_date(documents: Sequence[Document]) -> str | None:
    return min((d.published for d in documents if d.published is not None), default=None)
