"""How a report shows itself where nobody asked for a form: printed, in an error message, in a notebook."""

from __future__ import annotations

from html import escape

from wirecheck.model import Report
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.rows import NOTHING_READ, count_of, list_tallies

LONGEST_TITLE = 100
MOST_STORIES = 20
"""Stories that are named; the others are counted."""


def tell_report(report: Report) -> str:
    """Return a report as a few lines without a last newline: what was read, then each story with what it holds."""
    lines = [_tell_reading(report)]
    for story in report.stories[:MOST_STORIES]:
        counts = ", ".join(f"{count:,} {told}" for count, told, _ in list_tallies(story))
        title = show_on_a_line(story.story.title)
        title = title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rstrip() + "…"
        lines.append(f"{story.story.id}  {title}: {counts or 'nothing to compare'}")
    if len(report.stories) > MOST_STORIES:
        lines.append(f"… and {count_of(len(report.stories) - MOST_STORIES, 'more story', 'more stories')}")
    return "\n".join(lines)


def render_fragment(report: Report) -> str:
    """Return a report as a piece of HTML for a notebook: no script, no style of its own, every word escaped."""
    lead, *stories = tell_report(report).split("\n")
    items = "".join(f"<li>{escape(line)}</li>" for line in stories)
    return f"<div><p>{escape(lead)}</p>{f'<ul>{items}</ul>' if items else ''}</div>"


def _tell_reading(report: Report) -> str:
    if not report.documents:
        return NOTHING_READ
    publishers = {d.publisher for d in report.documents if d.publisher}
    parts = (
        [count_of(len(report.documents), "document"), count_of(len(publishers), "publisher")]
        if publishers
        else [count_of(len(report.documents), "document")]
    )
    parts.append(count_of(len(report.stories), "story", "stories"))
    if report.problems:
        parts.append(count_of(len(report.problems), "problem"))
    return ", ".join(parts)
