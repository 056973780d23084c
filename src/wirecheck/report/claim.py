"""What documents say to a claim, as JSON (`wirecheck-claim/1`) and as lines for a terminal."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from wirecheck.model import CLAIM, ClaimDifference, ClaimFinding, ClaimReport, ClaimVerdict, Document, Span
from wirecheck.report.format import ProblemJson, SpanJson, ValueComparisonJson

FORMAT: Literal["wirecheck-claim/1"] = "wirecheck-claim/1"
HEADINGS: dict[ClaimVerdict, str] = {
    "states": "State it",
    "contradicts": "Contradict it",
    "differs": "Differ, and can be right too",
    "silent": "Silent",
}
MOST_SILENT = 20
"""Silent documents that the terminal names; the JSON has all."""


class ClaimDocumentJson(TypedDict):
    """What one document has to say to the claim.

    `probability`, from 0 to 1, says how likely the verdict is right. `nearest` is the sentence that comes nearest.
    `left` of each of `values` is a span of the claim; its `document` is "claim".
    """

    document: str
    name: str
    verdict: ClaimVerdict
    difference: ClaimDifference | None
    probability: float
    spans: list[SpanJson]
    reason: str
    nearest: SpanJson | None
    values: list[ValueComparisonJson]


class ClaimJson(TypedDict):
    """A claim, and what each document has to say to it, by name; `day` is when it was made, where that was given."""

    format: Literal["wirecheck-claim/1"]
    claim: str
    day: str | None
    documents: list[ClaimDocumentJson]
    problems: list[ProblemJson]


def build_claim_json(report: ClaimReport) -> ClaimJson:
    """Return a claim report as values that `json` can write."""
    texts = {d.id: d.text for d in report.documents} | {CLAIM: report.claim}

    def span(value: Span) -> SpanJson:
        words = texts[value.document][value.start : value.end]
        return {"document": value.document, "start": value.start, "end": value.end, "text": words}

    def one(document: Document, finding: ClaimFinding) -> ClaimDocumentJson:
        return {
            "document": document.id,
            "name": document.name,
            "verdict": finding.verdict,
            "difference": finding.difference,
            "probability": round(finding.probability, 4),
            "spans": [span(s) for s in sorted(finding.spans)],
            "reason": finding.reason,
            "nearest": None if finding.nearest is None else span(finding.nearest),
            "values": [
                {
                    "kind": v.kind,
                    "left": span(v.left),
                    "right": span(v.right),
                    "comparison": v.comparison,
                    "detail": v.detail,
                }
                for v in finding.values
            ],
        }

    return {
        "format": FORMAT,
        "claim": report.claim,
        "day": report.day,
        "documents": [one(d, f) for d, f in zip(report.documents, report.findings, strict=True)],
        "problems": [
            {"location": p.location, "message": p.message, "span": None if p.span is None else span(p.span)}
            for p in report.problems
        ],
    }


def render_claim_json(report: ClaimReport) -> str:
    """Return a claim report as JSON text with a last newline; the same report gives the same text."""
    from wirecheck.report.json import write_json

    return write_json(build_claim_json(report))


def claim_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a claim report."""
    from wirecheck.report.schema import json_schema

    return json_schema(ClaimJson, FORMAT)


def tell_claim(report: ClaimReport) -> list[str]:
    """Return the lines of a claim report: who states it, who contradicts it, who differs, who is silent."""
    counts = {v: sum(f.verdict == v for f in report.findings) for v in HEADINGS}
    lines = [f"“{report.claim}”", ", ".join(f"{counts[v]} {v}" for v in HEADINGS)]
    for verdict in ("states", "contradicts", "differs"):
        own = [f for f in report.findings if f.verdict == verdict]
        if own:
            lines += ["", HEADINGS[verdict]]
            lines += [f"  {f.probability:.2f}  {f.reason}" for f in own]
    silent = [d.shown_name for d, f in zip(report.documents, report.findings, strict=True) if f.verdict == "silent"]
    if silent:
        more = f" and {len(silent) - MOST_SILENT} more" if len(silent) > MOST_SILENT else ""
        lines += ["", f"{HEADINGS['silent']}: {', '.join(silent[:MOST_SILENT])}{more}"]
    return lines
