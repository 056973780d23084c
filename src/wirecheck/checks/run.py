"""Running all checks over a story: findings merged, completed with agreement and single sources, and ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wirecheck.checks import list_checks
from wirecheck.checks._stated import outermost, show_documents, show_words, stand_against, state, touches
from wirecheck.language.dossier import Dossier
from wirecheck.lineage import count_origins
from wirecheck.model import Finding, FindingKind, Point, QuoteGroup, Side, Span, Stated, Statement
from wirecheck.points.compatibility import compare_statements, same_quantity
from wirecheck.points.likeness import Likeness

AGREE = 0.5
"""Likelihood from which on two statements without a difference are held to state the same. On the gold stories, when it
was chosen: at 0.6, 0.5, 0.4, 0.3 the recall of agreements is .51, .56, .62, .64 and the near misses kept are .97, .97,
.94, .91. A false agreement costs more than a missed one."""
PARTIAL = 0.3
"""Likelihood from which on two statements without a difference are held to speak of one thing, each saying a part. At
0.2 instead, one agreement in a hundred more is brought together, and much that has little to do with each other."""
ALONE = 0.2
"""Likelihood below which no other document is held to speak of a statement's subject."""
RANK = {"conflict": 4.0, "compatible": 2.0, "agree": 2.0, "single": 1.0, "undecided": 0.0}


def run_checks(dossier: Dossier, points: tuple[Point, ...], groups: tuple[QuoteGroup, ...]) -> tuple[Finding, ...]:
    """Return the findings of a story in the order in which an editor would want them.

    Every statement is in at least one finding: what a check rules, else agreement, a single source, or undecided.
    """
    ruled = merge_equal([f for check in list_checks() for f in check.find(dossier, points)])
    conflicts = [f for f in ruled if f.verdict in ("conflict", "compatible")]
    judge = Judge(dossier)
    kept = [_keep_clear(f, conflicts) if f.verdict == "agree" else f for f in ruled]
    agreed = judge.agree(points, conflicts)
    agreed += judge.agree_in_part(points, [*conflicts, *agreed])
    found = _drop_covered(merge_equal([f for f in [*kept, *agreed] if f is not None]))
    found += judge.rest(found)
    completed = [_complete(dossier, f) for f in found]
    return tuple(sorted(completed, key=_order))


class Judge:
    """Rules on what no check rules on: agreement, a single source, undecided."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.compatibility = compare_statements(dossier)
        self.likeness = self.compatibility.likeness
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        self.weights = _weigh(dossier, self.likeness)

    def agree(self, points: Sequence[Point], conflicts: Sequence[Finding]) -> list[Finding]:
        """Return what two or more documents state alike, one finding for each set of statements.

        A set grows around one statement, the pivot; every member is alike the pivot, and none differs from another
        member. Each statement is the pivot or a first member of one set. Sets of the same sentences are one finding.
        """
        statements = self.dossier.statements
        point_of = {p.centre: p.id for p in points} | {s.id: p.id for p in points for s in p.statements}
        near = {s.row: self._near(s, AGREE) for s in statements}
        pull = {row: round(sum(score for score, _ in many), 5) for row, many in near.items()}
        covered: set[int] = set()
        by_sentences: dict[frozenset[Span], list[Statement]] = {}
        for pivot in sorted(statements, key=lambda s: (-pull[s.row], self.place[s.document], s.span)):
            if pivot.row in covered or not near[pivot.row]:
                continue
            alike = self._gather(pivot, [s for _, s in near[pivot.row]], conflicts)
            if len({s.document for s in alike}) < 2:
                continue
            covered.update(s.row for s in alike)
            by_sentences.setdefault(frozenset(s.sentence for s in alike), []).extend(alike)
        return [self._agreement(alike[0], alike, point_of.get(alike[0].id, "")) for alike in by_sentences.values()]

    def _near(self, pivot: Statement, least: float) -> list[tuple[float, Statement]]:
        """Return the statements of other documents that are alike and differ in nothing, nearest first, with scores."""
        near = self.compatibility.near(pivot, least)
        return [n for n in near if self.compatibility.difference(pivot, n[1]) is None]

    def agree_in_part(self, points: Sequence[Point], known: Sequence[Finding]) -> list[Finding]:
        """Return pairs of statements that speak of one thing, differ in nothing, and each say only a part of it."""
        point_of = {p.centre: p.id for p in points} | {s.id: p.id for p in points for s in p.statements}
        taken: dict[str, list[Span]] = {}
        for finding in known:
            for span in finding.evidence:
                taken.setdefault(span.document, []).append(span)
        free = [s for s in self.dossier.statements if not any(touches(s.span, t) for t in taken.get(s.document, []))]
        found, done = [], set[int]()
        for statement in sorted(free, key=lambda s: (self.place[s.document], s.span)):
            near = self._near(statement, PARTIAL)
            near = [n for n in near if not any(stand_against(f, statement.span, n[1].span) for f in known)]
            if not near or statement.row in done:
                continue
            other = near[0][1]
            done.update((statement.row, other.row))
            pair = sorted((statement, other), key=lambda s: (self.place[s.document], s.span))
            sides = tuple(Side(show_words(self.dossier, s.span), (s.document,), (s.span,)) for s in pair)
            said = "; ".join(
                f"{self.dossier.shown(s.document)} states {v.value}" for s, v in zip(pair, sides, strict=True)
            )
            weight = max(self.weights[s.row] for s in pair) * 0.5
            found.append(
                Finding(
                    "compatible",
                    _kind(pair),
                    f"{said}: each gives a part, and both can be right.",
                    state(pair),
                    "agreement",
                    point_of.get(statement.id, ""),
                    sides,
                    "partial",
                    weight=weight,
                )
            )
        return found

    def _gather(self, pivot: Statement, near: Sequence[Statement], conflicts: Sequence[Finding]) -> list[Statement]:
        """Return the pivot with what states the same, nearest first; none differs from another of them."""
        kept = [pivot]
        for other in near:
            if all(self._goes_with(other, known, conflicts) for known in kept):
                kept.append(other)
        return kept

    def _agreement(self, pivot: Statement, alike: Sequence[Statement], point: str) -> Finding:
        stated = state(alike)
        shown = min(alike, key=lambda s: (s.is_title, s.id != pivot.id and s.span.length > 200, s.span.length, s.span))
        names = show_documents(self.dossier, (s.document for s in alike))
        reason = f"{names} {'both' if len(stated) == 2 else 'all'} state {show_words(self.dossier, shown.span)}."
        weight = max(self.weights[s.row] for s in alike) * 0.6 + 0.4 * len(stated) / len(self.place)
        return Finding("agree", _kind(alike), reason, stated, "agreement", point, weight=weight)

    def _goes_with(self, other: Statement, known: Statement, conflicts: Sequence[Finding]) -> bool:
        if other.document == known.document and self.compatibility.score(other, known) < AGREE:
            return False
        if self.compatibility.difference(known, other) is not None:
            return False
        return not any(stand_against(f, known.span, other.span) for f in conflicts)

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
        nearest = next((o for _, o in self.compatibility.near(statement, ALONE)), None)
        weight = self.weights[statement.row]
        if nearest is not None:
            there = self.dossier.shown(nearest.document)
            theirs = show_words(self.dossier, nearest.span)
            reason = f"{name} states {words}; {there} may speak of the same in {theirs}."
            both = (statement, nearest)
            return Finding("undecided", "event", reason, state(both), "agreement", weight=weight)
        reason = f"Only {name} states {words}."
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
    pairs = [(a, b) for a in statements for b in statements if a.document < b.document] or [(s, s) for s in statements]
    if any(same_quantity(x, y) for a, b in pairs for x in a.quantities for y in b.quantities):
        return "quantity"
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
