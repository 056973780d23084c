"""What the repository says of itself: no path of a machine, and no house name where a reader expects plain words."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".json", ".jsonl", ".cfg", ".yml", ""}
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/[\w.]")


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: there is no list of tracked files to read")
    own = Path(__file__).relative_to(ROOT).as_posix()
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if name == own or path.suffix not in TEXT or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {m.group()}" for m in MACHINE.finditer(text)]

    assert not found
