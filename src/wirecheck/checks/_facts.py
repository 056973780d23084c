"""Facts that several documents state, be it in other words: what the judge reads in their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wirecheck.checks._stated import Opposed, outermost, show_parts, state_spans, tell_alike, touches
from wirecheck.comparison.evidence import CONTENT
from wirecheck.comparison.story import AGREE, EMPTY, Compared
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Finding, FindingKind, Side, Span, Stated, Statement
from wirecheck.points.facts import Fact, find_facts
from wirecheck.points.sameness import Sameness
from wirecheck.statements.clauses import load_verbs

AGREES = 0.9
"""Likelihood from which on two sentences are held to state the same fact. Of 61 pairs of 22 AllSides stories that were
read by eye, 17 of 19 from here on are the same, of those from .8 seven of 17 and of those from .65 nine of 25; most of
the others share a part."""
SURELY_SHARES = 0.65
"""Likelihood from which on they share a fact of which each may give a part. That their clauses name others, or one
tells as said or to come what the other tells as done, is a part of it: of 15 pairs of the dev stories from .6 to .85
that differ so 14 share a fact, of 57 that differ in nothing 43."""
AGREES_BUT = 0.8
"""The same, where they differ in what they deny, count or date: a reader sees at once that these are not the same."""
SHARES = 0.5
"""The same, where the words on which their clauses hang say what both do (`ROOT`), and one word is in both. Of 90 facts
of 20 AllSides stories that were read by eye, those from here to .6 share one in 24 of 26 where `ROOT` holds, else in 6
of 12."""
ROOT = 0.4
"""Likelihood from which on the word on which a clause hangs says what both do."""
TOLD = 0.8
"""Share of what each document states that a finding must show for nothing to be left to tell. Of .5 to .9 there is
little between them; asking for one character in common hid .025 of the agreements of the dev stories."""
MAY_TELL = 0.7
"""Likelihood from which on a sentence may tell what a statement of another document does."""
STILL_BEARS = 0.8
"""Share of the best supported clause of a sentence that one must have to show the fact without it. Of the dev stories
it leaves out one wrong agreement (.61), and keeps one right (.92) and one of a part (.90)."""
WHOLE = 0.62
"""Share of both sentences from which on a clause is all that they say: then nothing else can be what they agree on."""
SAME = 0.65
"""Likelihood that two such clauses state the same (`Sameness.same`) from which on they do. Of 90 such pairs of the dev,
gold and labelled ones that are right it keeps .81, and of 14 that are not, one. Of 81 pairs of the stories that it
leaves out although the judge is sure of them 47 share a fact."""
APART = frozenset({"polarity", "quantity", "date", "exchange"})
BLOCK = 512
"""Characters of a stretch of a document in which spans are looked for together."""
Weigh = Callable[[Sequence[Span]], tuple[float, FindingKind] | None]
"""Returns how much an editor wants what stands in some spans, from 0 to 1, and what kind of thing it is; None for
nothing that could be told."""


@dataclass(frozen=True)
class _Shown:
    """How a sentence states a fact: `spans` are the words that bear it, `parts` are the runs that a reader is shown."""

    at: int
    document: str
    spans: tuple[Span, ...]
    parts: tuple[Span, ...]


def list_facts(compared: Compared, sameness: Sameness, known: Sequence[Finding], weigh: Weigh) -> list[Finding]:
    """Return an agreement for each fact that two or more documents state and that no agreement tells yet.

    Facts of which each may give only a part come last, as such, where one of them is told in no agreement. What stands
    against the words of another document in a conflict or another difference of `known` is left out.
    """
    opposed = Opposed([f for f in known if f.verdict in ("conflict", "compatible") and f.difference != "partial"])
    agreed = _Told(f for f in known if f.verdict == "agree")
    found: list[Finding] = []

    def agree(left: int, right: int) -> bool:
        return compared.rulings[left, right].agree >= AGREES and may_be_one(left, right)

    def share(left: int, right: int) -> bool:
        likelihood = compared.rulings[left, right].agree
        if not SHARES <= likelihood < AGREES:
            return False
        if likelihood < SURELY_SHARES and (
            _weigh_roots(compared, left, right) < ROOT or not _share_words(compared, left, right)
        ):
            return False
        return may_be_one(left, right)

    def may_be_one(left: int, right: int) -> bool:
        likelihood = compared.rulings[left, right].agree
        ours, theirs = compared.evidence.bearing[left, right]
        if ours is None or theirs is None:
            return likelihood >= AGREES_BUT
        difference = sameness.compatibility.difference(ours, theirs)
        if min(s.span.length / max(1, s.sentence.length) for s in (ours, theirs)) >= WHOLE:
            return difference is None and sameness.same(ours, theirs) >= SAME
        if difference in APART:
            return likelihood >= AGREES_BUT
        return difference != "modality" or not _is_other_stage(ours, theirs)

    for whole in (True, False):
        for fact in find_facts(compared, agree if whole else share):
            shown = _show(compared, fact, opposed)
            stated = state_spans(x for s in shown for x in s.spans)
            if len(stated) < 2 or agreed.shows(stated) or (not whole and agreed.shows_each(stated)):
                continue
            weighed = weigh([x for s in stated for x in s.spans])
            if weighed is None:
                continue
            weight, kind = weighed
            weight = 0.6 * weight + 0.4 * len(stated) / len(compared.dossier.documents)
            if whole:
                found.append(Finding("agree", kind, _say(compared, shown), stated, "agreement", weight=weight))
            else:
                weight *= 0.8 if fact.likelihood >= SURELY_SHARES else 0.5
                found.append(tell_parts(compared.dossier, kind, _list_sides(compared, shown), stated, weight))
            agreed.add(found[-1])
    return found


def _weigh_roots(compared: Compared, left: int, right: int) -> float:
    """Return how likely the words on which the bearing clauses of two sentences hang say what both do, the lesser."""
    ruling = compared.rulings[left, right]
    return min(_weigh_root(compared, left, ruling.left), _weigh_root(compared, right, ruling.right))


def _weigh_root(compared: Compared, at: int, words: NDArray[np.float32]) -> float:
    tokens = compared.read[at].tokens
    own = {i for n in compared.bearing(at, words, AGREE) for i in compared.clauses[at][n]}
    roots = [i for i in sorted(own) if i < len(words) and tokens[i].head not in own and tokens[i].upos not in EMPTY]
    return max((float(words[i, AGREE]) for i in roots), default=0.0)


def _share_words(compared: Compared, left: int, right: int) -> bool:
    """Return whether the bearing clauses of two sentences have a content word in common, beside who said so."""
    ruling = compared.rulings[left, right]
    shared = []
    for at, words in ((left, ruling.left), (right, ruling.right)):
        tokens = compared.read[at].tokens
        keys = compared.evidence.keys[at][-len(tokens) :]
        clauses = [compared.clauses[at][n] for n in compared.bearing(at, words, AGREE)]
        told = [c for c in clauses if not any((tokens[i].lemma or "").lower() in load_verbs()["reporting"] for i in c)]
        shared.append({keys[i] for c in told for i in c if tokens[i].upos in CONTENT and keys[i]})
    return not shared[0].isdisjoint(shared[1])


def tell_parts(
    dossier: Dossier,
    kind: FindingKind,
    sides: tuple[Side, ...],
    stated: tuple[Stated, ...],
    weight: float,
    point: str = "",
) -> Finding:
    """Return that documents give each a part of one fact; each side is one document's words."""
    said = "; ".join(f"{dossier.shown(side.documents[0])} states {side.value}" for side in sides)
    reason = f"{said}: they share a fact, of which each may tell another part."
    return Finding("compatible", kind, reason, stated, "agreement", point, sides, "partial", weight=weight)


def _list_sides(compared: Compared, shown: Sequence[_Shown]) -> tuple[Side, ...]:
    return tuple(
        Side(show_parts(compared.dossier, s.parts), (document,), outermost(s.spans))
        for document, s in _find_best(compared, shown).items()
    )


def _is_other_stage(ours: Statement, theirs: Statement) -> bool:
    """Return whether one supposes or asks what the other states, or two speakers tell one thing as done and to come."""
    supposed = [s.modality in ("conditional", "question") for s in (ours, theirs)]
    voices = {s.attributed_to for s in (ours, theirs)}
    return supposed[0] != supposed[1] or (len(voices) == 2 and None not in voices)


def drop_narrower(known: Sequence[Finding], facts: Sequence[Finding]) -> list[Finding]:
    """Return agreements without those that a fact of more documents tells too."""
    told = _Told(facts)
    return [
        f
        for f in known
        if f.verdict != "agree" or f.check != "agreement" or not told.tells(f.statements, more=len(f.documents))
    ]


class _Told:
    """Which findings rest on words of each of some documents that others touch."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings: list[Finding] = []
        self._spans: dict[tuple[str, int], list[tuple[Span, int]]] = {}
        for finding in findings:
            self.add(finding)

    def add(self, finding: Finding) -> None:
        for span in finding.evidence:
            for block in _list_blocks(span):
                self._spans.setdefault((span.document, block), []).append((span, len(self._findings)))
        self._findings.append(finding)

    def tells(self, stated: Sequence[Stated], *, more: int) -> bool:
        """Return whether a finding of `more` documents than that touches what each of some documents states."""
        return any(len(self._findings[n].documents) > more for n in self._touching(stated))

    def shows(self, stated: Sequence[Stated]) -> bool:
        """Return whether a finding shows what each of some documents states, or all of it but what one adds."""

        return any(
            sum(not _shows_most(self._findings[n], own) for own in stated) < 2 for n in sorted(self._touching(stated))
        )

    def shows_each(self, stated: Sequence[Stated]) -> bool:
        """Return whether of each of some documents a finding of all of them shows what it states."""
        documents = {own.document for own in stated}
        return all(
            any(
                documents <= set(self._findings[n].documents) and _shows_most(self._findings[n], own)
                for n in self._touching((own,))
            )
            for own in stated
        )

    def _touching(self, stated: Sequence[Stated]) -> set[int]:
        """Return the numbers of the findings that touch what each of some documents states."""
        common: set[int] | None = None
        for own in stated:
            numbers = {
                number
                for span in own.spans
                for block in _list_blocks(span)
                for other, number in self._spans.get((span.document, block), ())
                if touches(span, other)
            }
            common = numbers if common is None else common & numbers
            if not common:
                break
        return common or set()


def _shows_most(finding: Finding, own: Stated) -> bool:
    """Return whether a finding shows nearly all that a document states."""
    shown = [e for e in finding.evidence if e.document == own.document]
    length = sum(span.length for span in own.spans)
    return sum(span.overlap(e) for span in own.spans for e in shown) >= TOLD * length


def _list_blocks(span: Span) -> range:
    """Return the numbers of the stretches of a document in which a span lies, so that near spans are found quickly."""
    return range(span.start // BLOCK, max(span.start, span.end - 1) // BLOCK + 1)


def _show(compared: Compared, fact: Fact, opposed: Opposed) -> list[_Shown]:
    """Return how each sentence of a fact states it, without the clauses that stand against another's.

    Where they are what bears the fact, what is left of the sentence says something else.
    """
    clauses = {
        at: {n: compared.span(at, [n], without=compared.inside(at, n)) for n in sorted(members)}
        for at, members in sorted(fact.members.items())
    }
    shown = []
    for at, own in clauses.items():
        others = [b for other, theirs in clauses.items() if other != at for spans in theirs.values() for b in spans]
        kept = [n for n, spans in own.items() if not any(opposed(a, b) for a in spans for b in others)]
        support = compared.support(at, compared.clauses[at], fact.words[at][:, None], 0)
        if max((support[n] for n in kept), default=0.0) >= STILL_BEARS * max(support):
            dropped = [n for n in own if n not in kept]
            spans = compared.span(at, kept, fact.words[at], without=dropped)
            parts = compared.span(at, kept, without=dropped)
            if not dropped:
                parts = (parts[0].join(parts[-1]),)
            shown.append(_Shown(at, compared.sentences[at].document, spans, parts))
    return shown


def _find_best(compared: Compared, shown: Sequence[_Shown]) -> Mapping[str, _Shown]:
    """Return for each document the sentence that shows the fact: the first in the text, else the headline."""
    best: dict[str, _Shown] = {}
    for s in sorted(shown, key=lambda s: (compared.sentences[s.at].is_title, s.at)):
        best.setdefault(s.document, s)
    return {d.id: best[d.id] for d in compared.dossier.documents if d.id in best}


def _say(compared: Compared, shown: Sequence[_Shown]) -> str:
    """Return what is stated: in one wording where all have it, else in the words of each."""
    best, dossier = _find_best(compared, shown), compared.dossier
    whole = "both" if len(best) == 2 else "all"
    wordings = {document: show_parts(dossier, s.parts) for document, s in best.items()}
    if len(set(wordings.values())) == 1:
        return f"{show_documents(dossier, best)} {whole} state {wordings.popitem()[1]}."
    return tell_alike(dossier, wordings.items(), whole)


def find_counterpart(compared: Compared, statement: Statement) -> tuple[float, Span] | None:
    """Return the sentence of another document that is likeliest to tell what a statement does, or None.

    The likelihood, from 0 to 1, is `MAY_TELL` at least; the statement must bear what both sentences say.
    """
    at = compared.place.get((statement.document, statement.sentence.start))
    if at is None:
        return None
    best: tuple[float, int] | None = None
    for other in compared.partners.get(at, ()):
        ruling = compared.ruling(at, other)
        if ruling is None or ruling.agree < MAY_TELL or compared.sentences[other].document == statement.document:
            continue
        bearing = compared.span(at, compared.bearing(at, ruling.left, AGREE))
        if any(touches(statement.span, x) for x in bearing) and (best is None or (ruling.agree, -other) > best):
            best = ruling.agree, -other
    if best is None:
        return None
    other = -best[1]
    ruling = compared.ruling(at, other)
    assert ruling is not None
    spans = compared.span(other, compared.bearing(other, ruling.right, AGREE))
    return best[0], spans[0].join(spans[-1])
