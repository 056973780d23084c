"""Kill `wirecheck add` at random moments: `python -m benchmarks.crash [--runs 100] [--documents N] [--seed S]`.

Each run adds to one archive until it is killed (SIGKILL), then opens it and checks: every acknowledged document is
there, none twice, the files are sound. When an archive is complete a new one is begun. At the end each archive is
completed and compared with one that was never interrupted. Exit status 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from wirecheck.archive import open_archive
from wirecheck.store.database import FILE


def write_articles(path: pathlib.Path, count: int) -> None:
    """Write fictional articles of a few hundred words."""
    words = ["harbour", "ferry", "tide", "council", "lamp", "channel", "quay", "master", "bridge", "storm", "union"]
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = " ".join(chance.choice(words) for _ in range(chance.randint(100, 400)))
            file.write(json.dumps({"title": f"Report {number}", "text": f"Ship {number} came in. {text}."}) + "\n")


def kill_once(archive: pathlib.Path, file: pathlib.Path, after_s: float) -> tuple[set[str], bool]:
    """Return the ids that `add` acknowledged before it was killed, and whether it was done before that."""
    command = [sys.executable, "-m", "wirecheck", "add", str(archive), str(file), "--processes", "2", "--verbose"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(after_s)
    done = run.poll() is not None
    if not done:
        os.kill(run.pid, signal.SIGKILL)
    out, _ = run.communicate()
    return {line.split(" ")[0] for line in out.decode().split("\n")[:-1]}, done


def look_at(archive: pathlib.Path, acknowledged: set[str]) -> list[str]:
    """Return what is wrong with an archive after a kill."""
    if not (archive / FILE).exists():
        return ["acknowledged documents, but no archive"] if acknowledged else []
    with open_archive(archive, create=True) as opened:
        held = [s.id for s in opened.store.list_stored()]
        faults = list(opened.check())
    if len(held) != len(set(held)):
        faults.append("a document is there twice")
    if lost := acknowledged - set(held):
        faults.append(f"{len(lost)} acknowledged documents are lost")
    return faults


def dump(archive: pathlib.Path) -> list[tuple[object, ...]]:
    """Return everything that was stored, in order."""
    with sqlite3.connect(archive / FILE) as connection:
        documents = connection.execute("SELECT * FROM documents ORDER BY seq").fetchall()
        steps = connection.execute("SELECT * FROM annotations ORDER BY step, version, seq").fetchall()
        receipts = connection.execute("SELECT * FROM receipts ORDER BY digest").fetchall()
    return [*documents, *steps, *receipts]


def main() -> None:
    """Run the kills from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    faults: list[str] = []
    kills = archives = 0
    with tempfile.TemporaryDirectory(prefix="wirecheck-crash-") as name:
        folder = pathlib.Path(name)
        file = folder / "articles.jsonl"
        write_articles(file, options.documents)
        with open_archive(folder / "whole", create=True, processes=2) as whole:
            whole.add([file])
        expected = dump(folder / "whole")
        acknowledged: set[str] = set()
        archive = folder / "killed"
        for run in range(options.runs):
            said, done = kill_once(archive, file, chance.uniform(0.05, 2.5))
            acknowledged |= said
            kills += not done
            faults += [f"run {run}: {fault}" for fault in look_at(archive, acknowledged)]
            if done or run == options.runs - 1:
                with open_archive(archive, create=True, processes=2) as opened:
                    opened.add([file])
                if dump(archive) != expected:
                    faults.append(f"run {run}: the completed archive is not the one that was never interrupted")
                archives += 1
                shutil.rmtree(archive)
                acknowledged = set()
            print(
                f"\r{run + 1} runs, {kills} kills, {archives} archives completed, {len(faults)} faults",
                end="",
                flush=True,
            )
    print()
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
