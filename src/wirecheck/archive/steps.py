"""The steps that every document of an archive goes through when it is added: name, version, function."""

from __future__ import annotations

from wirecheck.errors import ArchiveError
from wirecheck.guarding import guarding
from wirecheck.model import Document, Problem
from wirecheck.reuse import Fingerprint, fingerprint
from wirecheck.store import Store

FINGERPRINT = "fingerprint"
# Raise it when a fingerprint of the same document has other bytes: each document is then given its own at the next use.
VERSION = 2
GROUPING = 3
"""Version of how stories are made of fingerprints: what was derived with another is made anew."""
JOINS_NO_STORY = "it is stored, but joins no story"
"""How the problem of a document begins on which a step failed."""
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
    """Make what documents lack of the steps in their present versions, some at a time; return how many have it now.

    A document on which a step fails stays without, and a problem says so. Raises `Error` where the archive may not be
    written.
    """
    made = last = 0
    problems: list[Problem] = []
    while lacking := store.list_lacking(FINGERPRINT, VERSION, after=last, limit=_AT_A_TIME):
        last = max(lacking)
        documents = store.read_documents(lacking.values())
        payloads = {}
        for seq, ident in lacking.items():
            with guarding(problems, documents[ident].location, JOINS_NO_STORY):
                payloads[seq] = run_steps(documents[ident])
        for number, (step, version, _) in enumerate(next(iter(payloads.values()), ())):
            store.write_payloads(step, version, [(seq, results[number][2]) for seq, results in payloads.items()])
        made += len(payloads)
    known = frozenset(store.list_problems()) if problems else frozenset()
    if new := [problem for problem in problems if problem not in known]:
        store.write((), problems=new)
    return made
