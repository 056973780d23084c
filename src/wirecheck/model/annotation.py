"""Annotations: what the annotators say of spans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from wirecheck.errors import FindingError
from wirecheck.model.span import Span

ActorKind = Literal["person", "organization", "country", "place", "group", "other"]
QuotationKind = Literal["direct", "mixed", "indirect"]
Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
DateKind = Literal["date", "time", "duration", "set"]
Precision = Literal["year", "month", "day", "hour", "minute"]
CreditKind = Literal["publisher", "agency", "broadcast", "document", "social", "person"]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words that name someone or something.

    `span` is the whole noun phrase with its titles ("US Defense Secretary Pete Hegseth"), `name` the name alone
    ("Pete Hegseth"), `role` the title or apposition alone ("US Defense Secretary"); an apposition behind the name
    ("Jane Roe, mayor of Springfield") lies outside `span`. A mention by role alone ("the Defense Secretary", and an
    apposition behind a name that has a title already) has `name` None; a pronoun is `pronoun=True` with `name` None.
    """

    span: Span
    kind: ActorKind
    name: Span | None = None
    role: Span | None = None
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attribution (PARC, PolNeAR): content, cue, source.

    Direct and mixed: `contents` are the words inside the marks, one span for each run of marks that belongs to the
    utterance. Indirect: the clause that is attributed. `speaker` is the actor that the source resolves to.
    """

    id: str
    document: str
    kind: QuotationKind
    contents: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    speaker_name: str | None = None
    candidates: tuple[str, ...] = ()
    """Names of the actors between which the speaker was left open; empty when resolved or when there is none."""
    clause: Span | None = None
    """The whole attributed clause, marks included: for mixed quotations the sentence part around the marks."""

    def __post_init__(self) -> None:
        if not self.contents:
            raise FindingError("a quotation needs at least one span of content")

    @property
    def whole(self) -> Span:
        """The span from the first to the last word of the content."""
        return self.contents[0].join(self.contents[-1])


def quotation_id(contents: tuple[Span, ...]) -> str:
    """Return the id of a quotation: its document and the place of its first and last character.

    >>> quotation_id((Span("d", 3, 9),))
    'd:3-9'
    """
    return f"{contents[0].document}:{contents[0].start}-{contents[-1].end}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound, unit and what it counts.

    `low` and `high` are the closed range of values that the words allow before any bound is applied ("50" is 50..50,
    "24 to 30" is 24..30, "dozens" is 24..99); both in `unit`, scaled ("$126 billion" is 126e9). A score has its first
    and its second number there ("52-3" is 52 and 3).
    """

    span: Span
    """The number with its unit: "$126 billion", "5%", "more than 50 countries"."""
    low: float
    high: float
    bound: Bound = "exact"
    unit: str = ""
    """Normalised: "percent", "USD", "km", "year", "magnitude", "" for a plain count or number."""
    counted: str = ""
    """Lemma of what is counted or measured: "country" in "50 countries", "budget" in "5% of their budgets"."""
    counted_span: Span | None = None
    of: Span | None = None
    """What it is a share or part of: "their GDP" in "5% of their GDP"."""
    kind: Literal["count", "money", "percent", "measure", "age", "ordinal", "number", "score"] = "count"
    decimals: int = 0
    """Last place that the words give, as a power of ten: "$1.2 billion" is 8, "313.89" is -2, "1,500" is 2."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, time or duration as precise as the text.

    `value` follows TIMEX3: "2025-02-12", "2025-02", "2025", "2025-W07", "2025-02-12T16:30", "PT3H", "P2Y", "" when it
    cannot be resolved; a clock with a zone ends in its offset from UTC, "2025-02-12T16:30+00:00". `precision` says how
    far `value` goes. `relative` holds the relation to another event where the words give one instead of a date ("hours
    after …").
    """

    span: Span
    kind: DateKind
    value: str
    precision: Precision | None = None
    relative: Literal["before", "after"] | None = None
    modifier: Literal["", "start", "mid", "end", "about", "less", "more"] = ""
    """Which part of it is meant ("early December" is the start), or how sure it is ("about", "less than")."""
    offset_min: int | None = None
    """Minutes that its clock is ahead of Greenwich, where the words name a zone; "local time" names none."""
    is_local: bool = False
    """True where the words say that its clock is that of a place, or of a zone of several meanings ("IST")."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Words that name another publisher, agency, document, post or person as where something comes from."""

    span: Span
    credited: str
    kind: CreditKind
    own: bool = False
    """True for "told HuffPost" in HuffPost: own reporting, which is evidence of independence, not a credit."""
    covers: Span | None = None
    """The sentence or passage that the credit is given for; None when it speaks for the whole document."""


Annotation = Mention | Quotation | Quantity | PartialDate | Credit


@dataclass(frozen=True, slots=True)
class Annotations:
    """All annotations of one document, each kind sorted by place."""

    document: str
    mentions: tuple[Mention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    credits: tuple[Credit, ...] = ()

    def having(self, **kinds: tuple[Annotation, ...]) -> Annotations:
        """Return a copy with the given kinds replaced, by field name."""
        return replace(self, **kinds)  # type: ignore[arg-type]
