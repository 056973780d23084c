"""Every command of the documentation runs as it is written, in an empty folder, in the order of its page.

A block that cannot run here says so in the line before it: `<!-- not run: needs a cluster -->`. Those that install are
left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:^[ \t]*<!-- not run: (?P<reason>[^>]+) -->\n)?"
    r"^(?P<indent>[ \t]*)```(?:bash|sh|console)\n(?P<lines>.*?)^[ \t]*```",
    re.MULTILINE | re.DOTALL,
)
PROMPT = re.compile(r"^\w*\$ ", re.MULTILINE)
# Blocks that may be left out: each needs machines that a test has not.
MOST_MARKED = 4


def list_blocks(page: Path) -> list[tuple[str, str | None]]:
    """Return the blocks of a page that call the command, each with why it is not run, or None."""
    found = []
    for match in BLOCK.finditer(page.read_text("utf-8")):
        lines = PROMPT.sub("", match["lines"].replace(f"\n{match['indent']}", "\n").strip() + "\n")
        calls = re.search(r"(?<![\w./\[-])wirecheck(?![\w=\]])", lines) is not None
        if calls and (match["reason"] is not None or "pip install" not in lines):
            found.append((lines, match["reason"]))
    return found


PAGES_RUN = [page for page in PAGES if any(reason is None for _, reason in list_blocks(page))]


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    tools = tmp_path / "bin"
    tools.mkdir()
    command = tools / "wirecheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wirecheck "$@"\n', "utf-8")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are for a shell of POSIX")
@pytest.mark.parametrize("page", PAGES_RUN, ids=lambda p: p.name)
def test_the_commands_of_a_page_run_as_they_are_written(
    page: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for lines, reason in list_blocks(page):
        if reason is not None:
            continue
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", lines],
            cwd=folder,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=600,
        )

        assert done.returncode == 0, f"{lines}\n{done.stdout[-800:]}\n{done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr


def test_few_blocks_are_left_out_and_each_says_why() -> None:
    marked = [reason for page in PAGES for _, reason in list_blocks(page) if reason is not None]

    assert len(marked) <= MOST_MARKED, marked


def test_the_guide_shows_commands_that_run() -> None:
    assert {"README.md", "using.md"} <= {page.name for page in PAGES_RUN}
