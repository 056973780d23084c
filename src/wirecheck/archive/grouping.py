"""Grouping the documents of an archive: the one place that knows how stories are found at scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirecheck.archive.steps import FINGERPRINT, VERSION
from wirecheck.engine import Engine
from wirecheck.reuse import Fingerprint
from wirecheck.store import Store, Stored
from wirecheck.stories import group_fingerprints
from wirecheck.stories.grouping import find_centre


def group_archive(store: Store, newest: Sequence[Stored], engine: Engine) -> list[dict[str, Any]]:
    """Return each story as its documents (ids, sorted) and its title, ordered by first id.

    Fingerprints alone are read. The order in which documents were added changes nothing.
    """
    wanted = {s.seq: s for s in newest}
    payloads = store.iter_payloads(FINGERPRINT, VERSION)
    prints = [Fingerprint.from_bytes(payload) for seq, payload in payloads if seq in wanted]
    prints.sort(key=lambda f: f.document)
    titles = {s.id: s.title or s.name for s in newest}
    found = []
    for places in group_fingerprints(prints):
        members = [prints[i] for i in sorted(places)]
        found.append(
            {"documents": [m.document for m in members], "title": titles[members[find_centre(members)].document]}
        )
    return sorted(found, key=lambda s: str(s["documents"][0]))
