"""What `check` says of damage: each row on its own, whatever is wrong with another; and what it saves."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import Archive, open_archive
from wirecheck.cli import commands
from wirecheck.errors import ArchiveError, UsageError
from wirecheck.store.database import FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", [*LINES, {"no": "text"}])])
        ids = [s.id for s in archive.store.list_stored()]
        archive.decide("same-origin", ids[:2], who="Jo Lund", note="One wire.")
        archive.decide("other-story", ids[1:], who="Jo Lund")
        archive.decide("withdrawn", ["2"], who="Jo Lund")
    return tmp_path / "archive"


def change(folder: Path, query: str) -> None:
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute(query)


def names(archive: Archive) -> list[str | None]:
    return [d.publisher for d in archive.documents()]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("UPDATE documents SET publisher = 'The Gazette' WHERE seq = 2", "document 2 (.*a.jsonl:2): it is not what"),
        ("UPDATE documents SET title = 'Ferry lost' WHERE seq = 2", "document 2 (.*): it is not what"),
        ("UPDATE documents SET url = 'https://other.example/' WHERE seq = 2", "document 2 (.*): it is not what"),
        ("UPDATE documents SET furniture = '[0, 9]' WHERE seq = 2", "document 2 (.*): it is not what"),
        ("UPDATE documents SET received = x'00' WHERE seq = 2", "document 2 (.*): it is not what"),
        ("UPDATE annotations SET payload = x'01' WHERE seq = 2", "fingerprint/2 of document 2 (.*): it is not what"),
        ("DELETE FROM annotations WHERE seq = 2", "fingerprint/2 of document 2 (.*): it is gone"),
        ("UPDATE decisions SET who = 'Piet Haan' WHERE id = 1", "decision 1: it is not what"),
        ("DELETE FROM decisions WHERE id = 3", "decision 3: it is gone"),
        ("UPDATE problems SET message = 'none'", "a problem: it is gone"),
    ],
)
def test_a_row_that_is_not_what_was_written_is_named(folder: Path, query: str, said: str) -> None:
    change(folder, query)
    with open_archive(folder) as archive:
        faults = archive.check()

    pattern = re.escape(said).replace(r"\.\*", ".*")
    assert [f for f in faults if re.match(pattern, f)], faults


def test_a_damaged_document_hides_no_other(folder: Path) -> None:
    change(folder, "UPDATE documents SET received = x'00ff' WHERE seq = 1")
    change(folder, "UPDATE documents SET sha256 = 'no' WHERE seq = 3")
    with open_archive(folder) as archive:
        faults = archive.check()

    assert [f.split(" (")[0] for f in faults] == ["document 1", "document 3"]


@pytest.mark.parametrize("query", ["received = x'00ff'", "furniture = '[1'", "title_start = 9, title_end = 3"])
def test_reading_a_damaged_document_is_an_error_that_names_the_way_out(folder: Path, query: str) -> None:
    change(folder, f"UPDATE documents SET {query} WHERE seq = 1")
    with open_archive(folder) as archive, pytest.raises(ArchiveError, match=r"damaged.*wirecheck check"):
        list(archive.store.iter_documents(received=True))


def test_a_damaged_fingerprint_is_an_error_that_names_the_way_out(folder: Path) -> None:
    change(folder, "UPDATE annotations SET payload = x'01' WHERE seq = 2")
    with open_archive(folder) as archive, pytest.raises(ArchiveError, match=r"damaged.*wirecheck check"):
        archive.stories()


def test_what_is_whole_is_saved_and_adding_again_brings_the_rest(folder: Path, tmp_path: Path) -> None:
    change(folder, "UPDATE documents SET publisher = 'The Gazette' WHERE seq = 2")
    change(folder, "UPDATE annotations SET payload = x'01' WHERE seq = 1")
    change(folder, "UPDATE decisions SET note = 'Two wires.' WHERE id = 1")
    run = CliRunner().invoke(commands, ["check", str(folder), "--save", str(tmp_path / "saved")])

    assert run.exit_code == 1
    assert "2 documents, 2 decisions; lost: 1 document, 1 decision" in run.stderr
    with open_archive(tmp_path / "saved") as saved:
        assert names(saved) == [LINES[0]["publisher"], LINES[2]["publisher"]]
        assert saved.check() == ()
        assert len(saved.problems()) == 1
        lost, other, withdrawn = saved.decisions()
        assert (lost.note, lost.ruling) == ("this decision was damaged and could not be saved", "withdrawn")
        assert (other.set_aside_by, withdrawn.subject) == (3, "2")
        saved.stories()
        assert saved.add([tmp_path / "a.jsonl"]).stored == 1


def test_nothing_is_saved_over_files(folder: Path, tmp_path: Path) -> None:
    with open_archive(folder) as archive, pytest.raises(UsageError, match="holds files"):
        archive.save(tmp_path)


def test_what_is_written_later_has_its_digest_too(folder: Path, tmp_path: Path) -> None:
    with open_archive(folder) as archive:
        archive.add([write_lines(tmp_path / "b.jsonl", [{"text": "Another text, said the harbour master."}])])
        archive.store.write_payloads("fingerprint", 1, archive.store.read_payloads("fingerprint", 1, [1]).items())

        assert archive.check() == ()
