"""A checked draft: what each of its quotations, figures, dates, names and claims has to do with the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wirecheck.errors import FindingError
from wirecheck.model.document import Document
from wirecheck.model.problem import Problem
from wirecheck.model.quotegroup import WordDifference
from wirecheck.model.span import Span

DraftKind = Literal["quotation", "figure", "date", "office", "name", "claim"]
DraftVerdict = Literal[
    "verbatim",
    "trimmed",
    "altered",
    "spliced",
    "paraphrased",
    "other-speaker",
    "conflict",
    "rounded",
    "supported",
    "not-found",
]


@dataclass(frozen=True, slots=True)
class Backing:
    """Words of a source that an item of the draft was held against."""

    span: Span
    left_out: Span | None = None
    """What the draft cut off around them, within the sentence; the side with limiting words, else the longer one."""
    lost: tuple[Span, ...] = ()
    """Limiting words that the cut lost: "not", "may", "if"."""
    differences: tuple[WordDifference, ...] = ()
    """Word by word; `left` is in the source, `right` in the draft."""

    @property
    def document(self) -> str:
        return self.span.document


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One quotation, figure, date, name or claim of a draft, and how it stands to the sources.

    `look` says that an editor must look at it; `reason` is one sentence with the values and the publishers.
    """

    kind: DraftKind
    span: Span
    verdict: DraftVerdict
    reason: str
    look: bool
    sources: tuple[Backing, ...] = ()

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise FindingError("an item of a draft needs a reason in words")
        if self.verdict != "not-found" and not self.sources:
            raise FindingError(f"{self.verdict} needs the words of a source")


@dataclass(frozen=True, slots=True)
class DraftReport:
    """All items of a draft by place, with the draft and the sources that it was held against, by name."""

    draft: Document
    documents: tuple[Document, ...]
    items: tuple[DraftItem, ...]
    problems: tuple[Problem, ...] = ()
    version: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[DraftItem, ...]:
        """The items that an editor must look at, the worst first."""
        return tuple(sorted((i for i in self.items if i.look), key=lambda i: (WORST.index(i.verdict), i.span)))

    def shown(self, id: str) -> str:
        """Return the name that reasons use for a source: its publisher, or its name where several have that."""
        own = self.document(id)
        several = sum(d.shown_name == own.shown_name for d in (self.draft, *self.documents)) > 1
        return own.name if several else own.shown_name

    def document(self, id: str) -> Document:
        """Return the draft or a source by its id; raises `KeyError` when it is neither."""
        return {d.id: d for d in (self.draft, *self.documents)}[id]


WORST: tuple[DraftVerdict, ...] = (
    "altered",
    "spliced",
    "other-speaker",
    "conflict",
    "trimmed",
    "paraphrased",
    "not-found",
    "rounded",
    "verbatim",
    "supported",
)
"""The order in which an editor wants them."""
