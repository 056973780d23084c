"""Grouping the documents of an archive: the one place that knows how stories are found at scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirecheck.engine import Engine
from wirecheck.store import Store, Stored
from wirecheck.stories import group_stories


def group_archive(store: Store, newest: Sequence[Stored], engine: Engine) -> list[dict[str, Any]]:
    """Return each story as its documents (ids, sorted) and its title, ordered by first id.

    The order in which documents were added changes nothing.
    """
    documents = store.read_documents(s.id for s in newest)
    stories = group_stories(list(documents.values()))
    found = [{"documents": sorted(s.documents), "title": s.title} for s in stories]
    return sorted(found, key=lambda s: str(s["documents"][0]))
