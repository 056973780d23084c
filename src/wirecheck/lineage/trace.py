"""Who has it from whom: by shared text, by credits, by both."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.credits import list_credits
from wirecheck.lineage.derivation import Party, credit_to, derive
from wirecheck.lineage.publishers import canonical_publisher, names_publisher
from wirecheck.lineage.versions import trace_version
from wirecheck.model import Credit, Lineage, Span
from wirecheck.text.words import join_names

# Likeness (cosine of sentence embeddings) from which on a sentence that credits a publisher is about what that
# publisher's document tells, and not about another of its documents.
SAME_MATTER = 0.6
# A credit in the title or one of this many first sentences speaks for the whole document.
_LEAD = 3
# What a document does that credits no publisher or person.
_SAID = {"document": "names a document as its source", "social": "names a post or page as its source"}


def trace_lineage(dossier: Dossier) -> tuple[Lineage, ...]:
    """Return who has it from whom, by the name of the receiving document, then of the source.

    Credits that run in a circle are all returned, undirected, and each says so.
    """

    def read_of(document: str) -> Callable[[], tuple[Credit, ...]]:
        return functools.cache(lambda: list_credits(dossier, document))

    parties = {d.id: Party(d, read_of(d.id), dossier.shown(d.id)) for d in dossier.documents}
    found: list[Lineage] = []
    paired: set[frozenset[str]] = set()
    for document in dossier.documents:
        if document.version_of is not None and document.version_of in parties:
            earlier = parties[document.version_of]
            found.append(trace_version(earlier.document, earlier.shown, document, dossier.shown(document.id)))
            paired.add(frozenset((document.version_of, document.id)))
    for reuse in dossier.reuse:
        if frozenset((reuse.left, reuse.right)) in paired:
            continue
        derivation = derive(parties[reuse.left], parties[reuse.right], reuse)
        if derivation is None:
            continue
        paired.add(frozenset((reuse.left, reuse.right)))
        source, to = (
            (reuse.right, reuse.left) if derivation.source in ("right", "right?") else (reuse.left, reuse.right)
        )
        directed = derivation.source in ("left", "right")
        found.append(Lineage(source, True, to, derivation.relation, derivation.reason, derivation.evidence, directed))
        if derivation.common is not None:
            for side in (reuse.left, reuse.right):
                found.append(
                    Lineage(derivation.common, False, side, "common-source", derivation.reason, derivation.evidence)
                )
    for party in parties.values():
        found.extend(_trace_credits(dossier, party, parties, paired))
    found = _say_circles(dossier, _once(found))
    return tuple(
        sorted(found, key=lambda x: (_name(dossier, x.to), x.to, _name(dossier, x.source), x.source, x.relation))
    )


def _trace_credits(
    dossier: Dossier, party: Party, parties: dict[str, Party], paired: set[frozenset[str]]
) -> Iterator[Lineage]:
    """Yield one edge for each publisher, agency, document or person that a document credits."""
    document = party.document
    seen: set[str] = set()
    for other in parties.values():
        credit = None if other is party else credit_to(party, other.document)
        if credit is None:
            continue
        name = canonical_publisher(credit.credited)
        if frozenset((other.document.id, document.id)) in paired:
            seen.add(name)  # the edge of the text says so already
            continue
        publisher = other.document.publisher or ""
        same = [c for c in party.credits if not c.own and names_publisher(c.credited, publisher)]
        if max(_likeness(dossier, document.id, c, other.document.id) for c in same) < SAME_MATTER:
            continue
        seen.update({name, canonical_publisher(publisher)})
        reported = [c for c in party.credits if not c.own and _is_report_of(c.credited, publisher)]
        if len({*same, *reported}) > 1 and _is_lead(dossier, document.id, credit):
            reason = f"{party.shown} credits {other.shown} near its beginning and tells the same."
            yield Lineage(other.document.id, True, document.id, "rewrite", reason, tuple(c.span for c in same))
        else:
            reason = f"{party.shown} credits {other.shown}: “{_words(dossier, credit.span)}”."
            yield Lineage(other.document.id, True, document.id, "credit", reason, (credit.span,))
    for credit in dossier.annotations_of(document.id).credits:
        name = canonical_publisher(credit.credited) or credit.credited
        if credit.own or name in seen or names_publisher(credit.credited, document.publisher or ""):
            continue
        seen.add(name)
        said = _SAID.get(credit.kind, f"credits {credit.credited}")
        reason = f"{party.shown} {said}: “{_words(dossier, credit.span)}”."
        yield Lineage(credit.credited, False, document.id, "credit", reason, (credit.span,))


def _is_report_of(credited: str, publisher: str) -> bool:
    """Return whether a credited document is named after a publisher: "the Herald report"."""
    words = canonical_publisher(credited).split()
    return (
        len(words) > 1
        and words[-1] in ("report", "story", "article")
        and " ".join(words[:-1]) == canonical_publisher(publisher)
    )


def _likeness(dossier: Dossier, document: str, credit: Credit, source: str) -> float:
    """Return how like the credited words are to the nearest sentence of the credited document, at most 1."""
    import numpy as np

    reading = dossier.reading(document)
    covers = credit.covers if credit.covers is not None else credit.span
    ours = [s.embedding for s in reading.sentences_in(covers.start, max(covers.end, covers.start + 1))]
    theirs = [s.embedding for s in dossier.reading(source).sentences]
    if not ours or not theirs:
        return 0.0
    return float((np.stack(ours) @ np.stack(theirs).T).max())


def _is_lead(dossier: Dossier, document: str, credit: Credit) -> bool:
    reading = dossier.reading(document)
    at = reading.sentence_at(credit.span.start)
    if at is None:
        return credit.span.start < 400
    return at < _LEAD + (reading.title_sentence is not None)


def _once(found: Sequence[Lineage]) -> list[Lineage]:
    """Keep one edge for each source, receiver and relation: the first."""
    kept: dict[tuple[str, str, str], Lineage] = {}
    for lineage in found:
        kept.setdefault((lineage.source, lineage.to, lineage.relation), lineage)
    return list(kept.values())


def _say_circles(dossier: Dossier, found: Sequence[Lineage]) -> list[Lineage]:
    """Return the edges, those of a circle undirected and with the circle said."""
    sources: dict[str, set[str]] = {}
    for lineage in found:
        if lineage.source_is_document and lineage.directed:
            sources.setdefault(lineage.to, set()).add(lineage.source)
    spoken = []
    for lineage in found:
        circle = (
            _find_path(sources, lineage.source, lineage.to) if lineage.source_is_document and lineage.directed else None
        )
        if circle is not None:
            names = sorted({dossier.shown(d) for d in circle} | {dossier.shown(lineage.to)})
            said = f"{lineage.reason.rstrip('.')}; the credits run in a circle through {join_names(names)}."
            lineage = replace(lineage, reason=said, directed=False)
        spoken.append(lineage)
    return spoken


def _find_path(sources: dict[str, set[str]], start: str, goal: str) -> list[str] | None:
    """Return the documents from `start` along its sources to `goal`, or None."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        if path[-1] == goal:
            return path
        for source in sorted(sources.get(path[-1], ())):
            if source not in seen:
                seen.add(source)
                paths.append([*path, source])
    return None


def _words(dossier: Dossier, span: Span) -> str:
    words = " ".join(dossier.words(span).split())
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"


def _name(dossier: Dossier, source: str) -> str:
    try:
        return dossier.document(source).name
    except KeyError:
        return source
