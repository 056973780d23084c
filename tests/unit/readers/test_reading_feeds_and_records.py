"""Feeds and the records of other programs: which items are documents, and what is kept of each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wirecheck.model import Document
from wirecheck.readers import read_bytes

WORDS = "Twelve people died when the ferry sank off Port Elra on Monday, the coast guard said."
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Elra Post</title><language>en</language>{}</channel></rss>"
)
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Elra Post</title>{}</feed>'
)


def read(text: str | bytes, name: str = "a.xml") -> tuple[tuple[Document, ...], list[str]]:
    documents, problems = read_bytes(name, text.encode() if isinstance(text, str) else text)
    return documents, [f"{p.location}: {p.message}" for p in problems]


def test_an_item_of_rss_with_its_text_is_a_document() -> None:
    item = (
        "<item><title>Ferry sinks</title><link>https://post.example/1</link><description>Short.</description>"
        "<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><source url='https://wire.example/rss'>Elra Wire</source>"
        f"<content:encoded><![CDATA[<p>{WORDS}</p><p>“We ran,” she <b>said</b>.</p><script>x</script>"
        "]]></content:encoded></item>"
    )
    (document,), problems = read(RSS.format(item))

    assert problems == []
    assert document.text == f"Ferry sinks\n\n{WORDS}\n\n“We ran,” she said."
    assert (document.url, document.publisher) == ("https://post.example/1", "Elra Wire")
    assert (document.published, document.modified) == ("2026-03-02T10:00:00+00:00", None)


def test_an_entry_of_atom_keeps_both_dates_and_its_source() -> None:
    entry = (
        '<entry><title>Ferry sinks</title><link rel="alternate" href="https://post.example/1"/><id>urn:1</id>'
        "<published>2026-03-02T10:00:00Z</published><updated>2026-03-02T12:00:00Z</updated>"
        "<author><name>Jane Roe</name></author><source><title>Elra Wire</title></source>"
        f'<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry>'
    )
    (document,), problems = read(ATOM.format(entry), "a.atom")

    assert problems == []
    assert (document.published, document.modified) == ("2026-03-02T10:00:00+00:00", "2026-03-02T12:00:00+00:00")
    assert (document.publisher, document.author) == ("Elra Wire", "Jane Roe")


@pytest.mark.parametrize(
    "summary",
    [
        "<description>A ferry sank.</description>",
        f"<description>{WORDS}</description>",
        f"<content:encoded><![CDATA[<p>{WORDS}</p><p>And then […]</p>]]></content:encoded>",
        "",
    ],
)
def test_an_item_with_a_summary_only_is_named_and_not_read(summary: str) -> None:
    item = f"<item><title>Ferry sinks</title><link>https://post.example/1</link>{summary}</item>"
    documents, problems = read(RSS.format(item))

    assert documents == ()
    assert problems == [
        "a.xml:1: the text of “Ferry sinks” was expected; the feed has a summary; the article may be at"
        " https://post.example/1"
    ]


def test_a_whole_article_in_the_description_is_read() -> None:
    paragraphs = "".join(f"&lt;p&gt;{WORDS * 5}&lt;/p&gt;" for _ in range(4))
    (document,), _ = read(RSS.format(f"<item><title>Ferry</title><description>{paragraphs}</description></item>"))

    assert document.text.count("\n\n") == 4


def test_a_feed_that_is_cut_off_gives_the_items_it_has() -> None:
    item = f"<item><title>Ferry</title><content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item>"
    documents, problems = read(RSS.format(item * 2).partition("</channel>")[0])

    assert len(documents) == 2
    assert "a well-formed feed was expected" in problems[0]


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "ha ha ha ha ha"><!ENTITY b "&a;&a;&a;&a;">',
        f'<!ENTITY long "{"x" * 100_000}">',
        '<!ENTITY file SYSTEM "file:///etc/hostname">',
        '<!ENTITY % outside SYSTEM "http://a.example/x.dtd"> %outside;',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(entities: str, encoding: str) -> None:
    bomb = f"<!DOCTYPE rss [{entities}]><rss><channel><title>&b;</title></channel></rss>"
    documents, (problem,) = read(bomb.encode(encoding), "a.rss")

    assert documents == ()
    assert "may hide a bomb" in problem


def test_entities_for_single_characters_do_no_harm() -> None:
    item = f"<item><title>Ferry</title><content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded></item>"
    documents, _ = read('<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>' + RSS.format(item).partition("?>")[2], "a.rss")

    assert len(documents) == 1


def test_a_json_feed_is_no_jsonl() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Elra Post",
        "items": [
            {
                "id": "1",
                "url": "https://post.example/1",
                "title": "Ferry sinks",
                "content_html": f"<p>{WORDS}</p>",
                "date_published": "2026-03-02T10:00:00Z",
                "date_modified": "2026-03-02T12:00:00Z",
                "authors": [{"name": "Jane Roe"}],
            },
            {"id": "2", "summary": "A ferry sank."},
            "no item",
        ],
    }
    (document,), problems = read(json.dumps(feed), "a.json")

    assert (document.publisher, document.author) == ("Elra Post", "Jane Roe")
    assert (document.published, document.modified) == ("2026-03-02T10:00:00+00:00", "2026-03-02T12:00:00+00:00")
    assert [p.partition(": ")[0] for p in problems] == ["a.json:2", "a.json:3"]


TRAFILATURA = {
    "title": "Ferry sinks", "author": "Jane Roe", "hostname": "post.example", "date": "2026-03-02", "text": WORDS,
    "language": None, "raw_text": WORDS, "source": "https://post.example/1", "source-hostname": "Elra Post",
    "excerpt": "A ferry sank.", "categories": "", "tags": "", "comments": "",
}  # fmt: skip
NEWS_PLEASE = {
    "authors": ["Jane Roe"], "date_download": "2026-03-03 08:00:00", "date_modify": "None",
    "date_publish": "2026-03-02 10:00:00", "description": "A ferry sank.", "language": "en", "maintext": WORDS,
    "source_domain": "Elra Post", "text": None, "title": "Ferry sinks", "url": "https://post.example/1",
}  # fmt: skip
FUNDUS = {
    "title": "Ferry sinks", "authors": ["Jane Roe"], "publishing_date": "2026-03-02 10:00:00+00:00", "topics": [],
    "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [WORDS]}]}, "free_access": True,
    "html": {"responded_url": "https://post.example/1", "source_info": {"publisher": "Elra Post"}},
}  # fmt: skip
NINJS_1 = {
    "uri": "https://post.example/1", "type": "text", "versioncreated": "2026-03-02T10:00:00Z", "byline": "Jane Roe",
    "headline": "Ferry sinks", "body_xhtml": f"<p>{WORDS}</p>", "infosource": [{"name": "Elra Post"}],
}  # fmt: skip
NINJS_3 = {
    "uri": "https://post.example/1", "versionCreated": "2026-03-02T10:00:00Z", "by": "Jane Roe",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry sinks"}],
    "bodies": [{"contentType": "text/plain", "value": WORDS}], "infoSources": [{"name": "Elra Post"}],
}  # fmt: skip


@pytest.mark.parametrize("record", [TRAFILATURA, NEWS_PLEASE, FUNDUS, NINJS_1, NINJS_3], ids=lambda r: next(iter(r)))
@pytest.mark.parametrize("lines", [False, True])
def test_the_record_of_another_program_is_known_by_its_keys(record: dict[str, Any], lines: bool) -> None:
    text = json.dumps(record) + "\n" if lines else json.dumps(record, indent=1)
    (document,), problems = read(text, "a.jsonl" if lines else "a.json")

    assert problems == []
    assert document.text == f"Ferry sinks\n\n{WORDS}"
    assert (document.title, document.author) == ("Ferry sinks", "Jane Roe")
    assert (document.url, document.publisher) == ("https://post.example/1", "Elra Post")
    assert (document.published or "").startswith("2026-03-02")
    assert document.modified is None


def test_a_body_of_ninjs_with_paragraphs_is_preferred_to_one_without() -> None:
    bodies = [
        {"contentType": "text/plain", "value": f"{WORDS} {WORDS}"},
        {"contentType": "application/xhtml+xml", "value": f"<p>{WORDS}</p><p>{WORDS}</p>"},
    ]
    (document,), _ = read(json.dumps({**NINJS_3, "bodies": bodies}), "a.json")

    assert document.text == f"Ferry sinks\n\n{WORDS}\n\n{WORDS}"


def test_a_later_version_of_ninjs_has_both_dates() -> None:
    (document,), _ = read(json.dumps({**NINJS_3, "firstCreated": "2026-03-01T09:00:00Z"}), "a.json")

    assert (document.published, document.modified) == ("2026-03-01T09:00:00+00:00", "2026-03-02T10:00:00+00:00")


def test_a_picture_of_ninjs_is_a_problem() -> None:
    documents, (problem,) = read(json.dumps({"uri": "urn:1", "type": "picture", "versioncreated": "2026"}), "a.json")

    assert documents == ()
    assert 'no article in it: it has no "text"' in problem


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Bus falls", "text": ["The bus fell.", "Four died."]},
        {"title": "Bus falls", "text": [{"text": "The bus fell."}, {"text": "Four died."}]},
        {"title": "Bus falls", "body": ["The bus fell.", None, "Four died."]},
        {"headline": "Bus falls", "articleBody": "The bus fell.\n\nFour died."},
        {"title": {"rendered": "Bus falls"}, "content": {"rendered": "<p>The bus fell.</p><p>Four died.</p>"}},
        {"status": "ok", "articles": [{"title": "Bus falls", "content": "The bus fell.\n\nFour died."}]},
        {"response": {"results": [{"webTitle": "Bus falls", "fields": {"bodyText": "The bus fell.\n\nFour died."}}]}},
        {"hits": {"hits": [{"_source": {"title": "Bus falls", "text": "The bus fell.\n\nFour died."}}]}},
    ],
    ids=["strings", "objects", "body", "schema.org", "WordPress", "answer", "answer in an answer", "hits"],
)
def test_a_text_is_found_wherever_an_interface_puts_it(record: dict[str, Any]) -> None:
    (document,), problems = read_bytes("a.json", json.dumps(record).encode())

    assert problems == ()
    assert (document.title, document.text) == ("Bus falls", "Bus falls\n\nThe bus fell.\n\nFour died.")


@pytest.mark.parametrize("text", [["The bus fell.", 4], [], {"a": "The bus fell."}])
def test_a_text_of_other_things_than_words_is_a_problem(text: Any) -> None:
    documents, (problem,) = read_bytes("a.jsonl", json.dumps({"text": text}).encode())

    assert documents == ()
    assert problem.message.startswith('"text" was expected to be a string; found a')
