"""A folder that may be read and not written: one clear error from `add`, and all other commands work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import open_archive

SOURCE = str(Path(__file__).parents[3] / "src")
# Root may write everywhere; without this capability permissions count for root too, from the next program on.
WITHOUT_OVERRIDE = (
    "import ctypes, os, sys\n"
    "PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1\n"
    "if ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0): sys.exit(77)\n"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
)


def run_bound(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command as a user for whom permissions count."""
    launch = ["-c", WITHOUT_OVERRIDE] if os.getuid() == 0 else []
    command = [sys.executable, *launch, "-B", "-m", "wirecheck", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": SOURCE})


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    if sys.platform == "win32" or (os.getuid() == 0 and sys.platform != "linux"):
        pytest.skip("this user may write everywhere, and nothing here can take that away")
    if os.getuid() == 0 and run_bound(["--version"]).returncode == 77:
        pytest.skip("root may write everywhere, and may not give that up here")
    write_lines(tmp_path / "a.jsonl", LINES)
    write_lines(tmp_path / "b.jsonl", [{"text": "Another text, said the harbour master."}])
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([tmp_path / "a.jsonl"])
    paths = [*tmp_path.rglob("*"), tmp_path]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield tmp_path
    for path in reversed(paths):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("arguments", [["stories"], ["search", "Larkspur"], ["info"], ["check"], ["reuse"]])
def test_what_cannot_be_written_can_be_read(folder: Path, arguments: list[str]) -> None:
    command, *rest = arguments
    run = run_bound([command, str(folder / "archive"), *rest])

    assert (run.returncode, "Error" in run.stderr) == (0, False), run.stderr
    assert run.stdout or command == "reuse"


@pytest.mark.parametrize(
    "arguments", [["add", "b.jsonl", "--processes", "1"], ["decide", "same-story", "{0}", "{1}", "--who", "Jo"]]
)
def test_writing_is_one_error_that_says_why(folder: Path, arguments: list[str]) -> None:
    with open_archive(folder / "archive") as archive:
        ids = [s.id for s in archive.store.list_stored()]
    command, *rest = (str(folder / a) if a.endswith("jsonl") else a.format(*ids) for a in arguments)
    run = run_bound([command, str(folder / "archive"), *rest])

    assert run.returncode == 2
    (line,) = [text for text in run.stderr.splitlines() if text.startswith("wirecheck: ")]
    assert "cannot be written; check the permissions" in line
    assert "Traceback" not in run.stderr


def test_a_folder_in_which_no_archive_can_be_made_is_one_error(folder: Path) -> None:
    run = run_bound(["add", str(folder / "new"), str(folder / "a.jsonl"), "--processes", "1"])

    assert run.returncode == 2
    assert run.stderr.startswith("wirecheck: no archive can be made in ")


def test_a_copy_with_documents_in_its_log_that_cannot_be_read_there_is_refused(folder: Path) -> None:
    copy = folder / "archive" / "copy"
    (folder / "archive").chmod(0o755)
    with open_archive(copy, create=True) as archive:
        archive.add([folder / "a.jsonl"])
        archive.store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        archive.add([folder / "b.jsonl"])
        log = (copy / "archive.sqlite-wal").read_bytes()
        data = (copy / "archive.sqlite").read_bytes()
    (copy / "archive.sqlite-wal").write_bytes(log)
    (copy / "archive.sqlite").write_bytes(data)
    for path, mode in ((copy / "archive.sqlite-wal", 0o444), (copy / "archive.sqlite", 0o444), (copy, 0o555)):
        path.chmod(mode)
    run = run_bound(["info", str(copy)])
    copy.chmod(0o755)

    assert run.returncode == 2
    assert "holds documents that are not yet in archive.sqlite: copy the folder" in run.stderr
    assert run_bound(["info", str(copy)]).stdout.startswith("documents   4 ")
