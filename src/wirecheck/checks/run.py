"""Running all checks over a story: findings merged, completed and ranked."""

from __future__ import annotations

from dataclasses import replace

from wirecheck.checks import list_checks
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point, QuoteGroup, Span, Stated, Statement

RANK = {"conflict": 4.0, "compatible": 2.5, "agree": 2.0, "single": 1.0, "undecided": 0.0}


def run_checks(dossier: Dossier, points: tuple[Point, ...], groups: tuple[QuoteGroup, ...]) -> tuple[Finding, ...]:
    """Return the findings of a story in the order in which an editor would want them."""
    found = [finding for check in list_checks() for finding in check.find(dossier, points)]
    ruled = {f.point for f in found}
    for point in points:
        if point.id in ruled:
            continue
        found.append(_agree(dossier, point) if len(point.documents) > 1 else _single(dossier, point))
    completed = [_complete(dossier, f) for f in found]
    return tuple(sorted(completed, key=lambda f: (-RANK[f.verdict] - f.weight, f.evidence, f.kind, f.reason)))


def state(statements: tuple[Statement, ...]) -> tuple[Stated, ...]:
    """Return the spans of statements by document, in their order."""
    spans: dict[str, list[Span]] = {}
    for statement in statements:
        spans.setdefault(statement.document, []).append(statement.span)
    return tuple(Stated(document, tuple(sorted(set(many)))) for document, many in spans.items())


def _agree(dossier: Dossier, point: Point) -> Finding:
    stated = state(point.statements)
    names = _list([dossier.shown(s.document) for s in stated])
    centre = next(s for s in point.statements if s.id == point.centre)
    words = dossier.words(centre.span)
    return Finding("agree", "event", f"{names} state alike: {words}", stated, "agreement", point.id)


def _single(dossier: Dossier, point: Point) -> Finding:
    stated = state(point.statements)
    words = dossier.words(point.statements[0].span)
    reason = f"Only {dossier.shown(stated[0].document)} states: {words}"
    return Finding("single", "event", reason, stated, "agreement", point.id)


def _complete(dossier: Dossier, finding: Finding) -> Finding:
    silent = tuple(d.id for d in dossier.documents if d.id not in finding.documents)
    return replace(finding, silent=silent)


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
