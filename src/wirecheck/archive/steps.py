"""The steps that every document of an archive goes through when it is added: name, version, function."""

from __future__ import annotations

from wirecheck.model import Document
from wirecheck.reuse import fingerprint

FINGERPRINT = "fingerprint"
# Raise it when a fingerprint of the same document has other bytes: all documents are then asked for theirs again.
VERSION = 1


def run_steps(document: Document) -> tuple[tuple[str, int, bytes], ...]:
    """Return step, version and payload of each step for one document."""
    return ((FINGERPRINT, VERSION, fingerprint(document).to_bytes()),)
