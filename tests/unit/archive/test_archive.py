"""The archive: what is stored once, what is a version, what is found again."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wirecheck.archive import Filter, open_archive, searching
from wirecheck.archive.searching import build_query
from wirecheck.errors import ArchiveError, UsageError
from wirecheck.store.database import FILE, MIGRATIONS

LINES = [
    {
        "url": "https://herald.example/ferry",
        "publisher": "The Herald",
        "published": "2025-03-04",
        "title": "Ferry runs aground off Sorrel Point",
        "text": "The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, hurting 14 people.\n\n“We "
        "will not sail again until every lamp on that channel is lit,” said Mara Quill, the harbour master.",
    },
    {
        "url": "https://post.example/larkspur",
        "publisher": "The Post",
        "published": "2025-03-05",
        "title": "Larkspur aground: what we know",
        "text": "The island ferry Larkspur ran aground off Sorrel Point on Tuesday and 17 people were hurt.\n\n“We "
        "will sail again when every lamp on that channel is lit,” Mara Quill told The Herald.",
    },
    {
        "url": "https://courier.example/strike",
        "publisher": "The Courier",
        "published": "2025-04-01",
        "title": "Bakers walk out in Oder",
        "text": "Bakers in Oder walked out on Tuesday over night pay. Ovens would stay cold, said Piet Haan.",
    },
]


def write_lines(path: Path, lines: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def dump(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / FILE) as connection:
        documents = connection.execute("SELECT id, text, received FROM documents ORDER BY seq").fetchall()
        return documents + connection.execute("SELECT * FROM annotations ORDER BY step, seq").fetchall()


def test_a_file_added_twice_is_stored_once(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", LINES)
    with open_archive(tmp_path / "archive", create=True) as archive:
        first = archive.add([file])
        second = archive.add([file])

        assert (first.stored, first.known) == (3, 0)
        assert (second.stored, second.known) == (0, 3)
        assert archive.check() == ()


def test_a_text_that_moved_to_another_line_or_file_is_stored_once(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", LINES)
    moved = write_lines(tmp_path / "b.jsonl", [*reversed(LINES)])
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([file])
        added = archive.add([moved])

        assert (added.stored, added.known) == (0, 3)


def test_a_document_comes_back_as_it_was_received(tmp_path: Path) -> None:
    file = tmp_path / "herald.txt"
    file.write_bytes("Ferry aground\r\n\r\nThe ferry Larkspur ran aground.\r\n".encode("utf-16"))
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([file])
        (entry,) = archive.store.list_stored()
        document = archive.document(entry.id)

        assert document is not None
        assert document.received == file.read_bytes()
        assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
        assert document.text == "Ferry aground\n\nThe ferry Larkspur ran aground.\n"


def test_a_changed_text_at_a_known_address_is_a_version_and_no_source(tmp_path: Path) -> None:
    changed = {**LINES[0], "text": LINES[0]["text"].replace("14", "15"), "modified": "2025-03-06"}
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        archive.add([write_lines(tmp_path / "b.jsonl", [changed])])
        (story,) = archive.stories(Filter(search="Larkspur"))

        assert archive.info().documents == 4
        assert archive.info().versions == 1
        assert len(story.members) == 2
        assert len(story.earlier) == 1
        assert story.publishers == ("The Herald", "The Post")


def test_an_older_version_that_comes_later_stays_the_older(tmp_path: Path) -> None:
    newer = {**LINES[0], "text": LINES[0]["text"].replace("14", "15"), "modified": "2025-03-06"}
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "b.jsonl", [newer])])
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        (story,) = archive.stories(Filter(search="Larkspur"))
        texts = [archive.store.read_documents([i])[i].text for i in story.documents]

        assert any("15 people" in text for text in texts)
        assert not any("14 people" in text for text in texts)


def test_the_order_of_adding_changes_no_story(tmp_path: Path) -> None:
    stories = []
    for order in (LINES, LINES[::-1]):
        folder = tmp_path / f"archive{len(stories)}"
        with open_archive(folder, create=True) as archive:
            for line in order:
                name = line["publisher"].split()[-1]
                archive.add([write_lines(tmp_path / f"{name}.jsonl", [line])])
            stories.append(archive.stories())

    assert stories[0] == stories[1]
    assert [len(s.members) for s in stories[0]] == [2, 1]


def test_two_processes_make_the_same_archive_as_one(tmp_path: Path) -> None:
    lines = [
        {"text": f"Report {n} of the harbour.\n\nShip {n} came in at noon.", "title": f"Ship {n}"} for n in range(300)
    ]
    file = write_lines(tmp_path / "a.jsonl", lines)
    for count in (1, 2):
        with open_archive(tmp_path / f"archive{count}", create=True, processes=count) as archive:
            archive.add([file])

    assert dump(tmp_path / "archive1") == dump(tmp_path / "archive2")


def test_derived_files_can_be_deleted(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        before = archive.stories(), archive.reuse()
        for file in (tmp_path / "archive" / "derived").iterdir():
            file.unlink()

        assert (archive.stories(), archive.reuse()) == before


def test_a_damaged_derived_file_is_made_again(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        before = archive.stories()
        for file in (tmp_path / "archive" / "derived").iterdir():
            file.write_bytes(b'{"state"')

        assert archive.stories() == before


def test_a_bad_line_is_a_problem_and_the_rest_is_stored(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", LINES)
    file.write_bytes(b'{"text": 1}\n{"te\n' + file.read_bytes())
    with open_archive(tmp_path / "archive", create=True) as archive:
        added = archive.add([file])

        assert added.stored == 3
        assert [p.location for p in added.problems] == [f"{file}:1", f"{file}:2"]
        assert list(archive.problems()) == list(added.problems)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("bridge", '"bridge"'), ('a "b c"', '"a" AND "b c"'), ("“b-c”", '"b c"'), ("a -b* c", '"a" AND "c" NOT "b"*')],
)
def test_a_query_is_words_and_phrases(query: str, expected: str) -> None:
    assert build_query(query) == expected


def test_search_finds_phrases_and_marks_them(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        (hit,) = archive.search('"every lamp" -post', wanted=Filter(publisher="Herald"))

        assert hit.document.words(hit.marks[0][0]) == "every lamp"
        assert hit.document.words(hit.passages[0]).startswith("“We will not sail")


def test_search_and_trace_read_what_they_find_only_and_no_earlier_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**LINES[0], "text": LINES[0]["text"].replace("14", "15"), "modified": "2025-03-06"}
    words = "every lamp"
    monkeypatch.setattr(searching, "_AT_A_TIME", 1)
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        archive.add([write_lines(tmp_path / "b.jsonl", [changed])])
        newest, _ = searching.list_versions(archive.store.list_stored())
        fitting = sorted(s.id for s in newest if words in archive.store.read_documents([s.id])[s.id].text)
        monkeypatch.setattr(archive.store.__class__, "list_stored", None)

        assert archive.store.count_newest() == len(newest) == 3
        assert sorted(h.document.id for h in archive.search(f'"{words}"')) == fitting
        assert [h.document.id for h in archive.search(f'"{words}"', limit=1)] == [
            h.document.id for h in archive.search(f'"{words}"')[:1]
        ]
        traced = {
            a.document.id
            for a in archive.trace("We will not sail again until every lamp on that channel is lit").appearances
        }
        assert traced == set(fitting)


@pytest.mark.parametrize("query", ["", '""', "-ferry", "*"])
def test_a_query_without_words_is_refused(tmp_path: Path, query: str) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive, pytest.raises(UsageError):
        archive.search(query)


def test_a_trace_shows_both_forms_in_order_of_time_and_where_they_differ(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        found = archive.trace("We will not sail again until every lamp on that channel is lit").appearances

        assert [(a.document.publisher, a.form) for a in found] == [("The Herald", "verbatim"), ("The Post", "altered")]
        assert ("dropped", "not", "") in found[1].changes
        assert ("replaced", "until", "when") in found[1].changes
        assert found[1].source == found[0].document.id
        assert found[1].reason == "The Post credits The Herald beside the words."


def test_a_trace_of_words_that_are_nowhere_is_empty(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])

        assert archive.trace("The orchestra played the second symphony twice").appearances == ()


def test_reuse_names_both_sides(tmp_path: Path) -> None:
    text = " ".join(f"The {w} clerk counted {w} crates on the quay before the tide came in." for w in "abcdefghijkl")
    lines = [
        {"text": text, "title": "Crates", "publisher": "A", "published": "2025-01-01", "url": "https://a.example/1"},
        {
            "text": text + " It rained.",
            "title": "Quay",
            "publisher": "B",
            "published": "2025-01-03",
            "url": "https://b.example/1",
        },
        LINES[2],
    ]
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", lines)])
        (pair,) = archive.reuse()

        assert pair.near_duplicate
        assert pair.left_share > 0.9
        assert pair.relation is not None


def test_no_archive_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no archive"):
        open_archive(tmp_path / "nothing")


def test_a_folder_of_other_files_is_not_made_an_archive(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"x")

    with pytest.raises(UsageError, match="other files"):
        open_archive(tmp_path, create=True)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE notes (x)")

    with pytest.raises(ArchiveError, match="another program"):
        open_archive(tmp_path)


def test_an_archive_that_was_emptied_is_not_taken_for_one_without_documents(tmp_path: Path) -> None:
    open_archive(tmp_path, create=True).close()
    (tmp_path / FILE).write_bytes(b"")

    with pytest.raises(ArchiveError, match="holds nothing"):
        open_archive(tmp_path)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    open_archive(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")

    with pytest.raises(ArchiveError, match="newer"):
        open_archive(tmp_path)


def test_an_archive_of_an_earlier_format_is_brought_up_to_date(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        archive.store._connection.execute("DROP TABLE digests")
        archive.store._connection.execute("DROP TABLE pairs")
        archive.store._connection.execute("PRAGMA user_version = 1")
    with open_archive(tmp_path / "archive") as archive:
        version = archive.store._one("PRAGMA user_version")

        assert version == (len(MIGRATIONS),)
        assert archive.info().documents == 3
        assert archive.check() == ()


def test_a_full_disk_is_one_error_and_a_usable_archive(tmp_path: Path) -> None:
    lines = [{"text": f"Report {n}. " + "The tide came in. " * 50} for n in range(500)]
    file = write_lines(tmp_path / "b.jsonl", lines)
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        (pages,) = archive.store._connection.execute("PRAGMA page_count").fetchone()
        archive.store._connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.add([file])
    with open_archive(tmp_path / "archive") as archive:
        assert archive.check() == ()
        assert archive.info().documents >= 3

        archive.add([file])
        assert archive.info().documents == 503


def test_a_limit_on_the_size_of_files_is_one_error_and_a_usable_archive(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    lines = [{"text": f"Report {n}. " + "The tide came in. " * 50} for n in range(500)]
    file = write_lines(tmp_path / "a.jsonl", lines)
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "sys.argv = ['wirecheck', 'add', *sys.argv[1:], '--processes', '1']\n"
        "from wirecheck.cli import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "archive"), str(file)], capture_output=True, text=True
    )

    assert resource is not None
    assert run.returncode == 2
    assert len([line for line in run.stderr.splitlines() if line.startswith("wirecheck: the archive")]) == 1
    with open_archive(tmp_path / "archive") as archive:
        assert archive.check() == ()
        archive.add([file])
        assert archive.info().documents == 500


def test_a_folder_that_cannot_be_made_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ArchiveError, match="no archive can be made"):
        open_archive(tmp_path / "file" / "archive", create=True)


def test_an_archive_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        archive.store._connection.execute("PRAGMA query_only = 1")
        assert len(archive.search("Larkspur")) == 2
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.add([write_lines(tmp_path / "b.jsonl", [{"text": "Another text."}])])


def test_two_processes_that_add_at_once_store_everything_once(tmp_path: Path) -> None:
    lines = [
        {"text": f"Report {n} of the harbour. Ship {n} came in.", "url": f"https://a.example/{n}"} for n in range(300)
    ]
    file = write_lines(tmp_path / "a.jsonl", lines)
    command = [sys.executable, "-m", "wirecheck", "add", str(tmp_path / "archive"), str(file), "--processes", "1"]
    runs = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]

    assert [run.wait(120) for run in runs] == [0, 0]
    for run in runs:
        run.communicate()
    with open_archive(tmp_path / "archive") as archive:
        assert archive.info().documents == 300
        assert archive.check() == ()


def test_processes_that_make_one_archive_at_the_same_moment_all_open_it(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\n"
        "from wirecheck.store.database import open_database\n"
        "while time.time() < float(sys.argv[2]): pass\n"
        "open_database(pathlib.Path(sys.argv[1]), create=True)\n"
    )
    for turn in range(5):
        moment = str(time.time() + 0.5)
        command = [sys.executable, "-c", code, str(tmp_path / f"archive{turn}"), moment]
        runs = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
        assert [run.communicate(timeout=120)[1] for run in runs] == [""] * 4


def kill_while_adding(folder: Path, file: Path, after_s: float) -> set[str]:
    """Kill `add` and all its processes after some time; return the ids that it had acknowledged."""
    command = [sys.executable, "-m", "wirecheck", "add", str(folder), str(file), "--processes", "2", "--verbose"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(after_s)
    os.kill(run.pid, signal.SIGKILL)
    out, _ = run.communicate()
    lines = out.decode().split("\n")[:-1]  # a last line without its end was not said
    return {line.split(" ")[0] for line in lines}


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
def test_killed_while_adding_an_archive_holds_what_was_acknowledged_and_goes_on(tmp_path: Path) -> None:
    lines = [{"text": f"Report {n} of the harbour. Ship {n} came in."} for n in range(2000)]
    file = write_lines(tmp_path / "a.jsonl", lines)
    moments = random.Random(5)
    acknowledged: set[str] = set()
    for _ in range(4):
        acknowledged |= kill_while_adding(tmp_path / "archive", file, moments.uniform(0.3, 2.0))
        if not (tmp_path / "archive" / FILE).exists():
            continue
        with open_archive(tmp_path / "archive") as archive:
            held = [s.id for s in archive.store.list_stored()]
            assert acknowledged <= set(held)
            assert len(held) == len(set(held))
            assert archive.check() == ()
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([file])
        assert archive.info().documents == 2000


def test_a_query_counts_a_word_once_and_is_bounded(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])

        assert archive.search("lamp* " * 600) == archive.search("lamp*")
        assert archive.search(" ".join(f"-x{n}" for n in range(60)) + " lamp")
        for query in (" ".join(f"a{n}*" for n in range(65)), "a* " * 3000):
            with pytest.raises(UsageError, match=r"^(at most|a query of at most)"):
                archive.search(query)
