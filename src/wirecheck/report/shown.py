"""What the page shows, as values: the templates print them and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model import Document
from wirecheck.report.plain import Piece
from wirecheck.report.rows import Part, Row
from wirecheck.report.why import Term


@dataclass(frozen=True, slots=True)
class SegmentShown:
    """A run of article text within which no span begins or ends; `start` is its place in the document."""

    start: int
    text: str
    anchors: tuple[int, ...]
    """Places that links lead to here: its own start, and those in the white space before it."""
    furniture: bool
    title: bool


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A document as the page shows it: paragraphs of segments."""

    number: int
    document: Document
    shown: str
    publisher: str
    when: str
    """When it was published, in words; "" where nothing says it."""
    title: str
    """Its headline where the text does not show one of its own, else ""."""
    about: tuple[str, ...]
    href: str | None
    paragraphs: tuple[tuple[SegmentShown, ...], ...]


@dataclass(frozen=True, slots=True)
class LinkShown:
    """The name of a document, with the place in it and what is highlighted there."""

    name: str
    href: str
    at: str


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """Exact words, cut at their marks, with a link to each document that has them."""

    links: tuple[LinkShown, ...]
    runs: tuple[tuple[Piece, ...], ...]
    note: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class SideShown:
    letter: str
    caption: str
    places: tuple[PlaceShown, ...]


@dataclass(frozen=True, slots=True)
class NoteShown:
    text: str
    places: tuple[PlaceShown, ...]
    more: LinkShown | None
    detail: bool = False


@dataclass(frozen=True, slots=True)
class WhyShown:
    note: NoteShown
    terms: tuple[Term, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    row: Row
    at: str
    numbers: str
    sides: tuple[SideShown, ...]
    notes: tuple[NoteShown, ...]
    details: tuple[NoteShown, ...]
    why: tuple[WhyShown, ...]
    silent: str
    repeats: bool
    """True when the sentence holds the words already, so that their place is enough."""


@dataclass(frozen=True, slots=True)
class PartShown:
    part: Part
    first: tuple[RowShown, ...]
    more: tuple[RowShown, ...]


@dataclass(frozen=True, slots=True)
class SectionShown:
    id: str
    name: str
    title: str
    count: int
    parts: tuple[PartShown, ...]


@dataclass(frozen=True, slots=True)
class CellShown:
    symbol: str
    told: str
    kind: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """A row of the table of documents and points."""

    row: Row
    numbers: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item of the overview, with the words that it is told in, or its sentence."""

    row: Row
    at: str
    numbers: str
    runs: tuple[tuple[Piece, ...], ...]
    cut: bool
    voice: str
    count: str
    contexts: tuple[PlaceShown, ...]
    """Sentences around values that say too little by themselves."""
    places: tuple[LinkShown, ...]
    """A link to each document that it rests on."""


@dataclass(frozen=True, slots=True)
class GroupShown:
    name: str
    title: str
    told: str
    """How many are shown of how many."""
    href: str
    """The section that has the rest, "" where it has none."""
    items: tuple[ItemShown, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryShown:
    id: str
    title: str
    line: str
    groups: tuple[GroupShown, ...]
    sections: tuple[SectionShown, ...]
    names: tuple[str, ...]
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class PageShown:
    title: str
    version: str
    stories: tuple[StoryShown, ...]
    whole: tuple[SectionShown, ...]
    sheets: tuple[SheetShown, ...]
    verdicts: tuple[tuple[str, str, str], ...]
    names: tuple[tuple[int, str], ...]
    unread: str
    """What could not be read and what to do, "" where all was read."""
