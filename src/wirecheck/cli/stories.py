"""`wirecheck stories`: the stories of an archive."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._options import NOTHING, Output, OutputCommand, Word, output_options

if TYPE_CHECKING:
    from wirecheck.archive import Listing

ORDERS = ("newest", "oldest", "documents", "publishers", "origins", "title")
COLUMNS = ("id", "title", "first", "last", "members", "earlier", "publishers", "origins", "decisions")


@click.command("stories", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--since", metavar="DATE", help="Only stories with a document published then or later.")
@click.option("--until", metavar="DATE", help="Only stories with a document published then or earlier.")
@click.option("--search", metavar="QUERY", help="Only stories with a document that holds these words.")
@click.option("--publisher", metavar="NAME", help="Only stories with a document of this publisher.")
@click.option(
    "--min-documents", type=click.IntRange(1), default=2, show_default=True, help="Only stories of so many documents."
)
@click.option("--sort", type=Word(ORDERS), default="newest", show_default=True, help="What comes first.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many stories.")
@click.option("--documents", is_flag=True, help="List the documents of each story.")
@output_options()
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that compare; default: one a core.")
@cluster_option
def command(
    archive: str,
    since: str | None,
    until: str | None,
    search: str | None,
    publisher: str | None,
    min_documents: int,
    sort: str,
    limit: int | None,
    documents: bool,
    output: Output,
    processes: int | None,
    cluster: str | None,
) -> None:
    """List stories: id, dates, documents, publishers, the most origins that there can be, title; newest first."""
    from dataclasses import asdict

    from wirecheck.archive import Filter, open_archive, sort_stories
    from wirecheck.cli._plain import say
    from wirecheck.cli._progress import showing_progress
    from wirecheck.naming import count_of

    wanted = Filter(since=since, until=until, search=search, publisher=publisher, min_documents=min_documents)
    with (
        showing_progress(),
        open_archive(archive, processes=count_processes(processes, cluster), cluster=cluster) as opened,
    ):
        found = sort_stories(opened.stories(wanted), sort)
        hint = opened.suggest_publisher(publisher) if not found and publisher is not None else ""
    shown = found[:limit]
    output.write([asdict(s) for s in shown], COLUMNS)
    for story in shown if output.shows_list else ():
        for line in tell_story(story, documents=documents):
            say(line)
    alone = (
        " of two documents or more; --min-documents 1 lists those of one"
        if not found and not hint and min_documents == 2
        else ""
    )
    count = count_of(len(found), "story", "stories")
    say(f"{len(shown)} of {count}" if len(shown) < len(found) else f"{count}{alone}{hint}", err=True)
    if not shown:
        sys.exit(NOTHING)


def tell_story(story: Listing, *, documents: bool) -> list[str]:
    """Return the lines of a story in a list, with its documents where they are wanted."""
    from wirecheck.cli._plain import plain

    first, last = (story.first or "no date")[:10], (story.last or "")[:10]
    dates = first if last in ("", first) else f"{first} – {last}"
    counts = f"{_count(len(story.members), 'document')}  {_count(len(story.publishers), 'publisher')}"
    lines = [f"{story.id}  {dates:23}  {counts}  ≤ {_count(story.origins, 'origin')}  {plain(story.title)}"]
    lines += [f"    {plain(sentence)}" for sentence in story.decisions]
    for member in story.members if documents else ():
        name, title = plain(member.publisher or member.name), plain(member.title or "")
        lines.append(f"    {member.id}  {(member.published or '')[:10]:10}  {name}: {title}")
    return lines


def _count(number: int, noun: str) -> str:
    """Return a number with its noun, as wide for one as for several."""
    return f"{number:3} {noun + ('s' if number != 1 else ''):{len(noun) + 1}}"
