"""Drawn cases of texts as programs hand them on."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wirecheck.readers import read_bytes

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "reading" / "texts.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_is_kept_of_a_text_is_as_drawn(case: dict[str, Any]) -> None:
    file = case.get("file", "a.jsonl")
    data = json.dumps({"text": case["given"], "title": ""}) if file == "a.jsonl" else case["given"]
    documents, problems = read_bytes(file, data.encode("utf-8"))

    assert [d.text for d in documents] == [case["text"]]
    assert [p.message for p in problems if "language:" not in p.message] == case.get("problems", [])


def test_a_copy_with_a_hidden_manifest_is_read_as_the_plain_copy() -> None:
    plain = "Zoë Roe said on Tuesday: “At least 7 million people left.”"
    manifest = "\ufeff" + "".join(chr(0xE0100 + n) for n in range(200))
    (left,), _ = read_bytes("a.jsonl", json.dumps({"text": plain}).encode())
    (right,), problems = read_bytes("a.jsonl", json.dumps({"text": plain[:30] + manifest + plain[30:]}).encode())

    assert right.text == left.text
    assert [p.message for p in problems] == ["a hidden manifest left out of the text"]


def test_people_and_publishers_as_objects_are_their_names() -> None:
    record = {
        "text": "The ferry sank.",
        "title": "Ferry &amp; quay <b>shut</b>",
        "authors": [{"@type": "Person", "name": "Ann Lowe"}, {"first_name": "Zoe\u0308", "last_name": "Roe"}],
        "publisher": {"name": "The Harbour Herald"},
    }
    (document,), problems = read_bytes("a.jsonl", json.dumps(record).encode())

    assert problems == ()
    assert document.title == "Ferry & quay shut"
    assert document.author == "Ann Lowe, Zoë Roe"
    assert document.publisher == "The Harbour Herald"


def test_a_feed_with_shown_character_data_loses_nothing() -> None:
    item = "&lt;![CDATA[&lt;p&gt;The ferry sank.&lt;/p&gt;&lt;p&gt;Twelve &amp;quot;died&amp;quot;.&lt;/p&gt;]]&gt;"
    feed = (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Herald</title><item>'
        f"<title>Ferry &amp;amp; quay shut</title><content:encoded>{item}</content:encoded></item></channel></rss>"
    )
    (document,), _ = read_bytes("a.rss", feed.encode())

    assert document.text == 'Ferry & quay shut\n\nThe ferry sank.\n\nTwelve "died".'
