"""`wirecheck search`: full-text search in an archive."""

from __future__ import annotations

import sys

import click


@click.command("search")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("query", metavar="QUERY")
@click.option("--since", metavar="DATE", help="Only documents published then or later.")
@click.option("--until", metavar="DATE", help="Only documents published then or earlier.")
@click.option("--publisher", metavar="NAME", help="Only documents of this publisher.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many documents.")
@click.option("--jsonl", is_flag=True, help="Print one JSON object a line, with the spans.")
def command(
    archive: str,
    query: str,
    since: str | None,
    until: str | None,
    publisher: str | None,
    limit: int,
    jsonl: bool,
) -> None:
    """Find documents that hold all words of QUERY, best first. "A phrase" stands as it is; prefix*, -without."""
    from wirecheck.archive import Filter, open_archive
    from wirecheck.cli._plain import plain, say, say_json

    with open_archive(archive) as opened:
        hits = opened.search(query, wanted=Filter(since=since, until=until, publisher=publisher), limit=limit)
    for hit in hits:
        document = hit.document
        if jsonl:
            spans = [{"start": p.start, "end": p.end, "text": document.words(p)} for p in hit.passages]
            say_json(
                {
                    "id": document.id,
                    "title": document.title,
                    "publisher": document.publisher,
                    "published": document.published,
                    "location": document.location,
                    "passages": spans,
                }
            )
            continue
        head = [document.id, (document.published or "")[:10], document.shown_name, document.title or ""]
        say("  ".join(plain(h) for h in head if h))
        for passage, marks in zip(hit.passages, hit.marks, strict=True):
            shown, at = "", passage.start
            for mark in marks:
                words = plain(document.text[mark.start : mark.end])
                shown += plain(document.text[at : mark.start])
                shown += click.style(words, bold=True) if sys.stdout.isatty() else f"[{words}]"
                at = mark.end
            click.echo(f"    … {shown}{plain(document.text[at : passage.end])} …")
    say(f"{len(hits)} documents", err=True)
    if not hits:
        sys.exit(1)
