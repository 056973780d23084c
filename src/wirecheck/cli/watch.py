"""`wirecheck watch`: feeds, pages and folders, read again and again; what changed is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wirecheck.watching.channels import Channel

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@click.command("watch")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("targets", nargs=-1, metavar="FEED|FOLDER|ADDRESS...")
@click.option(
    "--list", "listed", metavar="FILE", help="Also watch what this file names, one a line; # begins a comment."
)
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="Time between two looks: 90s, 15m, 2h.")
@click.option("--once", is_flag=True, help="Look at everything once, tell what changed, and end: for cron.")
@click.option("--no-follow", is_flag=True, help="Leave items of feeds that have no text of their own unread.")
@click.option("--allow-network", multiple=True, metavar="CIDR", help="Also read from and send to this network.")
@click.option("--largest", type=click.IntRange(2), default=40, show_default=True, help="Compare no larger stories.")
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
@click.option("--jsonl", metavar="FILE", help="Append what changed, one JSON object a line; - is standard output.")
@click.option("--atom", metavar="FILE", help="Keep an Atom feed of the newest changes in this file.")
@click.option("--webhook", metavar="ADDRESS", help="Post what changed as JSON to this address.")
@click.option("--quiet", "-q", is_flag=True, help="Print no changes and no line for each round.")
def command(
    archive: str,
    targets: tuple[str, ...],
    listed: str | None,
    every: str,
    once: bool,
    no_follow: bool,
    allow_network: tuple[str, ...],
    largest: int,
    publishers: str | None,
    jsonl: str | None,
    atom: str | None,
    webhook: str | None,
    quiet: bool,
) -> None:
    """Add what is new at feeds, pages and in folders to an archive, and tell what changed in its stories.

    The archive is made where there is none. May be stopped at any moment and started again. robots.txt is heeded, and
    nothing outside the public internet is asked unless --allow-network says so.
    """
    import os
    import signal

    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain, say, say_json
    from wirecheck.errors import UsageError
    from wirecheck.lineage.families import read_titles
    from wirecheck.readers import is_url
    from wirecheck.readers._fetch import Fetcher
    from wirecheck.settings import Settings
    from wirecheck.watching.channels import AtomFile, JsonlFile, Lines, Webhook
    from wirecheck.watching.loop import Plan, Watcher

    given = [*targets, *(_read_list(listed) if listed is not None else ())]
    given = list(dict.fromkeys(t if is_url(t) else os.path.abspath(t) for t in given))
    settings = Settings(
        allow_fetch=True, follow_feeds=not no_follow, fetch_networks=allow_network, publishers=publishers
    )
    if publishers is not None:
        read_titles(publishers)
    plan = Plan(tuple(given), every_s=_read_duration(every), settings=settings, largest_story=largest)

    shown: list[tuple[str, str | None]] = []

    def show(event: Mapping[str, Any]) -> None:
        head = event["at"][:16].replace("T", " "), event["story"]
        if shown != [head]:  # what is told of one story together stands under one line
            shown[:] = [head]
            about = f"{plain(event['title'])} ({event['story']})" if event["story"] is not None else event["target"]
            say(f"{head[0]}  {about}")
        say(f"    {plain(event['sentence'])}")

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with Fetcher(settings) as door, open_archive(archive, create=True) as opened:
        channels: list[Channel] = []
        if jsonl == "-":
            channels.append(Lines(say_json))
        elif not quiet:
            channels.append(Lines(show))
        if jsonl is not None and jsonl != "-":
            channels.append(JsonlFile(jsonl))
        if atom is not None:
            channels.append(AtomFile(atom))
        if webhook is not None:
            channels.append(Webhook(webhook, door.post))
        for path in (p for p in (jsonl, atom) if p is not None and p != "-"):
            if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
                raise UsageError(f"no such folder: {os.path.dirname(os.path.abspath(path))}")
        note = (lambda line: None) if quiet else (lambda line: say(plain(line), err=True))
        Watcher(opened, plan, door=door, channels=channels, note=note).run(once=once)


def _read_duration(text: str) -> float:
    """Return the seconds of a duration such as 90s, 15m, 2h or 1d; raises `UsageError` for what is none."""
    from wirecheck.errors import UsageError

    match = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", text)
    if match is None:
        raise UsageError(f"a time such as 90s, 15m or 2h was expected; found {text!r}")
    return float(int(match[1]) * _UNITS[match[2]])


def _read_list(path: str) -> list[str]:
    """Return the lines of a file that name something; raises `UsageError` where it cannot be read."""
    from wirecheck.errors import UsageError

    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = [line.strip() for line in file]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    return [line for line in lines if line and not line.startswith("#")]
