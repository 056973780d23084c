"""What commands write: UTF-8 on standard output, files whole or not at all, and never over an archive."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import open_archive
from wirecheck.errors import UsageError
from wirecheck.writing import writing

SOURCE = str(Path(__file__).parents[3] / "src")


def run(
    *arguments: str, stdout: int | None = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "wirecheck", *arguments]
    surroundings = {**os.environ, "PYTHONPATH": SOURCE, **environment}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=surroundings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
    return tmp_path


@pytest.mark.parametrize("arguments", [("search", "lamp"), ("search", "lamp", "--jsonl"), ("export", "--jsonl", "-")])
def test_standard_output_is_utf8_whatever_the_locale_says(folder: Path, arguments: tuple[str, ...]) -> None:
    command, *rest = arguments
    outputs = [
        run(command, str(folder / "archive"), *rest, PYTHONIOENCODING=encoding).stdout
        for encoding in ("latin-1", "utf-8")
    ]

    assert outputs[0] == outputs[1]
    assert "“We " in outputs[0].decode("utf-8")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full is needed")
@pytest.mark.parametrize(
    "arguments", [("info", "{}"), ("export", "{}", "--jsonl", "-"), ("export", "{}", "--jsonl", "/dev/full")]
)
def test_an_output_that_is_full_is_one_error(folder: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        found = run(*(a.format(folder / "archive") for a in arguments), stdout=full.fileno())

    assert found.returncode == 2
    (line,) = found.stderr.decode("utf-8").splitlines()
    assert line.startswith("wirecheck: ")
    assert line.endswith("No space left on device")


@pytest.mark.parametrize("name", ["archive.sqlite", "archive.sqlite-wal", "copy.db"])
@pytest.mark.parametrize("option", ["export --jsonl", "export --parquet", "story --json"])
def test_nothing_is_written_over_an_archive(folder: Path, name: str, option: str) -> None:
    if "parquet" in option:
        pytest.importorskip("pyarrow")
    path = folder / "archive" / name
    if name == "copy.db":
        path.write_bytes((folder / "archive" / "archive.sqlite").read_bytes())
    before = path.read_bytes() if path.exists() else None
    command, flag = option.split()
    with open_archive(folder / "archive") as archive:
        ids = [archive.store.list_stored()[0].id] if command == "story" else []
    found = run(command, str(folder / "archive"), *ids, flag, str(path))

    assert found.returncode == 2
    assert b"is not written over" in found.stderr
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_file_is_written_whole_or_stays_as_it_is(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    (tmp_path / "report.json").write_text("an older report", "utf-8")
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))\n"
        "from wirecheck.cli import main\n"
        "main()\n"
    )
    report = str(tmp_path / "report.json")
    found = subprocess.run(
        [sys.executable, "-c", code, "demo", "--quiet", "--html", report],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )

    assert found.returncode == 2
    assert found.stderr.startswith(f"wirecheck: cannot write {report}: ")
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text("utf-8") == "an older report"


def test_a_file_keeps_its_mode_and_a_link_its_place(tmp_path: Path) -> None:
    file, link = tmp_path / "a.json", tmp_path / "link.json"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("links cannot be made here")
    with writing(link) as part:
        part.write_text("new", "utf-8")
        assert file.read_text("utf-8") == "old"

    assert (link.is_symlink(), file.read_text("utf-8"), oct(file.stat().st_mode)[-3:]) == (True, "new", "640")


def test_an_error_inside_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail() -> None:
        with writing(tmp_path / "a.json") as part:
            part.write_text("half", "utf-8")
            raise UsageError("stop")

    with pytest.raises(UsageError, match="stop"):
        fail()
    assert list(tmp_path.iterdir()) == []
