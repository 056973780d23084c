"""`wirecheck trace`: every appearance of a quotation or passage in an archive."""

from __future__ import annotations

import sys

import click


@click.command("trace")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("words", metavar="WORDS")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many appearances.")
@click.option("--jsonl", is_flag=True, help="Print one JSON object a line, with the spans.")
def command(archive: str, words: str, limit: int, jsonl: bool) -> None:
    """Show where WORDS stand, verbatim or changed, in order of time, with differences and who has it from whom."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain, say, say_json

    with open_archive(archive) as opened:
        found = opened.trace(words, limit=limit)
    names = {a.document.id: a.document.shown_name for a in found.appearances}
    for appearance in found.appearances:
        document = appearance.document
        if jsonl:
            say_json(
                {
                    "document": document.id,
                    "publisher": document.publisher,
                    "published": document.published,
                    "location": document.location,
                    "start": appearance.span.start,
                    "end": appearance.span.end,
                    "text": document.words(appearance.span),
                    "form": appearance.form,
                    "share": appearance.share,
                    "changes": [dict(zip(("kind", "asked", "here"), c, strict=True)) for c in appearance.changes],
                    "source": appearance.source,
                    "reason": appearance.reason,
                }
            )
            continue
        date = (document.published or "no date")[:16]
        say(f"{date:16}  {appearance.form:9} {plain(document.shown_name)}  ({document.id})")
        say(f"    “{plain(document.words(appearance.span))}”")
        for kind, asked, here in appearance.changes:
            said = {"inserted": f"+ {here}", "dropped": f"- {asked}", "reordered": f"moved: {here}"}
            say(f"      {plain(said.get(kind, f'{asked} → {here}'))}")
        if appearance.reason:
            say(f"      from {plain(names.get(appearance.source or '', 'another'))}: {plain(appearance.reason)}")
    say(f"{len(found.appearances)} appearances", err=True)
    if not found.appearances:
        sys.exit(1)
