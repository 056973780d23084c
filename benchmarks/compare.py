"""Time `wirecheck compare` on one story, cold: `python -m benchmarks.compare [PATH...] [--runs 5]`.

Every run is a new process: interpreter, imports, model, five documents, JSON out. Prints the median of wall seconds and
the highest memory. The default is the gold story `nato-ukraine`.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

DEFAULT = pathlib.Path("../shared/gold/nato-ukraine")


def run_once(paths: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak resident memory in MB of one cold run."""
    with tempfile.TemporaryDirectory() as folder:
        target = str(pathlib.Path(folder) / "report.json")
        command = [sys.executable, "-m", "wirecheck", "compare", "--one-story", "--quiet", "--json", target, *paths]
        began = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
    if status != 0:
        raise SystemExit(f"the command failed with status {status}")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return took, usage.ru_maxrss / scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    paths = options.paths or [str(p) for p in sorted(DEFAULT.glob("*.txt"))]
    if not paths:
        raise SystemExit(f"no such folder: {DEFAULT}; name the files to compare")
    run_once(paths)
    results = [run_once(paths) for _ in range(options.runs)]
    seconds, memory = [r[0] for r in results], [r[1] for r in results]
    print(f"{len(paths)} paths, {options.runs} cold runs after one to warm the disk")
    print(f"wall seconds  median {statistics.median(seconds):.2f}  least {min(seconds):.2f}  most {max(seconds):.2f}")
    print(f"memory MB     most {max(memory):.0f}")


if __name__ == "__main__":
    main()
