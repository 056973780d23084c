"""Merging: equal findings told once, copies of a conflict joined, and what a conflict contradicts taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wirecheck.checks._ranking import order
from wirecheck.checks._stated import Opposed, Touched, outermost, state_spans, tell_of
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Finding, Side, Span, Stated

FEWEST_WORDS_OF_COPY = 5
"""Fewer words in common are a value that two conflicts may share ("two people"), no copied passage."""


def merge_equal(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with equal ones reported once, with all their documents and spans.

    Equal are findings of one verdict, kind and difference that rest on the same spans, or whose sides give the same
    values in words that touch.
    """
    merged: list[Finding] = []
    evidence: list[tuple[Span, ...]] = []
    for finding in sorted(findings, key=order):
        own = finding.evidence
        for n, known in enumerate(merged):
            if _is_equal(known, finding, evidence[n], own):
                merged[n] = _merge(known, finding)
                evidence[n] = merged[n].evidence
                break
        else:
            merged.append(finding)
            evidence.append(own)
    return merged


def _is_equal(known: Finding, other: Finding, ours: tuple[Span, ...], theirs: tuple[Span, ...]) -> bool:
    """Return whether two findings are one; `ours` and `theirs` are their evidence."""
    if (known.verdict, known.kind, known.difference) != (other.verdict, other.kind, other.difference):
        return False
    if known.check == other.check and known.sides and not _same_values(known, other):
        return False
    if ours == theirs:
        return True
    if known.verdict in ("single", "undecided"):
        return False
    if known.sides and not _same_values(known, other):
        return False
    if not known.sides and known.check != other.check:
        return False
    smaller, larger = sorted((ours, theirs), key=lambda evidence: (len(evidence), evidence))
    touched = Touched((y, n) for n, y in enumerate(larger))
    return all(any(True for _ in touched.by(x)) for x in smaller)


def _same_values(known: Finding, other: Finding) -> bool:
    return {s.value.casefold() for s in known.sides} == {s.value.casefold() for s in other.sides}


def tell_moments(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with the figures of two moments as compatible.

    Two clauses that differ in one figure conflict, in two they do not: "with 70% counted, he trailed by 13 points".
    """
    figures = [f for f in findings if f.verdict == "conflict" and f.check == "quantities"]
    opposed = [(f, Opposed([f])) for f in figures]

    def tells_moments(finding: Finding) -> bool:
        spans = finding.evidence
        return any(
            not _same_values(finding, f) and any(apart(a, b) for a in spans for b in spans) for f, apart in opposed
        )

    return [
        replace(
            f,
            verdict="compatible",
            difference="update",
            reason=f"{f.reason[:-1]}; other figures differ too: two moments.",
        )
        if f in figures and tells_moments(f)
        else f
        for f in findings
    ]


def merge_copies(dossier: Dossier, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with a conflict told once, however many copies of its sides the story has.

    Two conflicts of one check are one where each side has the words of a side of the other.
    """
    merged: list[Finding] = []
    for finding in findings:
        for n, known in enumerate(merged):
            if _is_copy(dossier, known, finding):
                merged[n] = _join_sides(dossier, known, finding)
                break
        else:
            merged.append(finding)
    return merged


def is_settled(finding: Finding, conflicts: Sequence[Finding]) -> bool:
    """Return whether a conflict stands between values that a finding of the same check holds compatible."""
    apart = Opposed([c for c in conflicts if c.check == finding.check])
    return any(apart(a, b) for a in finding.evidence for b in finding.evidence)


def _is_copy(dossier: Dossier, known: Finding, other: Finding) -> bool:
    if known.verdict != "conflict" or (other.verdict, other.kind, other.check) != ("conflict", known.kind, known.check):
        return False
    ours, theirs = ([_side_words(dossier, side) for side in f.sides] for f in (known, other))
    return len(ours) == len(theirs) and all(any(a & b for b in theirs) for a in ours) and ours[0].isdisjoint(ours[1])


def _side_words(dossier: Dossier, side: Side) -> frozenset[str]:
    """Return the words of each span of a side, folded, so that copies meet; short values are no copies."""
    folded = (" ".join(re.findall(r"\w+", dossier.words(span).casefold())) for span in side.spans)
    return frozenset(words for words in folded if words.count(" ") + 1 >= FEWEST_WORDS_OF_COPY)


def _join_sides(dossier: Dossier, known: Finding, other: Finding) -> Finding:
    """Return a conflict with the documents of its copy on their sides, and a reason that names them all."""
    sides = []
    for side in known.sides:
        words = _side_words(dossier, side)
        twin = next(s for s in other.sides if words & _side_words(dossier, s))
        documents = tuple(sorted({*side.documents, *twin.documents}))
        sides.append(replace(side, documents=documents, spans=tuple(sorted({*side.spans, *twin.spans}))))
    added = [d for d in other.documents if d not in known.documents]
    reason = known.reason
    if added:
        reason = f"{reason.removesuffix('.')}; {tell_of(dossier, added, 'have')} the same words."
    return replace(
        known,
        reason=reason,
        statements=state_spans(x for s in (*known.statements, *other.statements) for x in s.spans),
        sides=tuple(sides),
        weight=max(known.weight, other.weight),
    )


def _merge(known: Finding, other: Finding) -> Finding:
    """Return one finding over two equal ones; the reason is that of the one with more documents."""
    first = known if len(known.documents) >= len(other.documents) else other
    sides: dict[str, Side] = {}
    for side in (*first.sides, *(other if first is known else known).sides):
        key = side.value.casefold()
        old = sides.get(key)
        if old is not None:
            documents = tuple(sorted({*old.documents, *side.documents}))
            side = replace(old, documents=documents, spans=outermost({*old.spans, *side.spans}))
        sides[key] = side
    return replace(
        first,
        statements=state_spans(x for s in (*known.statements, *other.statements) for x in s.spans),
        sides=tuple(sides.values()),
        weight=max(known.weight, other.weight),
    )


def keep_clear(dossier: Dossier, finding: Finding, opposed: Opposed) -> Finding | None:
    """Return an agreement without the documents whose words stand against others of it, or None when one is left."""
    kept: list[Stated] = []
    for stated in sorted(finding.statements, key=lambda s: s.document):
        spans = stated.spans
        if not any(opposed(a, b) for a in spans for k in kept for b in k.spans):
            kept.append(stated)
    return keep_stated(dossier, finding, kept)


def keep_stated(dossier: Dossier, finding: Finding, kept: Sequence[Stated]) -> Finding | None:
    """Return an agreement of the documents that are kept, its reason naming these only, or None where it cannot be."""
    if len(kept) == len(finding.statements):
        return finding
    documents = {k.document for k in kept}
    names = show_documents(dossier, finding.documents)
    if len(documents) < 2 or not finding.reason.startswith(names):
        return None
    rest = finding.reason.removeprefix(names)
    if len(documents) == 2 and rest.startswith(" all "):
        rest = f" both {rest.removeprefix(' all ')}"
    return replace(finding, reason=f"{show_documents(dossier, documents)}{rest}", statements=tuple(kept))


def drop_covered(findings: list[Finding]) -> list[Finding]:
    """Leave out agreements that another agreement between the same documents or more tells in the same words or more.

    That two events come in one order is no news where both documents agree on the events anyway.
    """
    agreed = [(f, set(f.documents), f.evidence) for f in findings if f.verdict == "agree"]
    covered = {id(own[0]) for own in agreed if any(_covers(other, own) for other in agreed)}
    return [f for f in findings if id(f) not in covered]


_Agreed = tuple[Finding, set[str], tuple[Span, ...]]
"""An agreement with its documents and its evidence, which would otherwise be collected anew for every other one."""


def _covers(by: _Agreed, whom: _Agreed) -> bool:
    (other, there, theirs), (finding, here, ours) = by, whom
    if other is finding or not here <= there:
        return False
    if finding.check == "order" and other.check != "order":
        return all(any(y.overlap(x) > 0 for y in theirs) for x in ours)
    if other.check == "order" and finding.check != "order":
        return False
    inside = all(any(y.covers(x) for y in theirs) for x in ours)
    first = (other.check, other.reason) < (finding.check, finding.reason)
    return inside and (ours != theirs or first)
