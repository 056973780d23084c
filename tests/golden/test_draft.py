"""The transcript of docs/drafts.md is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

from wirecheck import check_draft
from wirecheck.drafts.terminal import render_terminal
from wirecheck.sample import sample_folder

PAGE = (Path(__file__).parents[2] / "docs" / "drafts.md").read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```\n<!-- /{name} -->", PAGE, flags=re.S)
    assert found is not None
    return found[1]


def test_the_transcript_of_the_documentation_is_printed(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(block("draft"), "utf-8")

    with sample_folder() as folder:
        printed = render_terminal(check_draft(tmp_path / "draft.md", [folder]), width=100)

    assert printed.strip() == block("printed").strip()
