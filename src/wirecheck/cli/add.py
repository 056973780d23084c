"""`wirecheck add`: documents into an archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._inputs import fetching_options, read_settings, saying_options
from wirecheck.cli._options import NOTHING, UNREAD, Output, OutputCommand, output_options
from wirecheck.cli._plain import plain, say
from wirecheck.cli._progress import Line, tell_duration

if TYPE_CHECKING:
    from wirecheck.archive import Progress

# Problems that are listed on standard error.
_SHOWN = 20


@click.command("add", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@saying_options
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that read; default: one a core.")
@cluster_option
@fetching_options
@click.option("--verbose", is_flag=True, help="Print id and location of each new document once it is on disk.")
@output_options()
def command(
    archive: str,
    paths: tuple[str, ...],
    said: Mapping[str, str],
    processes: int | None,
    cluster: str | None,
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    verbose: bool,
    output: Output,
) -> None:
    """Read, fingerprint and store documents; the archive is made where there is none.

    PATH is a file, a folder of them, an address or a feed's address with --fetch, or - for JSONL on standard input.
    May be stopped at any moment and started again. What is there already is passed over; a changed text at a known
    address is a new version.
    """
    from wirecheck.archive import open_archive
    from wirecheck.naming import count_of

    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network)
    line = Line(quiet=output.quiet)

    def show(progress: Progress) -> None:
        for ident, location in zip(progress.added, progress.locations, strict=True) if verbose else ():
            line.clear()
            say(plain(f"{ident} {location}"))
        sys.stdout.flush()
        line.show(_tell_progress(progress))

    with open_archive(archive, create=True, processes=count_processes(processes, cluster), cluster=cluster) as opened:
        added = opened.add(paths, settings=settings, stdin=sys.stdin.buffer, on_progress=show, said=said)
    line.clear()
    problems = [{"location": p.location, "message": p.message} for p in added.problems]
    unread = [{"location": p.location, "message": p.message} for p in added.unread]
    output.write_one({"stored": added.stored, "known": added.known, "problems": problems, "unread": unread})
    for problem in added.problems[:_SHOWN]:
        say(plain(f"{problem.location}: {problem.message}"), err=True)
    if len(added.problems) > _SHOWN:
        say(f"… and more: `wirecheck info {archive} --problems` lists all", err=True)
    rate = (added.stored + added.known) / max(added.wall_s, 1e-6)
    speed = f" ({rate:.0f} documents/s)" if rate >= 2 and added.wall_s >= 1 else ""
    say(f"{added.stored} new, {added.known} known, in {added.wall_s:.1f} s{speed}", err=True)
    if not added.stored and not added.known:
        say("wirecheck: no document could be read; see the problems above", err=True)
        sys.exit(NOTHING)
    if added.unread:
        say(f"wirecheck: {count_of(len(added.unread), 'input')} could not be read; see above", err=True)
        sys.exit(UNREAD)


def _tell_progress(progress: Progress) -> str:
    share = f"{progress.share:4.0%}  " if progress.share is not None else ""
    left = f", {tell_duration(progress.left_s)} left" if progress.left_s is not None else ""
    known = f", {progress.known} known" if progress.known else ""
    return f"{share}{progress.stored} new{known}, {progress.rate:.0f} documents/s{left}"
