"""Clusters of processes for tests: a scheduler and workers as they are started by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

import wirecheck


def skip_without_dask() -> None:
    if find_spec("distributed") is None or find_spec("cryptography") is None:
        pytest.skip("Dask is not installed: pip install 'wirecheck[cluster]'")


@contextmanager
def start_process(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start `python -m` with arguments, without a sound; it ends with the context."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(wirecheck.__file__).parents[1]), **(environment or {})},
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def start_scheduler(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Start a scheduler on loopback; give its process and the file that it wrote its address to."""
    file = folder / "scheduler.json"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    with start_process("distributed.cli.dask_scheduler", *arguments, "--scheduler-file", str(file)) as process:
        end = time.monotonic() + 60
        while not file.exists():
            assert process.poll() is None, "the scheduler ended"
            assert time.monotonic() < end, "the scheduler wrote no file"
            time.sleep(0.05)
        yield process, file


@contextmanager
def start_worker(
    file: Path, *more: str, count: int = 1, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start workers of one thread each; with a nanny each, which starts a killed one again."""
    arguments: Sequence[str] = (
        *("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard", "--nthreads", "1"),
        *("--dashboard-address", "127.0.0.1:0"),
        *("--nworkers", str(count), "--local-directory", str(file.parent), *more),
    )
    with start_process("distributed.cli.dask_worker", *arguments, environment=environment) as process:
        yield process
