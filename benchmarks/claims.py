"""Claims of known truth put to documents: `python -m benchmarks.claims [alone] [among] [stories] [speed] [archive]`.

`alone`: fact groups that nothing was fitted on, each statement a document of its own; `among`: each stands among eight
statements of other groups; `stories`: stories with complete gold that are set apart, in whole; `--part dev` takes what
the weights were fitted on. `speed`: twenty documents, cold and warm; `archive`: one of `--documents` of them.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from training.judge.claims import KINDS, Case, list_fact_cases, list_story_cases
from wirecheck.archive import open_archive
from wirecheck.claims.check import check_documents

SHARED = Path(__file__).parents[2] / "shared"
VERDICTS = ("silent", "states", "contradicts", "differs")
BESIDE = 8
CLAIM = "The Senate voted to confirm the nominee on Thursday by 52 votes to 47."
Counts = Mapping[tuple[str, str], int]


def count_verdicts(cases: Iterable[Case], *, misses: bool = False) -> Counts:
    """Return how often each verdict was given to documents of each kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        kinds = {a.document.id: a for a in case.asked}
        report = check_documents(case.claim, [a.document for a in case.asked])
        for finding in report.findings:
            asked = kinds[finding.document]
            counts[asked.kind, finding.verdict] += 1
            if misses and VERDICTS.index(finding.verdict) != KINDS.index(asked.kind):
                print(f"{asked.kind} {asked.how}: {finding.verdict} {finding.probability:.2f}  {case.claim}")
                print(f"    {finding.reason}")
    return counts


def find_shares(counts: Counts) -> dict[str, tuple[int, int]]:
    """Return for each figure how many of how many."""

    def row(kind: str) -> int:
        return sum(counts.get((kind, v), 0) for v in VERDICTS)

    def column(verdict: str, kinds: Iterable[str] = KINDS) -> int:
        return sum(counts.get((k, verdict), 0) for k in kinds)

    return {
        "states.recall": (counts.get(("same", "states"), 0), row("same")),
        # Of what differs, that it states the claim is not wrong: "more than a hundred" for 112.
        "states.precision": (counts.get(("same", "states"), 0), column("states", ("same", "near", "conflict"))),
        "contradicts.recall": (counts.get(("conflict", "contradicts"), 0), row("conflict")),
        "contradicts.precision": (counts.get(("conflict", "contradicts"), 0), column("contradicts")),
        "differs.recall": (counts.get(("compatible", "differs"), 0), row("compatible")),
        "differs.precision": (counts.get(("compatible", "differs"), 0), column("differs")),
        "silent.kept": (counts.get(("near", "silent"), 0), row("near")),
    }


def show(title: str, counts: Counts) -> None:
    print(f"{title}\n{'':12}" + "".join(f"{v:>13}" for v in VERDICTS))
    for kind in KINDS:
        print(f"{kind:12}" + "".join(f"{counts.get((kind, v), 0):13}" for v in VERDICTS))
    for name, (part, whole) in find_shares(counts).items():
        print(f"{name:24} {part / whole if whole else 0.0:.3f}  {part}/{whole}")


def measure_speed(claim: str, given: list[str]) -> None:
    """Print how long the command takes from its start, and its processor time."""
    for label in ("first", "again"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "wirecheck", "claim", claim, *given, "-q"], check=True)
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{label}: {wall:.2f} s, {cpu:.2f} s of processor", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["alone", "among"])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--every", type=int, default=1, help="take one case in so many")
    parser.add_argument("--documents", type=int, default=20000)
    parser.add_argument("--misses", action="store_true", help="print what was told wrongly; of dev alone")
    options = parser.parse_args()
    facts, misses = options.shared / "facts", options.misses and options.part == "dev"
    cases = {
        "alone": lambda: list_fact_cases(facts, options.part),
        "among": lambda: list_fact_cases(facts, options.part, beside=BESIDE),
        "stories": lambda: list_story_cases(options.shared / "stories", options.part),
    }
    for what in options.what:
        if what in cases:
            show(
                f"{what}, {options.part}",
                count_verdicts(itertools.islice(cases[what](), 0, None, options.every), misses=misses),
            )
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "articles.jsonl"
        if {"speed", "archive"} & set(options.what):
            source = options.shared / "data/allsides/articles.jsonl.gz"
            with gzip.open(source, "rt", encoding="utf-8") as articles, lines.open("w", encoding="utf-8") as out:
                out.writelines(itertools.islice(articles, options.documents if "archive" in options.what else 20))
        if "speed" in options.what:
            few = Path(folder) / "few.jsonl"
            with lines.open(encoding="utf-8") as articles:
                few.write_text("".join(itertools.islice(articles, 20)), encoding="utf-8")
            print("20 documents")
            measure_speed(CLAIM, [str(few)])
        if "archive" in options.what:
            with open_archive(Path(folder) / "archive", create=True) as archive:
                archive.add([lines])
            print(f"an archive of the first {options.documents} documents")
            measure_speed(CLAIM, ["--archive", str(Path(folder) / "archive")])


if __name__ == "__main__":
    main()
