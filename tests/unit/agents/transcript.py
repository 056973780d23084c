"""The transcript of `docs/agents.md`: what an agent asks over the sample coverage, and what it gets.

`python -m tests.unit.agents.transcript` prints it. Ids of documents hang on the place of files: names stand for them.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

from mcp.client.client import Client

from tests.loops import run_async
from wirecheck.agents.server import make_server
from wirecheck.archive import open_archive
from wirecheck.readers import read_paths
from wirecheck.sample import sample_folder
from wirecheck.settings import Settings

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("stories", {}),
    ("story", {"story": "STORY"}),
    ("points", {"story": "STORY", "verdict": "conflict", "kind": "quantity"}),
    ("trace", {"words": "We had the lifeboats in the water within six minutes"}),
    ("compare", {"paths": ["../../etc/passwd"]}),
)
MOST_POINTS = 4
"""Points of a result that the transcript shows."""


def make_transcript() -> str:
    """Return the transcript as text."""
    with tempfile.TemporaryDirectory() as folder, sample_folder() as coverage:
        # A document's id is of its location and its text, and breaks ties: named from its folder, it is one everywhere.
        with chdir(coverage.parent), open_archive(Path(folder) / "archive", create=True) as archive:
            archive.add(read_paths([coverage.name], settings=Settings())[0])
            listings = archive.stories()
        story = max(listings, key=lambda s: len(s.members)).id
        server = make_server([coverage], archive=Path(folder) / "archive")
        return run_async(_ask, server, story)


async def _ask(server: Any, story: str) -> str:
    lines: list[str] = []
    async with Client(server) as client:
        for name, given in CALLS:
            arguments = {k: story if v == "STORY" else v for k, v in given.items()}
            result = await client.call_tool(name, arguments)
            lines += [f"> {name} {json.dumps(given)}", *_show(result.structured_content, story), ""]
    return "\n".join(lines).rstrip() + "\n"


def _show(value: Any, story: str) -> Iterator[str]:
    names = {d["document"]: (d["publisher"] or d["name"])["quote"] for d in value["documents"]}
    yield f"  ok {str(value['ok']).lower()}, total {value['total']}, truncated {str(value['truncated']).lower()}"
    yield f"  {value['message'].replace(story, 'STORY')}"
    for entry in value.get("stories", ()) if "points" not in value else ():
        title = entry["title"]["quote"] if entry["title"] else ""
        yield f"  {entry['story'].replace(story, 'STORY')}: {entry['documents']} documents, “{title}”"
    for point in value.get("points", ())[:MOST_POINTS]:
        yield f"  {point['point']} {point['verdict']}, {point['kind']}: {point['says']}"
        quotes = [q for side in point["sides"] for q in side["quotes"][:1]]
        for quote in [point["best"]] if point["best"] else quotes:
            yield f"    “{quote['quote']}” ({names[quote['document']]}, {quote['start']}–{quote['end']})"
    for found in value.get("appearances", ())[:MOST_POINTS]:
        words = found["words"]
        yield f"  {found['form']}: “{words['quote']}” ({names[words['document']]}, {words['start']}–{words['end']})"


if __name__ == "__main__":
    print(make_transcript(), end="")
