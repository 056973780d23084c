"""What docs/claims.md shows is what the command prints of the sample coverage."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from wirecheck.cli import commands
from wirecheck.sample import sample_folder

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
SHOWN = re.compile(r"<!-- claim -->\n\n```text\n\$ wirecheck (.+?)\n(.*?)```\n\n<!-- /claim -->", re.S)


def test_the_transcript_of_the_page_is_what_the_command_prints() -> None:
    shown = SHOWN.search(PAGE.read_text("utf-8"))
    assert shown is not None
    arguments = shlex.split(shown[1])

    with sample_folder() as folder:
        run = CliRunner().invoke(commands, [str(folder) if a == "coverage/" else a for a in arguments])

    assert run.exit_code == 0
    assert run.output == shown[2]
