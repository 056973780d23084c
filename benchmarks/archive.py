"""Speed and memory of an archive: `python -m benchmarks.archive [--documents N ...] [--processes P] [--no-stories]`.

Adds the articles of AllSides (20,368) to a fresh archive, adds them again, groups them; prints documents a second and
the most memory that any process took. `--documents` takes the first N articles.
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

from wirecheck.archive import open_archive

DATA = pathlib.Path(__file__).parents[2] / "shared" / "data" / "allsides" / "articles.jsonl.gz"


def cut(source: pathlib.Path, folder: pathlib.Path, count: int) -> pathlib.Path:
    """Return a file with the first `count` articles of another."""
    path = folder / f"first-{count}.jsonl.gz"
    with gzip.open(source, "rb") as file, gzip.open(path, "wb", compresslevel=1) as out:
        out.writelines(itertools.islice(file, count))
    return path


def measure_memory(_: int) -> float:
    """Return the most memory that this process took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: pathlib.Path, folder: pathlib.Path, processes: int, *, stories: bool) -> None:
    """Print one line for each job on one file."""
    with open_archive(folder, create=True, processes=processes) as archive:
        added = archive.add([path])
        known = archive.add([path])
        times = added.wall_s / known.wall_s
        print(
            f"add          {added.stored:6} documents {added.wall_s:7.1f} s {added.stored / added.wall_s:7.0f}/s",
            flush=True,
        )
        print(
            f"add again    {known.stored:6} new       {known.wall_s:7.1f} s, {times:.1f} times as fast",
            flush=True,
        )
        if stories:
            start = time.perf_counter()
            found = archive.stories()
            taken = time.perf_counter() - start
            several = sum(len(s.members) > 1 for s in found)
            whole = added.wall_s + taken
            print(
                f"stories      {several:6} of several {taken:5.1f} s; with adding {added.stored / whole:.0f}/s",
                flush=True,
            )
        size = archive.info().file_bytes
        workers = max(archive.engine.map(measure_memory, range(4 * processes)))
        print(f"on disk      {size / 1e6:6.0f} MB", flush=True)
    print(f"memory       {measure_memory(0):6.0f} MB here, at most {workers:.0f} MB in each other process", flush=True)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=pathlib.Path, default=DATA)
    parser.add_argument("--documents", type=int, nargs="*", default=[1000, 20368])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-stories", action="store_true")
    options = parser.parse_args()
    for count in options.documents:
        with tempfile.TemporaryDirectory(prefix="wirecheck-benchmark-") as folder:
            print(f"{count} articles, {options.processes} processes", flush=True)
            path = cut(options.file, pathlib.Path(folder), count)
            measure(path, pathlib.Path(folder) / "archive", options.processes, stories=not options.no_stories)


if __name__ == "__main__":
    main()
