"""Origins: how many independent reports stand behind the whole, and behind each point.

Independence is never the default. Two documents share an origin where evidence says so (a shared passage, one credited
source, one statement, post or filing); they are independent only where each shows reporting of its own; in between,
nothing is established.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.own_reporting import find_own_reporting
from wirecheck.lineage.publishers import names_publisher
from wirecheck.lineage.reasons import Link, describe_group, quote_words
from wirecheck.lineage.sourcing import (
    Source,
    find_agency,
    find_credit_to,
    find_shared,
    find_text_quoted,
    list_sources,
    meets,
    sentence_around,
)
from wirecheck.model import Decision, Independence, Origin, Origins, Passage, Reuse, Span
from wirecheck.model.decision import Ruling

# Relations of lineage that make one origin of two documents as a whole.
_ONE_ORIGIN = ("version", "reprint", "rewrite", "common-source")
# Words of a shared passage from which on it tells of one origin by itself; a shorter one may be a name with a title or
# a turn of phrase, and tells where the two share so many of their own words in all.
_TELLING_WORDS = 12
_TELLING_SHARED = 40
# Characters of a short clause.
_CLAUSE = 30


def list_origins(dossier: Dossier) -> tuple[Origin, ...]:
    """Return the origins behind the whole story: documents that derive from each other, or from one text, are one."""
    documents = [d.id for d in dossier.documents]
    groups = _Groups(documents, apart=_list_ruled(dossier, "other-origin"))
    for left, right, _ in _list_ruled(dossier, "same-origin"):
        groups.join(left, right)
    names: dict[str, str] = {}
    received: set[str] = set()
    by_text: dict[str, list[str]] = {}
    for lineage in dossier.lineage:
        if lineage.relation not in _ONE_ORIGIN:
            continue
        if lineage.source_is_document:
            groups.join(lineage.source, lineage.to)
            if lineage.directed:
                received.add(lineage.to)
        else:
            by_text.setdefault(lineage.source, []).append(lineage.to)
    for document in dossier.documents:
        agency = find_agency(dossier, document.id)
        if agency is not None:
            by_text.setdefault(agency.label, []).append(document.id)
    for name, carriers in sorted(by_text.items()):
        for member in carriers:
            groups.join(carriers[0], member)
            names.setdefault(member, name)
    origins = []
    for number, members in enumerate(groups.list(), 1):
        first = [d for d in members if d not in received] or list(members)
        name = next((names[d] for d in members if d in names), dossier.shown(first[0]))
        origins.append(Origin(f"{dossier.story.id}-o{number}", name, tuple(members)))
    return tuple(origins)


def count_origins(dossier: Dossier, documents: Sequence[str], spans: Sequence[Span]) -> Origins:
    """Return how many origins stand behind the documents for the point that `spans` mark, and how that is known.

    `documents` are the ids that state the point; `spans` are their words for it. See `Origins` for how far the count
    may be trusted.
    """
    ids = sorted(set(documents), key=lambda d: (dossier.document(d).name, d))
    touched = {i: sorted(s for s in spans if s.document == i) for i in ids}
    groups = _Groups(ids, apart=_list_ruled(dossier, "other-origin"))
    links: list[Link] = []

    def join(left: str, right: str, words: str, evidence: tuple[Span, ...], *, mutual: bool = True) -> None:
        if groups.join(left, right):
            links.append(Link(left, right, words, evidence, mutual))

    for left, right, decision in _list_ruled(dossier, "same-origin"):
        join(left, right, f"are of one origin, as {decision.who} ruled on {decision.at[:10]}", ())
    sentences = {i: [sentence_around(dossier, s) for s in touched[i]] for i in ids}
    shared_text = dossier.reuse_among(ids)
    for reuse in shared_text:
        for passage in reuse.passages:
            # A shared sentence around a quotation ("…," said X, a resident of Y) is as telling as one that states the
            # point.
            if (
                not passage.quoted
                and _fills(passage.left, sentences[reuse.left])
                and _fills(passage.right, sentences[reuse.right])
                and _is_telling(dossier, reuse, passage)
            ):
                words = f"share the words “{quote_words(dossier, passage.left)}”"
                join(reuse.left, reuse.right, words, (passage.left, passage.right))
                break
    for reuse in shared_text:
        for passage in reuse.passages:
            if (
                passage.quoted
                and meets(passage.left, touched[reuse.left])
                and meets(passage.right, touched[reuse.right])
            ):
                text = find_text_quoted(dossier, passage.left) or find_text_quoted(dossier, passage.right)
                if text is not None:
                    evidence = (passage.left, passage.right, text[1])
                    join(reuse.left, reuse.right, f"quote one {text[0]}", evidence)
                    break
    sources = {i: list_sources(dossier, i, touched[i]) for i in ids}
    publishers = [dossier.document(i).publisher or "" for i in ids]
    for at, left in enumerate(ids):
        for right in ids[at + 1 :]:
            shared = find_shared(sources[left], sources[right])
            if shared is not None and not any(names_publisher(shared[0].name, p) for p in publishers):
                ours, theirs = shared
                join(left, right, f"have it from {ours.label}", (ours.span, theirs.span))
            for giver, taker in ((left, right), (right, left)):
                credit = find_credit_to(dossier, sources[taker], giver)
                if credit is not None:
                    join(taker, giver, "credits {} for it", (credit.span,), mutual=False)
    for lineage in dossier.lineage if len(ids) > 1 else ():
        if lineage.relation in ("version", "reprint") and lineage.source in touched and lineage.to in touched:
            words = "is a newer version of {}" if lineage.relation == "version" else "carries the text of {}"
            join(lineage.to, lineage.source, words, lineage.evidence, mutual=False)
    own = {i: find_own_reporting(dossier, i, touched[i], credited=bool(sources[i])) for i in ids}
    built = [describe_group(dossier, members, links, sources, own, touched) for members in groups.list()]
    return Origins(len(built), _judge(groups.list(), links, sources, own), tuple(built))


def _is_telling(dossier: Dossier, reuse: Reuse, passage: Passage) -> bool:
    """Return whether a shared passage of the documents' own words tells of one origin, by length or by all shared."""
    if len(dossier.words(passage.left).split()) >= _TELLING_WORDS:
        return True
    return sum(len(dossier.words(p.left).split()) for p in reuse.passages if not p.quoted) >= _TELLING_SHARED


def _list_ruled(dossier: Dossier, ruling: Ruling) -> list[tuple[str, str, Decision]]:
    """Return each two documents that a person ruled of one origin, or of two."""
    decisions = [d for d in dossier.decisions if d.ruling == ruling]
    return [(left, right, d) for d in decisions for left, right in combinations(d.documents, 2)]


class _Groups:
    """Disjoint groups of documents, in the order that they were given; no group has two that were ruled apart."""

    def __init__(self, members: Sequence[str], *, apart: Sequence[tuple[str, str, Decision]] = ()) -> None:
        self._order = {member: at for at, member in enumerate(members)}
        self._root = {m: m for m in members}
        self._apart = [(left, right) for left, right, _ in apart if left in self._root and right in self._root]

    def join(self, left: str, right: str) -> bool:
        """Return whether the two are in one group now."""
        if left not in self._root or right not in self._root:
            return False
        roots = {self._find(left), self._find(right)}
        if len(roots) == 2 and any({self._find(a), self._find(b)} == roots for a, b in self._apart):
            return False
        keep, drop = min(roots, key=self._order.__getitem__), max(roots, key=self._order.__getitem__)
        self._root[drop] = keep
        return True

    def list(self) -> list[tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for member in self._order:
            found.setdefault(self._find(member), []).append(member)
        return [tuple(members) for members in found.values()]

    def _find(self, member: str) -> str:
        while self._root[member] != member:
            member = self._root[member]
        return member


def _judge(
    groups: Sequence[tuple[str, ...]],
    links: Sequence[Link],
    sources: dict[str, list[Source]],
    own: dict[str, Source | None],
) -> Independence:
    known = [any(own[d] is not None for d in members) for members in groups]
    if len(groups) == 1:
        members = groups[0]
        if len(members) > 1:
            return "same-origin"
        if known[0]:
            return "independent"
        return "same-origin" if sources[members[0]] else "not-recorded"
    if all(known):
        return "independent"
    if links or any(known) or any(sources.values()):
        return "not-established"
    return "not-recorded"


def _fills(passage: Span, sentences: Sequence[Span]) -> bool:
    """Return whether a passage has half of a sentence, or a clause of it; a word at its edge is not enough."""
    return any(passage.overlap(s) >= max(1, min(_CLAUSE, s.length // 2)) for s in sentences)
