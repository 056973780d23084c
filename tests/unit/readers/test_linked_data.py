"""Drawn cases of what a page says of itself in JSON-LD."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from wirecheck.readers import read_bytes

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "reading" / "linked.toml").read_text("utf-8"))["case"]
BODY = (
    "<h1>Ferry sinks off Port Elra</h1><p>The ferry sank on Monday off Port Elra, and twelve people died, the coast "
    "guard said.</p><p>The search went on through the night, and divers came from Oswin for those who were missing.</p>"
)


def _page(head: str, body: str = BODY) -> bytes:
    link = '<link rel="canonical" href="https://herald.example/ferry">'
    title = "<title>Ferry sinks off Port Elra</title>"
    return f"<html><head>{title}{link}{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_only_the_node_that_is_the_page_speaks_for_it(case: dict[str, Any]) -> None:
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in case["scripts"])
    (document,), _ = read_bytes("a.html", _page(head))

    said = [document.published, document.modified, document.author, document.publisher]
    assert [value or "" for value in said] == case["said"]


def test_microdata_of_a_comment_dates_no_page() -> None:
    comment = (
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        '<meta itemprop="datePublished" content="2021-03-09"></div>'
    )
    (document,), _ = read_bytes("a.html", _page("", comment + BODY))

    assert document.published is None
