"""An input that cannot be read is said first, on standard error and by the exit status; nothing printed is obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said."


def run(*arguments: str | bytes, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "wirecheck", *arguments], capture_output=True, timeout=120, check=False, **more
    )


def test_a_file_that_cannot_be_read_is_said_first_and_by_the_exit_status(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    done = run("compare", str(tmp_path))

    assert done.returncode == 3
    assert b"scan.jpg: a text was expected; this is a JPEG image" in done.stderr
    assert done.stdout.startswith(b"1 input could not be read")


def test_names_that_are_no_utf8_and_deep_folders_are_read(tmp_path: Path) -> None:
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1100):  # deeper than Python calls
            os.mkdir("d")
            os.chdir("d")
        Path("deep.txt").write_text(TEXT, "utf-8")
    finally:
        os.chdir(here)
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT + " It was.", "utf-8")
    except OSError:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
        pytest.skip("this file system has names of UTF-8 only")
    archive = str(tmp_path / "archive")
    done = run("add", archive, str(tmp_path), "--quiet")
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # what removes old folders may call itself too often

    assert done.returncode == 0, done.stderr
    assert b"2 new" in done.stderr


def test_closed_streams_are_no_fault() -> None:
    command = f"{sys.executable} -m wirecheck plugins <&- >&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=120, check=False)

    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


EVIL = "\x1b[31m\x9b2J\u202eabc"


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", f"/nowhere/{EVIL}"],
        ["why", f"/nowhere/{EVIL}", "s1-p1"],
        ["compare", f"--{EVIL}"],
        ["add", f"/nowhere{EVIL}/x", f"/nowhere/{EVIL}"],
        ["check", f"/nowhere/{EVIL}"],
        ["info", f"/nowhere/{EVIL}"],
        ["stories", f"/nowhere/{EVIL}"],
        ["story", f"/nowhere/{EVIL}", EVIL],
        ["search", f"/nowhere/{EVIL}", EVIL],
        ["trace", f"/nowhere/{EVIL}", EVIL],
        ["reuse", f"/nowhere/{EVIL}"],
        ["export", f"/nowhere/{EVIL}"],
        ["decide", f"/nowhere/{EVIL}", EVIL],
        ["decisions", f"/nowhere/{EVIL}"],
        ["verify", f"/nowhere/{EVIL}"],
        [EVIL],
    ],
    ids=lambda a: a[0][:8].strip("\x1b"),
)
def test_nothing_that_a_command_prints_is_obeyed(arguments: list[str]) -> None:
    done = run(*arguments)
    shown = (done.stdout + done.stderr).decode("utf-8")

    assert done.returncode != 0
    assert "Traceback" not in shown
    assert not set(shown) & {"\x1b", "\x9b", "\u202e"}


def test_words_of_an_archive_are_printed_and_not_obeyed(tmp_path: Path) -> None:
    line = {"name": f"a{EVIL}", "publisher": f"Herald{EVIL}", "title": f"Ferry {EVIL} sinks", "text": f"{TEXT} {EVIL}"}
    path = tmp_path / f"x{EVIL}.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    archive = str(tmp_path / "archive")
    calls = [
        ["add", archive, str(path), "--verbose"],
        ["stories", archive, "--jsonl"],
        ["search", archive, "ferry", "--jsonl"],
        ["trace", archive, TEXT, "--jsonl"],
        ["export", archive, "--jsonl", "-"],
        ["reuse", archive, "--csv", "-"],
        ["check", archive],
        ["info", archive],
    ]
    for call in calls:
        done = run(*call)
        shown = (done.stdout + done.stderr).decode("utf-8")

        assert "Traceback" not in shown, call
        assert not set(shown) & {"\x1b", "\x9b", "\u202e"}, call
