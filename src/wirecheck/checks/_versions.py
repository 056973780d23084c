"""Versions of one document do not contradict each other: the newer one replaces the older."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Finding


def settle_versions(dossier: Dossier, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, a conflict only with what a newer version of the same document replaced as an update.

    Where others side with the old words the conflict stands, and says which of its documents is a newer version.
    """
    before = {d.id: d.version_of for d in dossier.documents if d.version_of is not None}
    return [_settle(dossier, before, f) if before and f.verdict == "conflict" else f for f in findings]


def _settle(dossier: Dossier, before: dict[str, str], finding: Finding) -> Finding:
    replaced = {
        earlier: later
        for number, side in enumerate(finding.sides)
        for later in side.documents
        for earlier in _list_earlier(before, later)
        if any(earlier in s.documents for n, s in enumerate(finding.sides) if n != number)
    }
    if not replaced:
        return finding
    standing = [side for side in finding.sides if not replaced.keys() >= set(side.documents)]
    said = "; ".join(
        f"{dossier.shown(later)} is a newer version of {show_documents(dossier, [earlier])}"
        for earlier, later in sorted(replaced.items(), key=lambda x: (dossier.shown(x[1]), dossier.shown(x[0]), x))
    )
    reason = f"{finding.reason.rstrip('.')}; {said}."
    if len(standing) < 2:
        return replace(finding, verdict="compatible", difference="update", reason=reason)
    return replace(finding, reason=reason)


def _list_earlier(before: dict[str, str], document: str) -> Iterable[str]:
    """Yield the versions that a document replaced."""
    seen = {document}
    while (earlier := before.get(document)) is not None and earlier not in seen:
        yield earlier
        seen.add(earlier)
        document = earlier
