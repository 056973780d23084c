"""`wirecheck add`: documents into an archive."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._inputs import fetching_options, read_settings
from wirecheck.cli._plain import plain, say

if TYPE_CHECKING:
    from wirecheck.archive import Progress


@click.command("add")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that read; default: one a core.")
@cluster_option
@fetching_options
@click.option("--verbose", is_flag=True, help="Print id and location of each new document once it is on disk.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
def command(
    archive: str,
    paths: tuple[str, ...],
    processes: int | None,
    cluster: str | None,
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    verbose: bool,
    quiet: bool,
) -> None:
    """Read, fingerprint and store documents; the archive is made where there is none.

    PATH is a file, a folder of them, an address or a feed's address with --fetch, or - for JSONL on standard input.
    May be stopped at any moment and started again. What is there already is passed over; a changed text at a known
    address is a new version.
    """
    from wirecheck.archive import open_archive

    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network)
    shown = _Shown(verbose=verbose, quiet=quiet)
    with open_archive(archive, create=True, processes=count_processes(processes, cluster), cluster=cluster) as opened:
        added = opened.add(
            paths,
            settings=settings,
            stdin=sys.stdin.buffer,
            on_progress=shown.show,
        )
    shown.clear()
    for problem in added.problems[:20]:
        say(plain(f"{problem.location}: {problem.message}"), err=True)
    if len(added.problems) > 20:
        say(f"… and more: `wirecheck info {archive} --problems` lists all", err=True)
    rate = (added.stored + added.known) / max(added.wall_s, 1e-6)
    say(f"{added.stored} new, {added.known} known, in {added.wall_s:.1f} s ({rate:.0f} documents/s)", err=True)
    if not added.stored and not added.known:
        say("wirecheck: no document could be read; see the problems above", err=True)
        sys.exit(1)


class _Shown:
    """The line of progress on standard error: bytes done, documents, rate, time left."""

    def __init__(self, *, verbose: bool, quiet: bool) -> None:
        self._verbose = verbose
        self._line = not quiet
        self._terminal = sys.stderr.isatty()
        self._last = 0.0

    def show(self, progress: Progress) -> None:
        if self._verbose:
            for ident, location in zip(progress.added, progress.locations, strict=True):
                say(plain(f"{ident} {location}"))
            sys.stdout.flush()
        now = time.monotonic()
        if not self._line or now - self._last < (0.2 if self._terminal else 5.0):
            return
        self._last = now
        share = f"{progress.share:4.0%}  " if progress.share is not None else ""
        left = f"  {_duration(progress.left_s)} left" if progress.left_s is not None else ""
        known = f", {progress.known} known" if progress.known else ""
        line = f"{share}{progress.stored} new{known}  {progress.rate:.0f} documents/s{left}"
        click.echo(f"\r\x1b[K{line}" if self._terminal else line, err=True, nl=not self._terminal)

    def clear(self) -> None:
        if self._terminal and self._line:
            click.echo("\r\x1b[K", err=True, nl=False)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
