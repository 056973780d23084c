"""Points as results tell them: a verdict in words of this package, and the words of articles as quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from wirecheck.agents.backend import Compared
from wirecheck.agents.quoting import clean_date, describe_document, quote_metadata, quote_span
from wirecheck.agents.results import Origins, Point, Quote, Side, StoryEntry
from wirecheck.archive import Listing
from wirecheck.model import Finding, Report, StoryReport
from wirecheck.model import Origins as FoundOrigins
from wirecheck.report.overview import Item, build_overview
from wirecheck.report.rows import Context, Evidence, Row, Words, count_of
from wirecheck.report.sections._points import DIFFERENCES, point_row

MOST_QUOTES = 2
"""Quotes of one side: what more documents say alike is counted."""
MOST_SIDES = 4
MOST_IDS = 12
MOST_NAMED = 10
"""Documents that a result describes beyond those that it quotes."""

_SAYS = {
    "conflict": "The sides cannot both be right as written.",
    "compatible": "The sides differ, and can both be right.",
    "agree": "All of them say the same.",
    "single": "One document alone says it.",
    "undecided": "The words do not settle whether they agree.",
    "verbatim": "They quote the same words.",
    "trimmed": "One quotes a part of what the other quotes.",
    "altered": "They quote one utterance in words that differ.",
    "spliced": "One joins in a quotation what stands apart in the others.",
    "paraphrased": "One quotes what the other tells in its own words.",
}


def list_first(compared: Compared) -> list[Point]:
    """Return what an editor wants first of each story, in the order of the overview."""
    report = compared.report
    return [
        _make(context, item.row, _find(story, item.row.id), compared.story, group=group.name, best=item)
        for story, context in _list_contexts(report)
        for group in build_overview(report, story).groups
        for item in group.items
    ]


def list_points(compared: Compared, ids: Iterable[str]) -> list[Point]:
    """Return points of a report by their ids, in its order."""
    wanted = set(ids)
    return [
        _make(context, row, finding, compared.story)
        for story, context in _list_contexts(compared.report)
        for row, finding in ((point_row(context, n, f), f) for n, f in enumerate(story.findings, start=1))
        if row.id in wanted
    ]


def list_named(points: Iterable[Point]) -> list[str]:
    """Return the ids of the documents that points quote, then of others that they name, up to a number of these."""
    points = list(points)
    quotes = [q for p in points for q in ([p.best] if p.best else []) + [q for s in p.sides for q in s.quotes]]
    quoted = dict.fromkeys(q.document for q in quotes)
    named = dict.fromkeys(d for p in points for s in p.sides for d in s.documents)
    return [*quoted, *[d for d in named if d not in quoted][: max(0, MOST_NAMED - len(quoted))]]


def describe_story(compared: Compared, story: StoryReport) -> StoryEntry:
    """Return a story of a report as results name it."""
    context = Context(compared.report, story)
    titled = next((d for d in context.documents if d.title == story.story.title), None)
    return StoryEntry(
        story=compared.story or story.story.id,
        first=clean_date(story.story.first),
        last=clean_date(story.story.last),
        documents=len(context.documents),
        publishers=len({d.publisher for d in context.documents if d.publisher}),
        origins=len(story.origins) or len(context.documents),
        decisions=len(compared.report.decisions),
        title=describe_document(titled).title if titled is not None else None,
    )


def describe_listing(listing: Listing) -> StoryEntry:
    """Return a story of an archive as results name it."""
    titled = next((m for m in listing.members if m.title == listing.title), None)
    return StoryEntry(
        story=listing.id,
        first=clean_date(listing.first),
        last=clean_date(listing.last),
        documents=len(listing.members),
        publishers=len(listing.publishers),
        origins=listing.origins,
        decisions=len(listing.decisions),
        title=quote_metadata(titled.id, "title", titled.title) if titled is not None else None,
    )


def _list_contexts(report: Report) -> Iterator[tuple[StoryReport, Context]]:
    for story in report.stories:
        yield story, Context(report, story)


def _find(story: StoryReport, id: str) -> Finding | None:
    """Return the finding of a row, None for a row of quotations."""
    lead, _, number = id.rpartition("-p")
    if lead == story.story.id and number.isdigit() and 0 < int(number) <= len(story.findings):
        return story.findings[int(number) - 1]
    return None


def _make(
    context: Context, row: Row, finding: Finding | None, id: str | None, *, group: str = "", best: Item | None = None
) -> Point:
    assert context.story is not None
    told = (best.around or best.words) if best is not None else None
    return Point(
        point=row.id,
        story=id or context.story.story.id,
        group=group,
        verdict=row.verdict,
        kind=row.kind or "quotation",
        says=_tell(row, finding),
        best=_quote_words(context, told)[0] if told is not None else None,
        sides=[_make_side(context, n, e) for n, e in enumerate(row.evidence[:MOST_SIDES])],
        silent=len(row.silent),
        origins=_make_origins(finding.origins) if finding is not None and finding.origins is not None else None,
    )


def _tell(row: Row, finding: Finding | None) -> str:
    parts = [_SAYS.get(row.verdict, "")]
    if finding is not None and finding.difference is not None:
        parts.append(DIFFERENCES.get(finding.difference, "Each tells a part."))
    many = count_of(len(row.documents), "document")
    parts.append(f"{many} on {len(row.evidence)} sides." if len(row.evidence) > 1 else f"{many}.")
    if len(row.evidence) > MOST_SIDES:
        parts.append(f"The first {MOST_SIDES} sides are shown.")
    return " ".join(p for p in parts if p)


def _make_side(context: Context, number: int, evidence: Evidence) -> Side:
    quotes = [q for words in evidence.words for q in _quote_words(context, words)]
    documents = list(context.sort(w.document for w in evidence.words))
    return Side(
        side=ascii_uppercase[number],
        documents=documents[:MOST_IDS],
        quotes=_choose(quotes),
        more_quotes=len(quotes) - len(_choose(quotes)),
    )


def _choose(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the first quotes that read differently, then others, up to the limit."""
    first = list({q.quote: q for q in reversed(quotes)}.values())[::-1]
    rest = [q for q in quotes if q not in first]
    chosen = [*first, *rest][:MOST_QUOTES]
    return [q for q in quotes if q in chosen]


def _quote_words(context: Context, words: Words) -> list[Quote]:
    return [quote_span(context.document(words.document), span) for span in words.spans]


def _make_origins(found: FoundOrigins) -> Origins:
    return Origins(count=found.count, independence=found.independence)
