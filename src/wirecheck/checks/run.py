"""Running all checks over a story: findings merged, completed with agreement and single sources, and ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wirecheck.checks import list_checks
from wirecheck.checks._stated import outermost, show_documents, show_words, stand_against, state, touches
from wirecheck.language.dossier import Dossier
from wirecheck.lineage import count_origins
from wirecheck.model import Finding, FindingKind, Point, QuoteGroup, Side, Span, Stated, Statement
from wirecheck.points.compatibility import find_difference, same_quantity
from wirecheck.points.likeness import Likeness

AGREE = 0.58
"""Likeness from which on two statements without a difference are held to state the same."""
ALONE = 0.50
"""Likeness below which no other document is held to speak of a statement's subject."""
RANK = {"conflict": 4.0, "compatible": 2.0, "agree": 2.0, "single": 1.0, "undecided": 0.0}


def run_checks(dossier: Dossier, points: tuple[Point, ...], groups: tuple[QuoteGroup, ...]) -> tuple[Finding, ...]:
    """Return the findings of a story in the order in which an editor would want them.

    Every statement is in at least one finding: what a check rules, else agreement, a single source, or undecided.
    """
    ruled = merge_equal([f for check in list_checks() for f in check.find(dossier, points)])
    conflicts = [f for f in ruled if f.verdict in ("conflict", "compatible")]
    judge = Judge(dossier)
    kept = [_keep_clear(f, conflicts) if f.verdict == "agree" else f for f in ruled]
    agreed = [f for point in points for f in judge.rule(point, conflicts)]
    found = _drop_covered(merge_equal([f for f in [*kept, *agreed] if f is not None]))
    found += judge.rest(found)
    completed = [_complete(dossier, f) for f in found]
    return tuple(sorted(completed, key=_order))


class Judge:
    """Rules on what no check rules on: agreement, a single source, undecided."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.likeness = Likeness(dossier)
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        self.weights = _weigh(dossier, self.likeness)

    def rule(self, point: Point, conflicts: Sequence[Finding]) -> Iterable[Finding]:
        """Yield at most one finding: the largest part of a point that two or more documents state alike."""
        if len(point.documents) < 2:
            return
        best: list[Statement] = []
        for pivot in sorted(point.statements, key=lambda s: (s.id != point.centre, self.place[s.document], s.span)):
            alike = [s for s in point.statements if s.id == pivot.id or self._alike(pivot, s, conflicts)]
            if len({s.document for s in alike}) > len({s.document for s in best}):
                best = alike
        if len({s.document for s in best}) < 2:
            return
        stated = state(best)
        shortest = min(best, key=lambda s: (s.is_title, s.span.length, self.place[s.document], s.span))
        reason = f"{show_documents(self.dossier, (s.document for s in best))} state alike: "
        reason += show_words(self.dossier, shortest.span) + "."
        weight = max(self.weights[s.row] for s in best) * 0.6 + 0.4 * len(stated) / len(self.place)
        yield Finding("agree", _kind(best), reason, stated, "agreement", point.id, weight=weight)

    def _alike(self, pivot: Statement, other: Statement, conflicts: Sequence[Finding]) -> bool:
        if other.document == pivot.document:
            return False
        if self.likeness.all[pivot.row, other.row] < AGREE:
            return False
        if find_difference(self.dossier, pivot, other) is not None:
            return False
        return not any(stand_against(f, pivot.span, other.span) for f in conflicts)

    def rest(self, found: Sequence[Finding]) -> list[Finding]:
        """Return a finding for each statement that no finding covers: single, or undecided where another comes near."""
        taken: dict[str, list[Span]] = {}
        for finding in found:
            for span in finding.evidence:
                taken.setdefault(span.document, []).append(span)
        rest = []
        for statement in self.dossier.statements:
            if any(touches(statement.span, t) for t in taken.get(statement.document, [])):
                continue
            rest.append(self._rule_alone(statement))
        return rest

    def _rule_alone(self, statement: Statement) -> Finding:
        name = self.dossier.shown(statement.document)
        words = show_words(self.dossier, statement.span)
        others = [o for o in self.dossier.statements if o.document != statement.document]
        nearest = max(others, key=lambda o: (float(self.likeness.all[statement.row, o.row]), o.id), default=None)
        weight = self.weights[statement.row]
        if nearest is not None and self.likeness.all[statement.row, nearest.row] >= ALONE:
            there = self.dossier.shown(nearest.document)
            theirs = show_words(self.dossier, nearest.span)
            reason = f"{name} states {words}; {there} may speak of the same in {theirs}."
            both = (statement, nearest)
            return Finding("undecided", "event", reason, state(both), "agreement", weight=weight)
        reason = f"Only {name} states: {words}."
        return Finding("single", _kind([statement]), reason, state([statement]), "agreement", weight=weight)


def merge_equal(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with equal ones reported once, with all their documents and spans.

    Equal are findings of one verdict, kind and difference that rest on the same spans, or whose sides give the same
    values in words that touch.
    """
    merged: list[Finding] = []
    for finding in sorted(findings, key=_order):
        for n, known in enumerate(merged):
            if _is_equal(known, finding):
                merged[n] = _merge(known, finding)
                break
        else:
            merged.append(finding)
    return merged


def _is_equal(known: Finding, other: Finding) -> bool:
    if (known.verdict, known.kind, known.difference) != (other.verdict, other.kind, other.difference):
        return False
    if known.evidence == other.evidence:
        return True
    if known.verdict in ("single", "undecided"):
        return False
    if known.sides and {s.value.casefold() for s in known.sides} != {s.value.casefold() for s in other.sides}:
        return False
    if not known.sides and known.check != other.check:
        return False
    smaller, larger = sorted((known, other), key=lambda f: (len(f.evidence), f.evidence))
    return all(any(touches(x, y) for y in larger.evidence) for x in smaller.evidence)


def _merge(known: Finding, other: Finding) -> Finding:
    """Return one finding over two equal ones; the reason is that of the one with more documents."""
    first = known if len(known.documents) >= len(other.documents) else other
    stated: dict[str, set[Span]] = {}
    for item in (*known.statements, *other.statements):
        stated.setdefault(item.document, set()).update(item.spans)
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
        statements=tuple(Stated(d, outermost(stated[d])) for d in sorted(stated)),
        sides=tuple(sides.values()),
        weight=max(known.weight, other.weight),
    )


def _keep_clear(finding: Finding, conflicts: Sequence[Finding]) -> Finding | None:
    """Return an agreement without the documents whose words stand against others of it, or None when one is left."""
    kept: list[Stated] = []
    for stated in sorted(finding.statements, key=lambda s: s.document):
        spans = stated.spans
        if not any(stand_against(c, a, b) for c in conflicts for a in spans for k in kept for b in k.spans):
            kept.append(stated)
    if len({k.document for k in kept}) < 2:
        return None
    return finding if len(kept) == len(finding.statements) else replace(finding, statements=tuple(kept))


def _drop_covered(findings: list[Finding]) -> list[Finding]:
    """Leave out agreements all of whose words stand in another agreement between the same documents or more."""
    kept = []
    for n, finding in enumerate(findings):
        covered = finding.verdict == "agree" and any(
            other.verdict == "agree"
            and m != n
            and set(finding.documents) <= set(other.documents)
            and all(any(y.covers(x) for y in other.evidence) for x in finding.evidence)
            and (finding.evidence != other.evidence or m < n)
            for m, other in enumerate(findings)
        )
        if not covered:
            kept.append(finding)
    return kept


def _kind(statements: Sequence[Statement]) -> FindingKind:
    """Return what kind of thing statements that agree, or a single one, are about."""
    documents = {s.document for s in statements}
    pairs = [(a, b) for a in statements for b in statements if a.document < b.document] or [(s, s) for s in statements]
    if any(same_quantity(x, y) for a, b in pairs for x in a.quantities for y in b.quantities):
        return "quantity"
    if all(s.relation == "be" for s in statements) and len(documents) > 1:
        return "role"
    if all(s.attributed_to is not None or s.quotation is not None for s in statements):
        return "position"
    return "event"


def _weigh(dossier: Dossier, likeness: Likeness) -> list[float]:
    """Return how much an editor wants each statement, 0 to 1: near the headlines, early, with names and figures."""
    titles = [s.row for s in dossier.statements if s.is_title]
    last = {r.document.id: max(1, len(r.document.text)) for r in dossier.readings}
    weights = []
    for s in dossier.statements:
        headline = max((float(likeness.meaning[s.row, t]) for t in titles), default=0.0)
        early = 1.0 - s.span.start / last[s.document]
        figures = 1.0 if s.quantities else 0.0
        names = min(1.0, len(s.actors) / 2)
        length = min(1.0, s.span.length / 80)
        weight = 0.35 * max(0.0, headline) + 0.25 * early + 0.15 * figures + 0.1 * names + 0.15 * length
        weights.append(round(weight, 4))
    return weights


def _complete(dossier: Dossier, finding: Finding) -> Finding:
    """Return a finding with the documents that are silent on it and the origins behind it."""
    silent = tuple(d.id for d in dossier.documents if d.id not in finding.documents)
    origins = finding.origins or count_origins(dossier, finding.documents, finding.evidence)
    return replace(finding, silent=silent, origins=origins)


def _order(finding: Finding) -> tuple[object, ...]:
    weight = max(0.0, min(0.999, finding.weight))
    return (-round(RANK[finding.verdict] + weight, 4), finding.evidence, finding.kind, finding.reason)
