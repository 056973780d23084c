"""Checking an archive: its files, and that every document is what it was when it came."""

from __future__ import annotations

import hashlib

from wirecheck.archive.steps import FINGERPRINT, VERSION
from wirecheck.model import digest_document
from wirecheck.store import Store


def check_archive(store: Store) -> tuple[str, ...]:
    """Return what is wrong, in words: damage of the files, hashes that do not fit, spans that leave their text."""
    faults = store.check()
    lacking = len(store.list_lacking(FINGERPRINT, VERSION, limit=-1))
    if lacking:
        found = ", ".join(f"{step}/{version} {count}" for step, version, count in store.list_steps()) or "none"
        wanted = f"{FINGERPRINT}/{VERSION} for every document was expected"
        faults.append(f"{wanted}; {lacking} lack it (found: {found}): `wirecheck stories` makes it")
    for document in store.iter_documents(received=True):
        where = f"document {document.id} ({document.location})"
        if document.id != digest_document(document.location, document.text):
            faults.append(f"{where}: the id does not fit its location and text")
        if hashlib.sha256(document.received).hexdigest() != document.sha256:
            faults.append(f"{where}: the bytes as received do not fit their SHA-256")
        spans = [*document.furniture, *([document.title_span] if document.title_span is not None else [])]
        faults += [f"{where}: span [{s.start}, {s.end}) leaves the text" for s in spans if s.end > len(document.text)]
    return tuple(faults)
