"""The option of commands whose work a cluster can do."""

from __future__ import annotations

import os

import click

from wirecheck.errors import UsageError

cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS|local",
    help="Let Dask do the work: at a scheduler's address, or in workers on this machine.",
)


def count_processes(processes: int | None, cluster: str | None) -> int:
    """Return the processes that a command works with: one a core unless it is told otherwise.

    Raises `UsageError` for a number of processes beside an address, whose workers are not counted here.
    """
    if processes is not None and cluster not in (None, "local"):
        raise UsageError("--processes counts workers of this machine; a cluster at an address has its own")
    return processes or os.cpu_count() or 1
