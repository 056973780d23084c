"""Speed and memory of an archive: `python -m benchmarks.archive [--documents N ...] [--synthetic N ...]`.

Adds the articles of AllSides (20,368) to a fresh archive, adds them again, groups them; prints seconds of wall clock
and of processor (of all processes together), documents a second, the most memory that each process took, and bytes on
disk. `--documents` takes the first N articles, `--synthetic` makes N of like statistics (`benchmarks/synthetic.py`) and
adds them once; `--fingerprints` makes N fingerprints alone and groups them and joins their shingles, in one process.
Figures are printed as they come. `--no-stories` only adds; `--folder` says where archives are made.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import pathlib
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.synthetic import SyntheticPrints, make_prints, write_articles
from wirecheck.archive import Archive, Progress, listing, open_archive
from wirecheck.engine import EmbeddedEngine
from wirecheck.reuse import FEWEST_SHARED, MOST_CARRIERS
from wirecheck.stories.grouping import iter_groups

DATA = pathlib.Path(__file__).parents[2] / "shared" / "data" / "allsides" / "articles.jsonl.gz"
# Documents after which the rate so far is printed.
_EVERY = 50_000


def cut(source: pathlib.Path, folder: pathlib.Path, count: int) -> pathlib.Path:
    """Return a file with the first `count` articles of another."""
    path = folder / f"first-{count}.jsonl.gz"
    with gzip.open(source, "rb") as file, gzip.open(path, "wb", compresslevel=1) as out:
        out.writelines(itertools.islice(file, count))
    return path


def measure_process(pause_s: float) -> tuple[int, float, float]:
    """Return this process, its processor seconds, and the most memory that it took, in MB; after a pause."""
    time.sleep(pause_s)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return os.getpid(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


class Meter:
    """Processor seconds and memory of this process and the engine's."""

    def __init__(self, archive: Archive, processes: int) -> None:
        self._archive = archive
        self._processes = processes
        self._seen: dict[int, tuple[float, float]] = {}

    def read(self) -> tuple[float, float, float]:
        """Return processor seconds of all, most memory of this process and of any other, in MB."""
        if self._processes > 1:
            # The pause gives each process its turn; one that has none keeps what was seen of it before.
            pauses = [0.02] * (8 * self._processes)
            self._seen.update({r[0]: r[1:] for r in self._archive.engine.map(measure_process, pauses)})
        _, used, here = measure_process(0)
        others = self._seen.values()
        return used + sum(r[0] for r in others), here, max((r[1] for r in others), default=0.0)


@contextmanager
def timed(spent: dict[str, float], module: Any, name: str) -> Iterator[None]:
    """Note the seconds that a function of a module takes."""
    function: Callable[..., Any] = getattr(module, name)

    def call(*values: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*values, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
            print(f"  {name.strip('_')} {spent[name]:.1f} s", flush=True)

    setattr(module, name, call)
    try:
        yield
    finally:
        setattr(module, name, function)


def measure(path: pathlib.Path, folder: pathlib.Path, processes: int, *, stories: bool, again: bool) -> None:
    """Print one line for each job on one file."""
    with open_archive(folder, create=True, processes=processes) as archive:
        meter = Meter(archive, processes)
        before = meter.read()[0]
        shown = [0]

        def show(progress: Progress) -> None:
            if progress.stored >= shown[0] + _EVERY:
                shown[0] = progress.stored
                size = archive.store.file_bytes() / 1e6
                print(f"  {progress.stored} stored, {progress.rate:.0f}/s so far, {size:.0f} MB", flush=True)

        added = archive.add([path], on_progress=show)
        after = meter.read()[0]
        print(
            f"add          {added.stored:7} documents {added.wall_s:8.1f} s {added.stored / added.wall_s:6.0f}/s,"
            f" processor {after - before:.1f} s",
            flush=True,
        )
        if again:
            known = archive.add([path])
            times = added.wall_s / known.wall_s
            print(
                f"add again    {known.stored:7} new       {known.wall_s:8.1f} s, {times:.1f} times as fast", flush=True
            )
        if stories:
            before = meter.read()[0]
            start = time.perf_counter()
            spent: dict[str, float] = {}
            with timed(spent, listing, "list_candidates"), timed(spent, listing, "_group"):
                found = archive.stories()
            taken = time.perf_counter() - start
            several = sum(len(s.members) > 1 for s in found)
            whole = added.wall_s + taken
            print(
                f"stories      {several:7} of several {taken:6.1f} s, processor {meter.read()[0] - before:.1f} s;"
                f" with adding {added.stored / whole:.0f}/s",
                flush=True,
            )
            start = time.perf_counter()
            archive.stories()
            print(f"stories again                   {time.perf_counter() - start:6.1f} s", flush=True)
        size = archive.store.file_bytes()
        _, here, there = meter.read()
        print(f"on disk      {size / 1e6:7.0f} MB, {size / max(1, added.stored):.0f} bytes a document", flush=True)
        print(f"memory       {here:7.0f} MB here, at most {there:.0f} MB in each other process", flush=True)


def measure_prints(prints: SyntheticPrints, count: int) -> None:
    """Print what grouping and the join of shingles take for fingerprints that are made when they are asked for."""
    made = range(count)
    start, before = time.perf_counter(), time.process_time()
    sum(len(prints.make(i).shingles) for i in made)
    making = time.process_time() - before
    print(
        f"made once    {time.perf_counter() - start:8.1f} s, processor {making:.1f} s (three times below)", flush=True
    )
    shown = [0]

    def show(done: int, all_: int) -> None:
        if done >= shown[0] + _EVERY or done == all_:
            shown[0] = done
            memory = measure_process(0)[2]
            print(f"  {done} of {all_} grouped, {time.perf_counter() - start:.0f} s, {memory:.0f} MB", flush=True)

    start, before = time.perf_counter(), time.process_time()
    found = iter_groups(map(prints.make, made), lambda places: [prints.make(i) for i in places], on_progress=show)
    groups = list(itertools.chain.from_iterable(found))
    used = time.process_time() - before
    several = sum(len(g) > 1 for g in groups)
    rest = f"without making them {used - 2 * making:.1f} s, {measure_process(0)[2]:.0f} MB at most"
    taken = time.perf_counter() - start
    print(f"grouped      {several:7} of several {taken:8.1f} s, processor {used:.1f} s, {rest}", flush=True)
    start, before = time.perf_counter(), time.process_time()
    with EmbeddedEngine() as engine:
        postings = ((i, prints.make(i).shingles) for i in made)
        pairs = engine.pairs(postings, most=MOST_CARRIERS, least=FEWEST_SHARED)
    used = time.process_time() - before
    rest = f"without making them {used - making:.1f} s, {measure_process(0)[2]:.0f} MB at most"
    taken = time.perf_counter() - start
    print(f"joined       {len(pairs.left):7} pairs      {taken:8.1f} s, processor {used:.1f} s, {rest}", flush=True)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=pathlib.Path, default=DATA)
    parser.add_argument("--documents", type=int, nargs="*", default=[1000, 20368])
    parser.add_argument("--synthetic", type=int, nargs="*", default=[])
    parser.add_argument("--fingerprints", type=int, nargs="*", default=[])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-stories", action="store_true")
    parser.add_argument("--folder", type=pathlib.Path)
    options = parser.parse_args()
    if options.fingerprints:
        prints = make_prints(options.file)
        for count in options.fingerprints:
            print(f"{count} synthetic fingerprints, one process", flush=True)
            measure_prints(prints, count)
        return
    jobs = [(count, True) for count in options.synthetic] or [(count, False) for count in options.documents]
    for count, is_synthetic in jobs:
        with tempfile.TemporaryDirectory(prefix="wirecheck-benchmark-", dir=options.folder) as name:
            folder = pathlib.Path(name)
            print(f"{count} {'synthetic ' * is_synthetic}articles, {options.processes} processes", flush=True)
            if is_synthetic:
                path = folder / "synthetic.jsonl"
                start = time.perf_counter()
                write_articles(options.file, path, count)
                megabytes = path.stat().st_size / 1e6
                print(f"made in {time.perf_counter() - start:.0f} s, {megabytes:.0f} MB", flush=True)
            else:
                path = cut(options.file, folder, count)
            stories = not options.no_stories
            measure(path, folder / "archive", options.processes, stories=stories, again=not is_synthetic)


if __name__ == "__main__":
    main()
