"""A preload of Dask workers: the worker that begins the n-th task of a cluster kills its own process, once.

`dask worker --preload tests/killer.py --preload-argv FOLDER`: nothing happens until the folder holds a file `nth` with
a number. Each task that begins from then on takes the next number, by a file that only one process can make; the worker
whose task has the number that is asked for is gone at once, with the task in hand.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import click


def make_killer(folder: Path) -> Any:
    from distributed import WorkerPlugin

    class Killer(WorkerPlugin):
        name = "killer"

        def transition(self, key: Any, start: str, finish: str, **more: Any) -> None:
            if finish == "executing" and str(key).startswith("wirecheck-") and (folder / "nth").exists():
                nth = int((folder / "nth").read_text())
                if take_number(folder) == nth:
                    os.kill(os.getpid(), signal.SIGKILL)

    return Killer()


def take_number(folder: Path) -> int:
    number = 1
    while True:
        try:
            os.close(os.open(folder / f"task-{number}", os.O_CREAT | os.O_EXCL))
            return number
        except FileExistsError:
            number += 1


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
async def dask_setup(worker: Any, folder: Path) -> None:
    await worker.plugin_add(make_killer(folder))
