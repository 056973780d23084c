"""The report as JSON: `wirecheck-report/1`, the form that other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from wirecheck.model import (
    Actor,
    Credit,
    Decision,
    Document,
    Finding,
    Judgement,
    Lineage,
    Nearest,
    Origins,
    Problem,
    Quotation,
    QuoteGroup,
    Report,
    Reuse,
    Span,
    Stated,
    StoryReport,
    TimelineEntry,
    ValueComparison,
    WordDifference,
)
from wirecheck.report.digest import digest_report
from wirecheck.report.format import (
    FORMAT,
    ActorJson,
    CreditJson,
    DecisionJson,
    DocumentJson,
    JudgementJson,
    LineageJson,
    NearestJson,
    OriginsJson,
    PointJson,
    ProblemJson,
    QuotationJson,
    QuoteGroupJson,
    ReportJson,
    ReuseJson,
    SpanJson,
    StatedJson,
    StoryJson,
    TimelineEntryJson,
    ValueComparisonJson,
    WordDifferenceJson,
)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(report: Report) -> str:
    """Return the report as JSON text, keys in the order of the documentation, with a last newline.

    The same report gives the same text. Half of a surrogate pair in an article is written as an escape, so that the
    text can be encoded as UTF-8 and read back as it was.
    """
    return write_json(build_json(report))


def write_json(value: Any) -> str:
    """Return a value as JSON text with a last newline; half of a surrogate pair is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def build_json(report: Report) -> ReportJson:
    """Return the report as values that `json` can write.

    Ids of actors, quote groups and origins are made unique over the stories by the id of their story.
    """
    writer = Writer(report)
    stories = report.stories
    value: ReportJson = {
        "format": FORMAT,
        "wirecheck": {
            "version": report.version,
            "settings": {k: report.settings[k] for k in sorted(report.settings)},
            "models": {k: report.models[k] for k in sorted(report.models)},
        },
        "documents": [writer.document(d) for d in writer.documents],
        "stories": [writer.story(s) for s in stories],
        "actors": [writer.actor(s, a) for s in stories for a in s.actors],
        "quotations": [writer.quotation(s, q) for s in stories for q in s.quotations],
        "quote_groups": [writer.quote_group(s, g) for s in stories for g in s.quote_groups],
        "points": [writer.point(s, n, f) for s in stories for n, f in enumerate(s.findings, start=1)],
        "judgements": [
            writer.judgement(point_id(s, n), j)
            for s in stories
            for n, f in enumerate(s.findings, start=1)
            for j in f.judgements
        ],
        "credits": [writer.credit(c) for s in stories for c in s.credits],
        "reuse": [writer.reuse(r) for s in stories for r in s.reuse],
        "lineage": [writer.lineage(x) for s in stories for x in s.lineage],
        "origins": [
            {"id": qualify(s, o.id), "story": s.story.id, "name": o.name, "documents": writer.by_name(o.documents)}
            for s in stories
            for o in s.origins
        ],
        "timeline": [writer.timeline_entry(e) for s in stories for e in s.timeline],
        "problems": [writer.problem(p) for p in report.problems],
        "decisions": [writer.decision(d) for d in report.decisions],
        "digest": "",
    }
    value["digest"] = digest_report(value)
    return value


def qualify(story: StoryReport, id: str) -> str:
    """Return an id that is unique over all stories: the id of its story and a hyphen before it.

    An id that begins so already is returned as it is.
    """
    prefix = f"{story.story.id}-"
    return id if id.startswith(prefix) else prefix + id


def point_id(story: StoryReport, number: int) -> str:
    """Return the id of a story's n-th finding, counted from 1."""
    return f"{story.story.id}-p{number}"


class Writer:
    """Writes values of one report, slicing spans from its documents."""

    def __init__(self, report: Report) -> None:
        self.documents = sorted(report.documents, key=lambda d: (d.name, d.id))
        self._by_id = {d.id: d for d in self.documents}
        self._rank = {d.id: n for n, d in enumerate(self.documents)}

    def by_name(self, documents: Iterable[str]) -> list[str]:
        return sorted(set(documents), key=lambda d: self._rank[d])

    def span(self, span: Span) -> SpanJson:
        words = self._by_id[span.document].words(span)
        return {"document": span.document, "start": span.start, "end": span.end, "text": words}

    def spans(self, spans: Iterable[Span]) -> list[SpanJson]:
        place = sorted(set(spans), key=lambda s: (self._rank[s.document], s.start, s.end))
        return [self.span(s) for s in place]

    def optional(self, span: Span | None) -> SpanJson | None:
        return None if span is None or span.document not in self._by_id else self.span(span)

    def document(self, document: Document) -> DocumentJson:
        return {
            "id": document.id,
            "name": document.name,
            "location": document.location,
            "url": document.url,
            "publisher": document.publisher,
            "title": document.title,
            "title_span": self.optional(document.title_span),
            "author": document.author,
            "published": document.published,
            "modified": document.modified,
            "language": document.language,
            "sha256": document.sha256,
            "text": document.text,
            "furniture": self.spans(document.furniture),
            "version_of": document.version_of,
        }

    def story(self, story: StoryReport) -> StoryJson:
        value = story.story
        return {
            "id": value.id,
            "title": value.title,
            "documents": self.by_name(value.documents),
            "from": value.first,
            "to": value.last,
        }

    def actor(self, story: StoryReport, actor: Actor) -> ActorJson:
        return {
            "id": qualify(story, actor.id),
            "story": story.story.id,
            "name": actor.name,
            "kind": actor.kind,
            "variants": sorted(actor.variants),
            "mentions": self.spans(actor.mentions),
            "roles": [{"role": r.role, "spans": self.spans(r.spans)} for r in actor.roles],
        }

    def quotation(self, story: StoryReport, quotation: Quotation) -> QuotationJson:
        speaker = quotation.speaker
        return {
            "id": quotation.id,
            "story": story.story.id,
            "document": quotation.document,
            "kind": quotation.kind,
            "contents": [self.span(s) for s in quotation.contents],
            "cue": self.optional(quotation.cue),
            "source": self.optional(quotation.source),
            "speaker": None if speaker is None else qualify(story, speaker),
            "speaker_name": quotation.speaker_name,
            "candidates": list(quotation.candidates),
        }

    def quote_group(self, story: StoryReport, group: QuoteGroup) -> QuoteGroupJson:
        return {
            "id": qualify(story, group.id),
            "story": story.story.id,
            "relation": group.relation,
            "speaker": None if group.speaker is None else qualify(story, group.speaker),
            "quotations": list(group.quotations),
            "reason": group.reason,
            "utterance": qualify(story, group.utterance),
            "differences": [self.difference(d) for d in group.differences],
            "origins": self.origins(group.origins),
        }

    def difference(self, difference: WordDifference) -> WordDifferenceJson:
        return {
            "kind": difference.kind,
            "left": self.optional(difference.left),
            "right": self.optional(difference.right),
        }

    def point(self, story: StoryReport, number: int, finding: Finding) -> PointJson:
        return {
            "id": point_id(story, number),
            "story": story.story.id,
            "verdict": finding.verdict,
            "kind": finding.kind,
            "reason": finding.reason,
            "check": finding.check,
            "statements": [
                self.stated(s) for s in sorted(finding.statements, key=lambda s: (self._rank[s.document], s.spans))
            ],
            "sides": [
                {"value": s.value, "documents": self.by_name(s.documents), "spans": self.spans(s.spans)}
                for s in finding.sides
            ],
            "difference": finding.difference,
            "silent": self.by_name(finding.silent),
            "nearest": [self.nearest(n) for n in sorted(finding.nearest, key=lambda n: self._rank[n.document])],
            "origins": self.origins(finding.origins),
            "weight": round(finding.weight, 4),
        }

    def stated(self, stated: Stated) -> StatedJson:
        return {"document": stated.document, "spans": self.spans(stated.spans)}

    def nearest(self, nearest: Nearest) -> NearestJson:
        return {
            "document": nearest.document,
            "span": self.span(nearest.span),
            "probability": round(nearest.probability, 4),
        }

    def judgement(self, point: str, judgement: Judgement) -> JudgementJson:
        features = [(f, round(f.weight, 4)) for f in judgement.features]
        return {
            "left": self.stated(judgement.left),
            "right": self.stated(judgement.right),
            "relation": judgement.relation,
            "probability": round(judgement.probability, 4),
            "features": [{"name": f.name, "left": f.left, "right": f.right, "weight": w} for f, w in features if w],
            "values": [self.value_comparison(v) for v in judgement.values],
            "blocker": judgement.blocker,
            "point": point,
        }

    def value_comparison(self, value: ValueComparison) -> ValueComparisonJson:
        return {
            "kind": value.kind,
            "left": self.span(value.left),
            "right": self.span(value.right),
            "comparison": value.comparison,
            "detail": value.detail,
        }

    def origins(self, origins: Origins | None) -> OriginsJson:
        if origins is None:
            return {"count": 0, "independence": "not-recorded", "groups": []}
        return {
            "count": origins.count,
            "independence": origins.independence,
            "groups": [
                {"documents": self.by_name(g.documents), "reason": g.reason, "evidence": self.spans(g.evidence)}
                for g in origins.groups
            ],
        }

    def credit(self, credit: Credit) -> CreditJson:
        return {
            "document": credit.span.document,
            "span": self.span(credit.span),
            "credited": credit.credited,
            "kind": credit.kind,
            "covers": self.optional(credit.covers),
        }

    def reuse(self, reuse: Reuse) -> ReuseJson:
        return {
            "left": reuse.left,
            "right": reuse.right,
            "passages": [
                {
                    "left": self.span(p.left),
                    "right": self.span(p.right),
                    "similarity": round(p.similarity, 4),
                    "quoted": p.quoted,
                }
                for p in reuse.passages
            ],
            "left_share": round(reuse.left_share, 4),
            "right_share": round(reuse.right_share, 4),
        }

    def lineage(self, lineage: Lineage) -> LineageJson:
        return {
            "from": lineage.source if lineage.source_is_document else {"name": lineage.source},
            "to": lineage.to,
            "relation": lineage.relation,
            "directed": lineage.directed,
            "reason": lineage.reason,
            "evidence": self.spans(lineage.evidence),
        }

    def timeline_entry(self, entry: TimelineEntry) -> TimelineEntryJson:
        return {
            "when": entry.when,
            "precision": entry.precision,
            "point": entry.point,
            "spans": self.spans(entry.spans),
        }

    def decision(self, decision: Decision) -> DecisionJson:
        return {
            "number": decision.number,
            "ruling": decision.ruling,
            "documents": self.by_name(d for d in decision.documents if d in self._by_id),
            "who": decision.who,
            "at": decision.at,
            "note": decision.note,
            "sentence": decision.sentence,
            "point": decision.point,
            "spans": self.spans(s for s in decision.spans if s.document in self._by_id),
        }

    def problem(self, problem: Problem) -> ProblemJson:
        return {
            "location": problem.location,
            "message": problem.message,
            "span": self.optional(problem.span),
        }
