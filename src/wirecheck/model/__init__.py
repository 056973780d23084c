"""The nouns: frozen values, no I/O, no algorithms, standard library only."""

from wirecheck.model.actor import Actor, Role
from wirecheck.model.annotation import (
    ActorKind,
    Annotation,
    Annotations,
    Credit,
    Mention,
    PartialDate,
    Precision,
    Quantity,
    Quotation,
    quotation_id,
)
from wirecheck.model.claim import CLAIM, ClaimDifference, ClaimFinding, ClaimReport, ClaimVerdict
from wirecheck.model.decision import Decision, Ruling
from wirecheck.model.document import Document, digest_document
from wirecheck.model.draft import Backing, DraftItem, DraftKind, DraftReport, DraftVerdict
from wirecheck.model.finding import Difference, Finding, FindingKind, Side, Verdict
from wirecheck.model.judgement import Comparison, Feature, Judgement, Nearest, Relation, ValueComparison
from wirecheck.model.lineage import Independence, Lineage, Origin, OriginGroup, Origins
from wirecheck.model.point import Point
from wirecheck.model.problem import Problem
from wirecheck.model.quotegroup import QuoteGroup, QuoteRelation, WordDifference
from wirecheck.model.report import Report, ReportPoint, StoryReport, TimelineEntry
from wirecheck.model.reuse import Passage, Reuse
from wirecheck.model.span import Span
from wirecheck.model.stated import Stated
from wirecheck.model.statement import Argument, Statement
from wirecheck.model.story import Story

__all__ = [
    "CLAIM",
    "Actor",
    "ActorKind",
    "Annotation",
    "Annotations",
    "Argument",
    "Backing",
    "ClaimDifference",
    "ClaimFinding",
    "ClaimReport",
    "ClaimVerdict",
    "Comparison",
    "Credit",
    "Decision",
    "Difference",
    "Document",
    "DraftItem",
    "DraftKind",
    "DraftReport",
    "DraftVerdict",
    "Feature",
    "Finding",
    "FindingKind",
    "Independence",
    "Judgement",
    "Lineage",
    "Mention",
    "Nearest",
    "Origin",
    "OriginGroup",
    "Origins",
    "PartialDate",
    "Passage",
    "Point",
    "Precision",
    "Problem",
    "Quantity",
    "Quotation",
    "QuoteGroup",
    "QuoteRelation",
    "Relation",
    "Report",
    "ReportPoint",
    "Reuse",
    "Role",
    "Ruling",
    "Side",
    "Span",
    "Stated",
    "Statement",
    "Story",
    "StoryReport",
    "TimelineEntry",
    "ValueComparison",
    "Verdict",
    "WordDifference",
    "digest_document",
    "quotation_id",
]
