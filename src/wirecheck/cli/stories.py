"""`wirecheck stories`: the stories of an archive."""

from __future__ import annotations

import click

from wirecheck.cli._cluster import cluster_option, count_processes


@click.command("stories")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--since", metavar="DATE", help="Only stories with a document published then or later.")
@click.option("--until", metavar="DATE", help="Only stories with a document published then or earlier.")
@click.option("--search", metavar="QUERY", help="Only stories with a document that holds these words.")
@click.option("--publisher", metavar="NAME", help="Only stories with a document of this publisher.")
@click.option(
    "--min-documents", type=click.IntRange(1), default=2, show_default=True, help="Only stories of so many documents."
)
@click.option("--documents", is_flag=True, help="List the documents of each story.")
@click.option("--jsonl", is_flag=True, help="Print one JSON object a line.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that compare; default: one a core.")
@cluster_option
def command(
    archive: str,
    since: str | None,
    until: str | None,
    search: str | None,
    publisher: str | None,
    min_documents: int,
    documents: bool,
    jsonl: bool,
    processes: int | None,
    cluster: str | None,
) -> None:
    """List stories: id, dates, documents, publishers, the most origins that there can be, title."""
    from dataclasses import asdict

    from wirecheck.archive import Filter, open_archive
    from wirecheck.cli._plain import plain, say, say_json

    wanted = Filter(since=since, until=until, search=search, publisher=publisher, min_documents=min_documents)
    with open_archive(archive, processes=count_processes(processes, cluster), cluster=cluster) as opened:
        listings = opened.stories(wanted)
    for story in listings:
        if jsonl:
            say_json(asdict(story))
            continue
        first, last = (story.first or "no date")[:10], (story.last or "")[:10]
        dates = first if last in ("", first) else f"{first} – {last}"
        say(
            f"{story.id}  {dates:23}  {len(story.members):3} documents  {len(story.publishers):3} publishers"
            f"  ≤ {story.origins} origins  {plain(story.title)}"
        )
        for sentence in story.decisions:
            say(f"    {plain(sentence)}")
        for member in story.members if documents else ():
            name, title = plain(member.publisher or member.name), plain(member.title or "")
            say(f"    {member.id}  {(member.published or '')[:10]:10}  {name}: {title}")
    say(f"{len(listings)} stories", err=True)
