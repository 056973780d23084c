"""The steps that every document of an archive goes through when it is added: name, version, function."""

from __future__ import annotations

from wirecheck.errors import ArchiveError
from wirecheck.model import Document
from wirecheck.reuse import Fingerprint, fingerprint
from wirecheck.store import Store

FINGERPRINT = "fingerprint"
# Raise it when a fingerprint of the same document has other bytes: each document is then given its own at the next use.
VERSION = 1
_AT_A_TIME = 256


def run_steps(document: Document) -> tuple[tuple[str, int, bytes], ...]:
    """Return step, version and payload of each step for one document."""
    return ((FINGERPRINT, VERSION, fingerprint(document).to_bytes()),)


def read_fingerprint(payload: bytes) -> Fingerprint:
    """Return a stored fingerprint; raises `ArchiveError` for one that is damaged."""
    try:
        return Fingerprint.from_bytes(payload)
    except ValueError as error:
        raise ArchiveError(f"a fingerprint of the archive is damaged ({error}); run `wirecheck check`") from error


def bring_up_to_date(store: Store) -> int:
    """Make what documents lack of the steps in their present versions, some at a time; return how many lacked it.

    Raises `Error` where the archive may not be written.
    """
    made = 0
    while lacking := store.list_lacking(FINGERPRINT, VERSION, limit=_AT_A_TIME):
        documents = store.read_documents(lacking.values())
        payloads = {seq: run_steps(documents[ident]) for seq, ident in lacking.items()}
        for number, (step, version, _) in enumerate(next(iter(payloads.values()))):
            store.write_payloads(step, version, [(seq, results[number][2]) for seq, results in payloads.items()])
        made += len(lacking)
    return made
