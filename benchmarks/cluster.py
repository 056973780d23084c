"""One archive by one process, two, a cluster, and a cluster whose workers are killed: `python -m benchmarks.cluster`.

Each engine adds the first `--documents` articles of AllSides (5,000) to a fresh archive and answers `stories`, `reuse`
and `story` (of the largest story) as the command line does. Printed are seconds of wall clock and of processor, of all
processes of a command together, the most memory of one process, and whether the bytes are those of the first engine.
With `killed` the worker that begins the n-th task of a command is killed with it in hand (`tests/killer.py`). Exit
status 1 when any byte differs, or no worker was killed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass

import psutil

from benchmarks.archive import DATA, cut

KILLER = pathlib.Path(__file__).parents[1] / "tests" / "killer.py"
ENGINES = {
    "one": ("--processes", "1"),
    "two": ("--processes", "2"),
    "cluster": ("--cluster", "local", "--processes", "2"),
    "killed": ("--cluster", "local", "--processes", "2"),
}
# The task of each command whose worker is killed: well inside the work, and never beyond its end.
NTH = {"add": 20, "stories": 2, "reuse": 10, "story": 2}
FORMS = ("page.html", "report.json", "report.md")


@dataclass
class Run:
    """What a command gave and took; bytes are of resident memory."""

    out: bytes
    wall_s: float
    processor_s: float
    largest: int
    killed: bool


def run_command(folder: pathlib.Path, arguments: list[str], *, nth: int | None) -> Run:
    """Run a command of Wirecheck in a folder; with `nth` the worker that begins that task is killed."""
    environment = dict(os.environ)
    orders = folder / "orders"
    if nth is not None:
        shutil.rmtree(orders, ignore_errors=True)
        orders.mkdir()
        (orders / "nth").write_text(str(nth))
        environment["DASK_DISTRIBUTED__WORKER__PRELOAD"] = json.dumps([str(KILLER)])
        environment["DASK_DISTRIBUTED__WORKER__PRELOAD_ARGV"] = json.dumps([str(orders)])
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "wirecheck", *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE
    )
    seen: dict[int, tuple[float, int]] = {}
    watcher = threading.Thread(target=watch, args=(process.pid, seen), daemon=True)
    watcher.start()
    out, _ = process.communicate()
    taken = time.perf_counter() - start
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
    killed = nth is not None and (orders / f"task-{nth}").exists()
    return Run(out, taken, sum(s for s, _ in seen.values()), max(m for _, m in seen.values()), killed)


def watch(pid: int, seen: dict[int, tuple[float, int]]) -> None:
    """Note processor seconds and most memory of a process and all below it, until it has ended."""
    try:
        top = psutil.Process(pid)
        while top.is_running() and top.status() != psutil.STATUS_ZOMBIE:
            for process in (top, *top.children(recursive=True)):
                try:
                    times, memory = process.cpu_times(), process.memory_info().rss
                except psutil.Error:
                    continue
                most = max(memory, seen.get(process.pid, (0.0, 0))[1])
                seen[process.pid] = (times.user + times.system, most)
            time.sleep(0.1)
    except psutil.Error:
        pass


def ask(folder: pathlib.Path, file: pathlib.Path, engine: str) -> tuple[dict[str, Run], dict[str, str]]:
    """Return what each command took, and a digest of all that each gave."""
    folder.mkdir()
    runs: dict[str, Run] = {}
    found: dict[str, str] = {}

    def run(command: str, *arguments: str, options: tuple[str, ...] = ENGINES[engine]) -> None:
        nth = NTH[command] if engine == "killed" else None
        runs[command] = run_command(folder, [command, "archive", *arguments, *options], nth=nth)
        found[command] = hashlib.sha256(runs[command].out).hexdigest()

    run("add", str(file), "--verbose", "--quiet")
    run("stories", "--jsonl")
    run("reuse", "--csv", "-")
    listed = [json.loads(line) for line in runs["stories"].out.splitlines()]
    largest = max(listed, key=lambda s: (len(s["members"]), s["id"]))
    shutil.rmtree(folder / "archive" / "derived")
    forms = ("--html", FORMS[0], "--json", FORMS[1], "--markdown", FORMS[2])
    run("story", largest["id"], *forms, options=ENGINES[engine][:2] if "--cluster" in ENGINES[engine] else ())
    found.update({form: hashlib.sha256((folder / form).read_bytes()).hexdigest() for form in FORMS})
    for command, form in (("stories", "--documents"), ("reuse", "--graphml"), ("reuse", "")):
        arguments = [command, "archive", *([form] if form else []), *(["-"] if form == "--graphml" else [])]
        text = run_command(folder, arguments, nth=None).out
        found[" ".join(arguments)] = hashlib.sha256(text).hexdigest()
    return runs, found


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=pathlib.Path, default=DATA)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    options = parser.parse_args()
    faults = []
    with tempfile.TemporaryDirectory(prefix="wirecheck-benchmark-") as name:
        folder = pathlib.Path(name)
        path = cut(options.file, folder, options.documents)
        expected: dict[str, str] = {}
        print("engine   command    wall s  processor s  largest MB  bytes of the first engine")
        for engine in options.engines:
            runs, found = ask(folder / engine, path, engine)
            expected = expected or found
            different = [key for key in expected if found[key] != expected[key]]
            faults += [f"{engine}: {key} differs" for key in different]
            for command, run in runs.items():
                same = "differ" if command in different else "same"
                lost = ", a worker killed" if run.killed else ""
                figures = f"{run.wall_s:7.1f} {run.processor_s:12.1f} {run.largest / 1e6:11.0f}"
                print(f"{engine:8} {command:9} {figures}  {same}{lost}", flush=True)
                if engine == "killed" and not run.killed:
                    faults.append(f"killed: no worker was killed by {command}")
            shutil.rmtree(folder / engine)
    print(f"{len(expected)} answers compared: {', '.join(sorted(expected))}")
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
