"""The page for agents: its transcript is what the server says, and its lists name what there is."""

from __future__ import annotations

import re
from pathlib import Path

from mcp.client.client import Client

from tests.loops import run_async
from tests.unit.agents.transcript import make_transcript
from wirecheck.agents.paging import MOST_TOKENS
from wirecheck.agents.server import make_server
from wirecheck.archive import open_archive

DOCS = Path(__file__).parents[3] / "docs"


def test_the_transcript_of_the_documentation_is_what_the_server_says() -> None:
    text = (DOCS / "agents.md").read_text("utf-8")
    found = re.search(r"<!-- transcript -->\n```text\n(.*?)```", text, flags=re.S)

    assert found is not None
    assert found[1] == make_transcript()


def test_every_tool_resource_and_prompt_is_in_the_documentation(tmp_path: Path) -> None:
    open_archive(tmp_path / "archive", create=True).close()

    async def ask() -> list[str]:
        async with Client(make_server([], archive=tmp_path / "archive", allow_decisions=True)) as client:
            tools, prompts = (await client.list_tools()).tools, (await client.list_prompts()).prompts
            resources = (await client.list_resources()).resources
            templates = (await client.list_resource_templates()).resource_templates
            return [
                *(t.name for t in tools),
                *(p.name for p in prompts),
                *(str(r.uri) for r in resources),
                *(t.uri_template for t in templates),
            ]

    names = run_async(ask)
    text = (DOCS / "agents.md").read_text("utf-8")

    assert len(names) == 14
    assert [n for n in names if f"`{n}`" not in text] == []
    assert f"{MOST_TOKENS:,} tokens" in " ".join(text.split())


def test_the_skill_names_the_tools_it_uses() -> None:
    text = (DOCS / "SKILL.md").read_text("utf-8")

    assert text.startswith("---\nname: wirecheck\ndescription: ")
    assert all(
        f"`{name}`" in text for name in ("stories", "story", "compare", "points", "trace", "claim", "check_draft")
    )
