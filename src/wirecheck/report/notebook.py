"""How a report shows itself where nobody asked for a form: printed, in an error message, in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from wirecheck.model import Report, StoryReport
from wirecheck.report.overview import Item, build_overview
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.rows import NOTHING_READ, Context, count_of
from wirecheck.report.unread import list_unread, tell_unread

LONGEST_TITLE = 100
MOST_STORIES = 20
"""Stories that are named when a report is printed; the others are counted."""
MOST_OVERVIEWS = 5
"""Stories of which a notebook shows the overview."""


def tell_report(report: Report) -> str:
    """Return a report as a few lines without a last newline: what was read, then each story with what it holds."""
    stories = [_tell_story(story) for story in report.stories[:MOST_STORIES]]
    return "\n".join([_tell_reading(report), *stories, *_tell_rest(report, MOST_STORIES)])


def render_fragment(report: Report) -> str:
    """Return the overview of each story as a piece of HTML: no script, no style of its own, every word escaped."""
    lines = [f"<p>{_show(_tell_reading(report))}</p>"]
    unread = list_unread(report)
    if unread:
        lines.append(f"<p><strong>{_show(tell_unread(unread))}</strong></p>")
    for story in report.stories[:MOST_OVERVIEWS]:
        lines += _render_story(report, story)
    lines += [f"<p>{_show(line)}</p>" for line in _tell_rest(report, MOST_OVERVIEWS)]
    return "<div>\n" + "\n".join(lines) + "\n</div>"


def _tell_reading(report: Report) -> str:
    if not report.documents:
        return NOTHING_READ
    publishers = len({d.publisher for d in report.documents if d.publisher})
    counts = [
        count_of(len(report.documents), "document"),
        count_of(publishers, "publisher") if publishers else "",
        count_of(len(report.stories), "story", "stories"),
        count_of(len(report.problems), "problem") if report.problems else "",
    ]
    return ", ".join(c for c in counts if c)


def _tell_story(story: StoryReport) -> str:
    of = Counter[str](f.verdict for f in story.findings)
    changed = {(g.utterance, g.relation) for g in story.quote_groups if g.relation in ("altered", "spliced")}
    of.update(relation for _, relation in changed)
    told = (
        ("conflict", "conflict", "conflicts"),
        ("compatible", "compatible difference", "compatible differences"),
        ("altered", "quotation altered", "quotations altered"),
        ("spliced", "quotation spliced", "quotations spliced"),
        ("agree", "agreement", "agreements"),
        ("single", "point that one document alone has", "points that one document alone has"),
    )
    counts = ", ".join(count_of(of[verdict], one, many) for verdict, one, many in told if of[verdict])
    title = show_on_a_line(story.story.title)
    title = title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rstrip() + "…"
    return f"{story.story.id}  {title}: {counts or 'nothing to compare'}"


def _tell_rest(report: Report, shown: int) -> list[str]:
    left = len(report.stories) - shown
    return [f"… and {count_of(left, 'more story', 'more stories')}"] if left > 0 else []


def _render_story(report: Report, story: StoryReport) -> Iterator[str]:
    context, overview = Context(report, story), build_overview(report, story)
    yield f"<h3>{_show(overview.title)}</h3>"
    yield f"<p>{_show(overview.line)}</p>"
    for group in overview.groups:
        many = f" ({len(group.items)} of {group.total:,})" if group.items and group.left else ""
        yield f"<h4>{_show(group.title)}{many}</h4>"
        yield "<ul>"
        yield from (f"<li>{_render_item(context, item)}</li>" for item in group.items)
        yield from (f"<li>{_show(note)}</li>" for note in group.notes)
        yield "</ul>"


def _render_item(context: Context, item: Item) -> str:
    shown = item.around or item.words
    place = f" <small>{_show(item.row.id)}</small>"
    if shown is None:
        return _show(item.row.sentence) + place
    words = " … ".join(f"“{_show(context.words(span))}”" for span in shown.spans)
    return f'<span dir="auto">{words}</span> ({_show(item.who)}){place}'


def _show(text: str) -> str:
    return escape(show_on_a_line(text))
