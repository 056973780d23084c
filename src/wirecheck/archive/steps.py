"""The steps that every document of an archive goes through when it is added: name, version, function."""

from __future__ import annotations

from wirecheck.errors import ArchiveError
from wirecheck.model import Document
from wirecheck.reuse import Fingerprint, fingerprint

FINGERPRINT = "fingerprint"
# Raise it when a fingerprint of the same document has other bytes: all documents are then asked for theirs again.
VERSION = 1


def run_steps(document: Document) -> tuple[tuple[str, int, bytes], ...]:
    """Return step, version and payload of each step for one document."""
    return ((FINGERPRINT, VERSION, fingerprint(document).to_bytes()),)


def read_fingerprint(payload: bytes) -> Fingerprint:
    """Return a stored fingerprint; raises `ArchiveError` for one that is damaged."""
    try:
        return Fingerprint.from_bytes(payload)
    except ValueError as error:
        raise ArchiveError(f"a fingerprint of the archive is damaged ({error}); run `wirecheck check`") from error
