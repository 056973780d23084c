"""One archive, made and asked by one process, two, a cluster, and a cluster whose workers are killed at work."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.clusters import skip_without_dask, start_scheduler, start_worker
from wirecheck.cli import commands
from wirecheck.sample import sample_folder
from wirecheck.store.database import FILE

EVENTS = 45
PUBLISHERS = ("Herald", "Post", "Courier", "Gazette", "Mirror", "Ledger", "Argus", "Echo")
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]
QUESTIONS = {
    "stories": ("stories", "--min-documents", "1", "--documents"),
    "stories as JSON": ("stories", "--min-documents", "1", "--jsonl"),
    "reuse": ("reuse",),
    "reuse as CSV": ("reuse", "--csv", "-"),
    "reuse as GraphML": ("reuse", "--graphml", "-"),
    "reuse as GEXF": ("reuse", "--gexf", "-"),
}
TABLES = {"documents": "seq", "annotations": "step, seq", "problems": "1, 2", "receipts": "1"}
Run = Callable[..., bytes]


def make_words(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in range(count)]


def write_coverage(folder: Path) -> None:
    """Write 45 events as 2 to 9 documents each: reports of their own, reprints, cut reprints and rewrites."""
    chance = random.Random(5)
    common = make_words(chance, 600)
    lines = []
    for event in range(EVENTS):
        own = make_words(chance, 60)
        names = [word.title() for word in make_words(chance, 8)]

        def sentence(own: list[str] = own, names: list[str] = names) -> str:
            words = chance.choices(own, k=6) + chance.choices(common, k=8) + chance.choices(names, k=2)
            chance.shuffle(words)
            return f"{chance.choice(names)} {' '.join(words)}."

        paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(5)]
        for number in range(chance.randint(2, 9)):
            kind = ("own", "reprint", "cut", "rewrite")[0 if number == 0 else chance.randrange(4)]
            mine = [" ".join(sentence() for _ in range(3)) for _ in range(5)]
            text = {
                "own": mine if number else paragraphs,
                "reprint": paragraphs,
                "cut": paragraphs[:3],
                "rewrite": [mine[0], *paragraphs[1:4], mine[1]],
            }[kind]
            publisher = PUBLISHERS[(event + number) % len(PUBLISHERS)]
            lines.append(
                {
                    "url": f"https://{publisher.lower()}.example/{event}-{number}",
                    "publisher": f"The {publisher}",
                    "published": f"2025-{1 + event // 28:02}-{1 + event % 28:02}T{6 + number:02}:00:00Z",
                    "title": " ".join(names[:3]),
                    "text": "\n\n".join(text) + (f"\n\nThe {PUBLISHERS[event % 8]} reported." if kind == "cut" else ""),
                }
            )
    chance.shuffle(lines)
    folder.mkdir()
    rows = [json.dumps(line) + "\n" for line in lines]
    (folder / "a.jsonl").write_text("".join(rows[:120]), "utf-8")
    with gzip.open(folder / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines([*rows[120:], '{"text": 1}\n', '{"te\n', *rows[:3]])
    for line in lines[:4]:  # the same words as pages: other documents, and versions of those with an address
        paragraphs = line["text"].replace("\n\n", "</p><p>")
        page = f"<title>{line['title']}</title><article><h1>{line['title']}</h1><p>{paragraphs}</p></article>"
        (folder / f"{line['url'].rsplit('/')[-1]}.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    with sample_folder() as sample:
        shutil.copytree(sample, folder / "sample")


def run_command(*arguments: str) -> bytes:
    result = CliRunner().invoke(commands, arguments, catch_exceptions=False)

    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def ask_everything(
    folder: Path, coverage: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, run: Run = run_command
) -> dict[str, bytes]:
    """Return all that the commands print and write of a new archive, and what is in it."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    found = {"add": run("add", "archive", str(coverage), "--verbose", "--quiet", *options)}
    with sqlite3.connect(folder / "archive" / FILE) as connection:
        for table, order in TABLES.items():
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
            found[table] = repr(rows).encode()
    for name, (command, *more) in QUESTIONS.items():
        found[name] = run(command, "archive", *more, *options)
    listed = [json.loads(line) for line in found["stories as JSON"].splitlines()]
    (story,) = [s["id"] for s in listed if any("Northern Courier" in m["location"] for m in s["members"])]
    # What the report needs is found again, where the options say.
    shutil.rmtree("archive/derived")
    forms = ("--html", "page.html", "--json", "report.json", "--markdown", "report.md")
    found["story"] = run("story", "archive", story, *forms, *(options if options[0] == "--cluster" else ()))
    for name in forms[1::2]:
        found[name] = Path(name).read_bytes()
    return found


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage") / "documents"
    write_coverage(folder)
    return folder


@pytest.fixture(scope="module")
def expected(coverage: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return ask_everything(tmp_path_factory.mktemp("one") / "a", coverage, ("--processes", "1"), monkeypatch)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder of a cluster of two workers, which the file `nth` tells when to kill one."""
    skip_without_dask()
    folder = tmp_path_factory.mktemp("cluster")
    killer = str(Path(__file__).parents[1] / "killer.py")
    with (
        start_scheduler(folder) as (_, file),
        start_worker(file, "--preload", killer, "--preload-argv", str(folder), count=2),
    ):
        yield folder


def test_the_coverage_has_stories_and_copies(expected: dict[str, bytes]) -> None:
    stories = [json.loads(line) for line in expected["stories as JSON"].splitlines()]
    reuse = expected["reuse as CSV"].decode()

    assert sum(len(s["members"]) for s in stories) > 220
    assert sum(len(s["members"]) > 2 for s in stories) > 25
    assert reuse.count("\n") > 100
    assert len(expected["report.json"]) > 20_000


def test_two_processes_give_the_bytes_of_one(
    expected: dict[str, bytes], coverage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ask_everything(tmp_path / "two", coverage, ("--processes", "2"), monkeypatch)

    assert [name for name in expected if found[name] != expected[name]] == []


def test_a_cluster_of_two_workers_gives_the_bytes_of_one_process(
    expected: dict[str, bytes], coverage: Path, cluster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--cluster", str(cluster / "scheduler.json"))
    found = ask_everything(tmp_path / "cluster", coverage, options, monkeypatch)

    assert [name for name in expected if found[name] != expected[name]] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_cluster_whose_workers_are_killed_at_work_gives_the_bytes_of_one_process(
    expected: dict[str, bytes], coverage: Path, cluster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = []

    def run_and_kill(*arguments: str) -> bytes:
        """Run a command; the first worker that begins its second piece of work ends with it in hand."""
        for number in cluster.glob("task-*"):
            number.unlink()
        (cluster / "nth").write_text("2")
        try:
            return run_command(*arguments)
        finally:
            (cluster / "nth").unlink()
            if (cluster / "task-2").exists():
                kills.append(arguments[0])

    options = ("--cluster", str(cluster / "scheduler.json"))
    found = ask_everything(tmp_path / "killed", coverage, options, monkeypatch, run_and_kill)

    assert kills == ["add", "stories", "reuse", "story"]
    assert [name for name in expected if found[name] != expected[name]] == []
