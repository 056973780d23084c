"""The types of `wirecheck-report/1`: what `render_json` writes, and what the JSON Schema is generated from."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from wirecheck.model import (
    Comparison,
    Difference,
    FindingKind,
    Independence,
    Precision,
    QuoteRelation,
    Relation,
    Verdict,
)
from wirecheck.model.annotation import ActorKind, CreditKind, QuotationKind
from wirecheck.model.decision import Ruling
from wirecheck.model.lineage import LineageRelation

FORMAT: Literal["wirecheck-report/1"] = "wirecheck-report/1"

DifferenceKind = Literal["inserted", "dropped", "replaced", "reordered"]


class SpanJson(TypedDict):
    """Characters [start, end) of a document in Unicode code points; `text` is exactly these characters."""

    document: str
    start: int
    end: int
    text: str


class ProgramJson(TypedDict):
    """What is needed to run the comparison again; `models` gives the SHA-256 of each model by name."""

    version: str
    settings: dict[str, Any]
    models: dict[str, str]


class DocumentJson(TypedDict):
    """One text as published; `sha256` is of the bytes as received, `furniture` takes no part in comparison."""

    id: str
    name: str
    location: str
    url: str | None
    publisher: str | None
    title: str | None
    title_span: SpanJson | None
    author: str | None
    published: str | None
    modified: str | None
    language: str | None
    sha256: str
    text: str
    furniture: list[SpanJson]
    version_of: str | None


# `from` is a word of the language, so that the two types that have it are written as calls.
StoryJson = TypedDict(
    "StoryJson", {"id": str, "title": str, "documents": list[str], "from": str | None, "to": str | None}
)


class RoleJson(TypedDict):
    """A title or office of an actor, and every place that gives it."""

    role: str
    spans: list[SpanJson]


class ActorJson(TypedDict):
    """Someone or something that the documents of a story name."""

    id: str
    story: str
    name: str
    kind: ActorKind
    variants: list[str]
    mentions: list[SpanJson]
    roles: list[RoleJson]


class QuotationJson(TypedDict):
    """An attribution; of direct and mixed ones `contents` are the words inside the marks.

    `candidates` names those between whom the speaker was left open.
    """

    id: str
    story: str
    document: str
    kind: QuotationKind
    contents: list[SpanJson]
    cue: SpanJson | None
    source: SpanJson | None
    speaker: str | None
    speaker_name: str | None
    candidates: list[str]


class WordDifferenceJson(TypedDict):
    """One word-level difference between two forms of an utterance."""

    kind: DifferenceKind
    left: SpanJson | None
    right: SpanJson | None


class OriginGroupJson(TypedDict):
    """Documents that share one origin for a point, and why."""

    documents: list[str]
    reason: str
    evidence: list[SpanJson]


class OriginsJson(TypedDict):
    """How many origins stand behind a point; `count` is the most there can be where independence is not established."""

    count: int
    independence: Independence
    groups: list[OriginGroupJson]


class QuoteGroupJson(TypedDict):
    """Quotations that are the same utterance in one relation; the groups of one utterance share `utterance`."""

    id: str
    story: str
    relation: QuoteRelation
    speaker: str | None
    quotations: list[str]
    reason: str
    utterance: str
    differences: list[WordDifferenceJson]
    origins: OriginsJson


class StatedJson(TypedDict):
    """One document's words for a point."""

    document: str
    spans: list[SpanJson]


class SideJson(TypedDict):
    """One of the values that stand against each other."""

    value: str
    documents: list[str]
    spans: list[SpanJson]


class NearestJson(TypedDict):
    """What comes nearest, in a silent document, to what one document alone states; the probability from 0 to 1."""

    document: str
    span: SpanJson
    probability: float


class PointJson(TypedDict):
    """A verdict with its words; `reason` is one sentence that the evidence alone can verify.

    `nearest` is empty unless one document alone states it.
    """

    id: str
    story: str
    verdict: Verdict
    kind: FindingKind
    reason: str
    check: str
    statements: list[StatedJson]
    sides: list[SideJson]
    difference: Difference | None
    silent: list[str]
    nearest: list[NearestJson]
    origins: OriginsJson


class FeatureJson(TypedDict):
    """One piece of evidence: its name in plain words, what it rests on on each side, its weight in logits."""

    name: str
    left: str
    right: str
    weight: float


class ValueComparisonJson(TypedDict):
    """Two values of one kind, held against each other."""

    kind: str
    left: SpanJson
    right: SpanJson
    comparison: Comparison
    detail: str


class JudgementJson(TypedDict):
    """What was concluded of two statements, and the point that it decided.

    `probability`, from 0 to 1, is that both state one fact; the weights of `features` add up to its logit. `values` and
    `blocker`, where there are some, have the last word on `relation`.
    """

    left: StatedJson
    right: StatedJson
    relation: Relation
    probability: float
    features: list[FeatureJson]
    values: list[ValueComparisonJson]
    blocker: str | None
    point: str | None


class CreditJson(TypedDict):
    """Words that name where something comes from; `covers` is null where they speak for the whole document."""

    document: str
    span: SpanJson
    credited: str
    kind: CreditKind
    covers: SpanJson | None


class PassageJson(TypedDict):
    """A run of words that two documents share; `quoted` marks shared speech, which is no copying."""

    left: SpanJson
    right: SpanJson
    similarity: float
    quoted: bool


class ReuseJson(TypedDict):
    """All passages that two documents share; the shares, from 0 to 1, are of the article's words."""

    left: str
    right: str
    passages: list[PassageJson]
    left_share: float
    right_share: float


class NameJson(TypedDict):
    """A text that is not among the documents."""

    name: str


LineageJson = TypedDict(
    "LineageJson",
    {
        "from": str | NameJson,
        "to": str,
        "relation": LineageRelation,
        "directed": bool,
        "reason": str,
        "evidence": list[SpanJson],
    },
)


class OriginJson(TypedDict):
    """Where independent reporting starts; documents that share one count once."""

    id: str
    story: str
    name: str
    documents: list[str]


class TimelineEntryJson(TypedDict):
    """A time that documents give, with the point that it belongs to."""

    when: str
    precision: Precision
    point: str
    spans: list[SpanJson]


class ProblemJson(TypedDict):
    """A fault in the material."""

    location: str
    message: str
    span: SpanJson | None


class DecisionJson(TypedDict):
    """What a person ruled; `documents` are those of the report, `point` is the one that was ruled on."""

    number: int
    ruling: Ruling
    documents: list[str]
    who: str
    at: str
    note: str
    sentence: str
    point: str | None
    spans: list[SpanJson]


class ReportJson(TypedDict):
    """A report of Wirecheck: what several documents agree on, where they conflict, and who has it from whom.

    `digest` is over all the rest; `wirecheck verify` says how it is made and holds it against the report.
    """

    format: Literal["wirecheck-report/1"]
    wirecheck: ProgramJson
    documents: list[DocumentJson]
    stories: list[StoryJson]
    actors: list[ActorJson]
    quotations: list[QuotationJson]
    quote_groups: list[QuoteGroupJson]
    points: list[PointJson]
    judgements: list[JudgementJson]
    credits: list[CreditJson]
    reuse: list[ReuseJson]
    lineage: list[LineageJson]
    origins: list[OriginJson]
    timeline: list[TimelineEntryJson]
    problems: list[ProblemJson]
    decisions: list[DecisionJson]
    digest: str
