"""A report read back from its JSON: the value that it was written from, as far as the JSON tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.model import (
    Actor,
    Credit,
    Decision,
    Document,
    Feature,
    Finding,
    Judgement,
    Lineage,
    Nearest,
    Origin,
    OriginGroup,
    Origins,
    Passage,
    Problem,
    Quotation,
    QuoteGroup,
    Report,
    Reuse,
    Role,
    Side,
    Span,
    Stated,
    Story,
    StoryReport,
    TimelineEntry,
    ValueComparison,
    WordDifference,
)
from wirecheck.report.verify import verify_report

_DOCUMENT = ("id", "name", "location", "text", "sha256", "title", "url", "publisher", "author", "published")
_DECISION = ("number", "ruling", "who", "at", "note", "sentence", "point")


def load_report(value: Any, *, name: str = "the report") -> Report:
    """Return the report that a JSON value holds; written again, it gives the same JSON.

    What the JSON does not tell is empty, such as the bytes as received. Raises `UsageError` for what is no report of
    Wirecheck, does not fit its digest or does not hold in another way; `name` says in it which.
    """
    faults = verify_report(value)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise UsageError(f"{name} is no whole report of Wirecheck: {faults[0]}{more}; `wirecheck verify` lists them")
    return Report(
        documents=tuple(load_document(d) for d in value["documents"]),
        stories=tuple(_load_stories(value)),
        problems=tuple(load_problem(p) for p in value["problems"]),
        version=value["wirecheck"]["version"],
        settings=value["wirecheck"]["settings"],
        models=value["wirecheck"]["models"],
        decisions=tuple(load_decision(d) for d in value["decisions"]),
    )


def load_document(entry: Mapping[str, Any]) -> Document:
    """Return a document, without its bytes as received."""
    values = {name: entry[name] for name in (*_DOCUMENT, "modified", "language", "version_of")}
    return Document(**values, title_span=_optional(entry["title_span"]), furniture=_spans(entry["furniture"]))


def load_decision(entry: Mapping[str, Any]) -> Decision:
    values = {name: entry[name] for name in _DECISION}
    return Decision(**values, documents=tuple(sorted(entry["documents"])), spans=_spans(entry["spans"]))


def load_problem(entry: Mapping[str, Any]) -> Problem:
    return Problem(entry["location"], entry["message"], _optional(entry["span"]))


def load_judgement(entry: Mapping[str, Any]) -> Judgement:
    features = tuple(Feature(f["name"], f["left"], f["right"], f["weight"]) for f in entry["features"])
    values = tuple(
        ValueComparison(v["kind"], load_span(v["left"]), load_span(v["right"]), v["comparison"], v["detail"])
        for v in entry["values"]
    )
    left, right = _stated(entry["left"]), _stated(entry["right"])
    return Judgement(left, right, entry["relation"], entry["probability"], features, values, entry["blocker"])


def load_span(span: Mapping[str, Any]) -> Span:
    return Span(span["document"], span["start"], span["end"])


def _load_stories(value: Mapping[str, Any]) -> Iterable[StoryReport]:
    judgements = defaultdict(list)
    for entry in value["judgements"]:
        judgements[entry["point"]].append(load_judgement(entry))
    stories = {p["id"]: p["story"] for p in value["points"]}
    for entry in value["stories"]:
        story, members = entry["id"], set(entry["documents"])

        def own(key: str, story: str = story) -> list[Any]:
            return [x for x in value[key] if x["story"] == story]

        yield StoryReport(
            story=Story(story, entry["title"], tuple(entry["documents"]), entry["from"], entry["to"]),
            actors=tuple(_actor(a) for a in own("actors")),
            quotations=tuple(_quotation(q) for q in own("quotations")),
            quote_groups=tuple(_quote_group(g) for g in own("quote_groups")),
            findings=tuple(_finding(p, tuple(judgements[p["id"]])) for p in own("points")),
            credits=tuple(_credit(c) for c in value["credits"] if c["document"] in members),
            reuse=tuple(_reuse(r) for r in value["reuse"] if r["left"] in members),
            lineage=tuple(_lineage(x) for x in value["lineage"] if x["to"] in members),
            origins=tuple(Origin(o["id"], o["name"], tuple(o["documents"])) for o in own("origins")),
            timeline=tuple(
                TimelineEntry(t["when"], t["precision"], t["point"], _spans(t["spans"]))
                for t in value["timeline"]
                if stories[t["point"]] == story
            ),
        )


def _spans(values: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(load_span(v) for v in values)


def _optional(value: Mapping[str, Any] | None) -> Span | None:
    return None if value is None else load_span(value)


def _stated(value: Mapping[str, Any]) -> Stated:
    return Stated(value["document"], _spans(value["spans"]))


def _actor(entry: Mapping[str, Any]) -> Actor:
    roles = tuple(Role(r["role"], _spans(r["spans"])) for r in entry["roles"])
    return Actor(entry["id"], entry["name"], entry["kind"], tuple(entry["variants"]), _spans(entry["mentions"]), roles)


def _quotation(entry: Mapping[str, Any]) -> Quotation:
    return Quotation(
        id=entry["id"],
        document=entry["document"],
        kind=entry["kind"],
        contents=_spans(entry["contents"]),
        cue=_optional(entry["cue"]),
        source=_optional(entry["source"]),
        speaker=entry["speaker"],
        speaker_name=entry["speaker_name"],
        candidates=tuple(entry["candidates"]),
    )


def _quote_group(entry: Mapping[str, Any]) -> QuoteGroup:
    differences = (WordDifference(d["kind"], _optional(d["left"]), _optional(d["right"])) for d in entry["differences"])
    return QuoteGroup(
        id=entry["id"],
        relation=entry["relation"],
        quotations=tuple(entry["quotations"]),
        utterance=entry["utterance"],
        reason=entry["reason"],
        speaker=entry["speaker"],
        differences=tuple(differences),
        origins=_origins(entry["origins"]),
    )


def _finding(entry: Mapping[str, Any], judgements: tuple[Judgement, ...]) -> Finding:
    return Finding(
        verdict=entry["verdict"],
        kind=entry["kind"],
        reason=entry["reason"],
        statements=tuple(_stated(s) for s in entry["statements"]),
        check=entry["check"],
        sides=tuple(Side(s["value"], tuple(s["documents"]), _spans(s["spans"])) for s in entry["sides"]),
        difference=entry["difference"],
        silent=tuple(entry["silent"]),
        origins=_origins(entry["origins"]),
        weight=entry["weight"],
        judgements=judgements,
        nearest=tuple(Nearest(n["document"], load_span(n["span"]), n["probability"]) for n in entry["nearest"]),
    )


def _origins(entry: Mapping[str, Any]) -> Origins | None:
    groups = tuple(OriginGroup(tuple(g["documents"]), g["reason"], _spans(g["evidence"])) for g in entry["groups"])
    if not entry["count"] and not groups and entry["independence"] == "not-recorded":
        return None
    return Origins(entry["count"], entry["independence"], groups)


def _credit(entry: Mapping[str, Any]) -> Credit:
    return Credit(load_span(entry["span"]), entry["credited"], entry["kind"], covers=_optional(entry["covers"]))


def _reuse(entry: Mapping[str, Any]) -> Reuse:
    passages = tuple(
        Passage(load_span(p["left"]), load_span(p["right"]), p["similarity"], p["quoted"]) for p in entry["passages"]
    )
    return Reuse(entry["left"], entry["right"], passages, entry["left_share"], entry["right_share"])


def _lineage(entry: Mapping[str, Any]) -> Lineage:
    source = entry["from"]
    named = not isinstance(source, str)
    return Lineage(
        source=source["name"] if named else source,
        source_is_document=not named,
        to=entry["to"],
        relation=entry["relation"],
        reason=entry["reason"],
        evidence=_spans(entry["evidence"]),
        directed=entry["directed"],
    )
