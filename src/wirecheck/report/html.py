"""The page: the report as one HTML file that asks for nothing, runs nothing but its own script, and reads without it.

Article text reaches the page through the templates alone, and there every value is escaped: `make_environment` is the
one place. The policy of the page allows the one style sheet and the one script by their digests, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from wirecheck.model import Document, Report, Span, StoryReport
from wirecheck.report.overview import Group, Item, build_overview
from wirecheck.report.plain import cut_pieces, shorten, show_plainly
from wirecheck.report.rows import (
    Context,
    Evidence,
    Layout,
    Note,
    Part,
    Row,
    Words,
    count_of,
    group_words,
    order_in_time,
    repeats_words,
)
from wirecheck.report.sections import Section, list_sections
from wirecheck.report.shown import (
    CellShown,
    GroupShown,
    ItemShown,
    LineShown,
    LinkShown,
    NoteShown,
    PageShown,
    PartShown,
    PlaceShown,
    RowShown,
    SectionShown,
    SegmentShown,
    SheetShown,
    SideShown,
    StoryShown,
    WhyShown,
)
from wirecheck.report.unread import list_unread, tell_unread
from wirecheck.text.shown_dates import show_date

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# The sides of a row are highlighted in this many ways; a further side is shown like the first.
SIDES = "abcd"
# A note shows the words of this many passages; one link shows all of them in the documents.
MOST_NOTE_SPANS = 3
# Longer words are cut: a shared passage may be the whole document, and the link shows it there.
LONGEST_WORDS = 600
# Words of a note beyond this many characters are cut; the link shows them whole.
LONGEST_NOTE_WORDS = 90

# Filters stand in this order: verdicts of points, then relations of quotations.
_FILTERS = (
    "conflict", "compatible", "undecided", "agree", "single",
    "altered", "spliced", "paraphrased", "trimmed", "verbatim",
)  # fmt: skip
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"\n")
_NONE = "'none'"


def render_html(report: Report) -> str:
    """Return the report as one self-contained page; the same report gives the same text."""
    return render_template(report, make_environment().get_template("page.html.jinja"))


def render_template(report: Report, template: Template, *, served: bool = False, **more: object) -> str:
    """Return the report by a template that extends `page.html.jinja`, which gets `more` too.

    A page that is `served` may use the style sheets, scripts and forms of the server that it comes from.
    """
    style, script = _read_static("page.css"), _read_static("page.js")
    return template.render(
        page=_Builder(report).page(),
        style=_Trusted(style),
        script=_Trusted(script),
        policy=content_policy(style, script, served=served),
        **more,
    )


def page_policy(*, served: bool = False) -> str:
    """Return the Content-Security-Policy of the page."""
    return content_policy(_read_static("page.css"), _read_static("page.js"), served=served)


def content_policy(style: str, script: str, *, served: bool = False) -> str:
    """Return the Content-Security-Policy that allows this style sheet, this script, and images inside the page."""
    own = "'self' " if served else ""
    return (
        f"default-src 'none'; style-src {own}'{_digest(style)}'; script-src {own}'{_digest(script)}'; "
        f"img-src data:; {'connect-src ' + own.strip() + '; ' if served else ''}"
        f"base-uri 'none'; form-action {own.strip() or _NONE}"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _read_static(name: str) -> str:
    return (resources.files("wirecheck.report") / "static" / name).read_text("utf-8")


@cache
def make_environment(*packages: str) -> Environment:
    """Return the templates, those of `packages` first; every value that they print is made harmless and escaped."""
    import jinja2
    import markupsafe

    def load(name: str) -> str:
        found = [resources.files(package) / "templates" / name for package in (*packages, "wirecheck.report")]
        return next((f for f in found if f.is_file()), found[-1]).read_text("utf-8")

    def print_value(value: Any) -> Any:
        if isinstance(value, _Trusted):
            return markupsafe.Markup(value.text)
        return show_plainly(value) if isinstance(value, str) and not hasattr(value, "__html__") else value

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        finalize=print_value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class _Trusted:
    """Text of our own files, printed as it is."""

    text: str


class _Builder:
    """Builds what the template shows; documents are numbered over the whole report, by story, then by time."""

    def __init__(self, report: Report) -> None:
        self.report = report
        story = {d: n for n, s in reversed([*enumerate(report.stories)]) for d in s.story.documents}
        last = len(report.stories)
        self.documents = sorted(report.documents, key=lambda d: (story.get(d.id, last), order_in_time(d)))
        self.number = {d.id: n for n, d in enumerate(self.documents)}
        self.anchors: dict[str, set[int]] = {d.id: set() for d in self.documents}
        self.borders: dict[str, set[int]] = {d.id: set() for d in self.documents}

    def page(self) -> PageShown:
        report, sections = self.report, list_sections()
        stories = tuple(self._story(s, sections) for s in report.stories)
        own = [self._section(Context(report), s, "") for s in sections if s.scope == "report"]
        contexts = [Context(report, s) for s in report.stories]
        shown = {d.id: d.shown_name for d in self.documents}
        shown |= {d.id: c.shown(d.id) for c in contexts for d in c.documents}
        names = list(shown.values())
        # Over several stories one publisher has many documents: there the name of the document goes with it.
        shown = {d.id: _tell_apart(shown[d.id], d.name, names) for d in self.documents}
        many = f"Wirecheck: {count_of(len(stories), 'story', 'stories')}"
        present = {
            r.row.verdict: (r.row.verdict, r.row.label, r.row.tone)
            for story in stories
            for section in story.sections
            for part in section.parts
            for r in (*part.first, *part.more)
            if r.row.verdict
        }
        return PageShown(
            title=stories[0].title if len(stories) == 1 else many,
            version=report.version,
            stories=stories,
            whole=tuple(s for s in own if s.parts),
            sheets=tuple(self._sheet(d, shown[d.id]) for d in self.documents),
            verdicts=tuple(present[v] for v in _FILTERS if v in present),
            names=tuple((self.number[d.id], shown[d.id]) for d in self.documents),
            unread=tell_unread(unread) if (unread := list_unread(report)) else "",
        )

    def _story(self, story: StoryReport, sections: Iterable[Section]) -> StoryShown:
        context = Context(self.report, story)
        prefix = story.story.id
        shown = tuple(self._section(context, s, f"{prefix}-") for s in sections if s.scope == "story")
        rows = [r for s in shown for p in s.parts for r in (*p.first, *p.more)]
        overview = build_overview(self.report, story)
        present = {s.name for s in shown if s.parts}
        points = [r for r in rows if r.row.id.startswith(f"{prefix}-p") and r.row.verdict != "undecided"]
        return StoryShown(
            id=prefix,
            title=story.story.title,
            line=overview.line,
            groups=tuple(self._group(context, g, g.section in present) for g in overview.groups),
            sections=tuple(s for s in shown if s.parts),
            names=tuple(context.shown(d.id) for d in sorted(context.documents, key=order_in_time)),
            lines=tuple(self._line(context, r) for r in points) if len(context.documents) > 1 else (),
        )

    def _group(self, context: Context, group: Group, has_section: bool) -> GroupShown:
        assert context.story is not None
        told = f"{len(group.items)} of {group.total:,}" if group.left else f"{group.total:,}"
        return GroupShown(
            name=group.name,
            title=group.title,
            told=told if group.items else "",
            href=f"#{context.story.story.id}-{group.section}" if has_section else "",
            items=tuple(self._item(context, i) for i in group.items),
            notes=group.notes,
        )

    def _item(self, context: Context, item: Item) -> ItemShown:
        """Return an item of the overview; in the documents it shows what its row shows."""
        shown = self._row(context, item.row, "rows")
        words = item.around or item.words
        cuts = []
        if words is not None:
            document = context.document(words.document)
            cuts = [shorten(cut_pieces(document, span, words.marks), LONGEST_WORDS) for span in words.spans]
        links: dict[str, LinkShown] = {}
        for number, evidence in enumerate(item.row.evidence):
            for one in evidence.words:
                if one.document not in links:
                    links[one.document] = self._link(context, one.spans, SIDES[number % len(SIDES)])
        voiced = words.document if words is not None and item.voice else None
        ordered = sorted(links, key=lambda d: (d != voiced, self.number[d]))
        return ItemShown(
            row=item.row,
            at=shown.at,
            numbers=shown.numbers,
            runs=tuple(run for run, _, _ in cuts),
            cut=any(before or after for _, before, after in cuts),
            voice=item.voice if len(links) > 1 else "",
            count=item.count,
            contexts=tuple(self._place(context, (words,), "a") for words in item.contexts),
            places=tuple(links[d] for d in ordered),
        )

    def _section(self, context: Context, section: Section, prefix: str) -> SectionShown:
        parts = tuple(self._part(context, p) for p in section.build(context))
        count = sum(len(p.part.rows) for p in parts if not p.part.title and p.part.layout != "documents")
        return SectionShown(f"{prefix}{section.name}", section.name, section.title, count, parts)

    def _part(self, context: Context, part: Part) -> PartShown:
        rows = tuple(self._row(context, r, part.layout) for r in part.rows)
        # One row alone is not worth a fold.
        shown = part.shown if len(rows) > part.shown + 1 or not part.shown else len(rows)
        return PartShown(part, rows[:shown], rows[shown:])

    def _row(self, context: Context, row: Row, layout: Layout) -> RowShown:
        sides, at = [], []
        for number, evidence in enumerate(row.evidence):
            letter = SIDES[number % len(SIDES)]
            sides.append(self._side(context, evidence, letter))
            at += [self._at(s, letter) for w in evidence.words for s in w.spans]
        notes = [self._names(context, n) if layout == "brief" else self._note(context, n) for n in row.notes]
        return RowShown(
            row=row,
            at=" ".join(at),
            numbers=" ".join(str(self.number[d]) for d in row.documents),
            sides=tuple(sides),
            notes=tuple(n for n in notes if not n.detail),
            details=tuple(n for n in notes if n.detail),
            why=tuple(WhyShown(self._note(context, w.note), w.terms, w.remarks) for w in row.why),
            silent=context.names(row.silent) if row.verdict not in ("", "single") else "",
            repeats=repeats_words(context, row),
        )

    def _side(self, context: Context, evidence: Evidence, letter: str) -> SideShown:
        groups = group_words(context, evidence.words)
        return SideShown(letter, evidence.caption, tuple(self._place(context, g, letter) for g in groups))

    def _place(self, context: Context, group: tuple[Words, ...], letter: str) -> PlaceShown:
        first = group[0]
        document = context.document(first.document)
        runs = [shorten(cut_pieces(document, s, first.marks), LONGEST_WORDS) for s in first.spans]
        return PlaceShown(
            links=tuple(self._link(context, w.spans, letter) for w in group),
            runs=tuple(run for run, _, _ in runs),
            note=first.note,
            cut=any(before or after for _, before, after in runs),
        )

    def _link(self, context: Context, spans: Sequence[Span], letter: str) -> LinkShown:
        at = " ".join(self._at(s, letter) for s in spans)
        return LinkShown(context.shown(spans[0].document), self._href(spans[0]), at)

    def _note(self, context: Context, note: Note) -> NoteShown:
        spans = sorted(set(note.spans), key=context.place)
        places = []
        for span in spans[:MOST_NOTE_SPANS]:
            document = context.document(span.document)
            pieces, _, cut = shorten(cut_pieces(document, span, ()), LONGEST_NOTE_WORDS)
            places.append(PlaceShown((self._link(context, (span,), "a"),), (pieces,), cut=cut))
        rest = spans[MOST_NOTE_SPANS:]
        more = None
        if rest:
            told = f"and {count_of(len(rest), 'more passage')}"
            more = LinkShown(told, self._href(rest[0]), " ".join(self._at(s, "a") for s in spans))
        return NoteShown(note.text, tuple(places), more, note.detail)

    def _names(self, context: Context, note: Note) -> NoteShown:
        """Return a note with one link for each document that it rests on, its words left to the note."""
        spans: dict[str, list[Span]] = {}
        for span in sorted(set(note.spans), key=context.place):
            spans.setdefault(span.document, []).append(span)
        links = tuple(self._link(context, many, "a") for many in spans.values())
        return NoteShown(note.text, (PlaceShown(links, ()),) if links else (), None)

    def _at(self, span: Span, letter: str) -> str:
        """Return a span as the script reads it, and remember that the text is cut at its borders."""
        self.borders[span.document] |= {span.start, span.end}
        return f"{self.number[span.document]}:{span.start}-{span.end}{letter}"

    def _href(self, span: Span) -> str:
        self.borders[span.document].add(span.start)
        self.anchors[span.document].add(span.start)
        return f"#t{self.number[span.document]}-{span.start}"

    def _line(self, context: Context, shown: RowShown) -> LineShown:
        row = shown.row
        sides: dict[str, dict[str, str]] = {}
        for number, evidence in enumerate(row.evidence):
            if evidence.is_side and row.verdict in ("conflict", "compatible"):
                told = evidence.caption or " … ".join(context.words(s) for s in evidence.words[0].spans)
                for document in {*evidence.documents, *(w.document for w in evidence.words)}:
                    sides.setdefault(document, {})[SIDES[number % len(SIDES)]] = told
        cells = []
        stating = frozenset(row.documents).difference(row.silent)
        for one in sorted(context.documents, key=order_in_time):
            own = sides.get(one.id, {})
            if one.id not in stating:
                cells.append(CellShown("–", "silent", "silent"))
            elif own:
                letters = sorted(own)
                told = "; ".join(" ".join(own[letter].split())[:LONGEST_NOTE_WORDS] for letter in letters)
                cells.append(CellShown(" ".join(map(str.upper, letters)), f"says: {told}", f"side-{letters[0]}"))
            else:
                cells.append(CellShown("●", "states it", "stated"))
        return LineShown(row, shown.numbers, tuple(cells))

    def _sheet(self, document: Document, shown: str) -> SheetShown:
        about = [document.name] if document.name != shown else []
        about += [f"modified {show_date(document.modified)}"] if document.modified is not None else []
        about += [f"by {document.author}"] if document.author is not None else []
        return SheetShown(
            number=self.number[document.id],
            document=document,
            shown=shown,
            publisher=document.publisher or "",
            when=show_date(document.published) if document.published is not None else "",
            title=(document.title or "") if document.title_span is None else "",
            about=tuple(about),
            href=_web_address(document.url) or _web_address(document.location),
            paragraphs=tuple(self._paragraphs(document)),
        )

    def _paragraphs(self, document: Document) -> Iterable[tuple[SegmentShown, ...]]:
        """Yield the paragraphs of a document, each cut wherever a span begins or ends."""
        title = document.title_span
        borders = set(self.borders[document.id])
        borders |= {b for f in document.furniture for b in (f.start, f.end)}
        borders |= {title.start, title.end} if title is not None else set()
        ordered = sorted(borders)
        anchors = deque(sorted(self.anchors[document.id]))
        parting = _BLANK_LINE if _BLANK_LINE.search(document.text) else _LINE_END
        start = 0
        breaks = {m.span() for m in parting.finditer(document.text)} | {(len(document.text), len(document.text))}
        breaks |= {(title.start, title.start), (title.end, title.end)} if title is not None else set()
        for end, following in sorted(breaks):
            if start < end and document.text[start:end].strip():
                first = bisect_right(ordered, start)
                cuts = [start, *ordered[first : bisect_left(ordered, end)], end]
                yield tuple(self._segment(document, a, b, anchors) for a, b in pairwise(cuts))
            start = max(start, following)
        if anchors:
            yield (self._segment(document, len(document.text), len(document.text), anchors),)

    def _segment(self, document: Document, start: int, end: int, anchors: deque[int]) -> SegmentShown:
        """Return a run of text; it takes the anchors up to its start from the front of `anchors`."""
        own = []
        while anchors and (anchors[0] <= start or start == end):
            own.append(anchors.popleft())
        title = document.title_span
        return SegmentShown(
            start=start,
            text=document.text[start:end],
            anchors=tuple(own),
            furniture=document.is_furniture(start, end),
            title=title is not None and title.start <= start and end <= title.end,
        )


def _tell_apart(shown: str, name: str, names: list[str]) -> str:
    return shown if names.count(shown) == 1 or shown == name else f"{shown} ({name})"


def _web_address(location: str | None) -> str | None:
    """Return an address that a reader may follow, or None for a path and for any other scheme."""
    if location is None:
        return None
    try:
        parts = urlsplit(location)
    except ValueError:
        return None
    return location if parts.scheme in ("http", "https") and parts.netloc else None
