"""RSS and Atom through feedparser, JSON Feed: the items that carry their text are documents, the others are named."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from wirecheck.model import Document, Problem
from wirecheck.readers import Link, Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._extras import load
from wirecheck.readers._markup import is_feed, read_fragment

_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version')
# Some feeds put whole articles into the description. Summaries of feeds end below a hundred words; an item is given
# the benefit of the doubt from twice that on, in more than one paragraph, and where it does not trail off.
_WHOLE_WORDS = 200
_TRAILING = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\]|read more|continue reading)\W*$", re.IGNORECASE)
# Entities that stand for one character are harmless; those that hold words, other entities or files are how a feed of
# a kilobyte becomes gigabytes, or reads a file of the machine.
_ENTITY = re.compile(rb"<!ENTITY\s")
_HARMLESS = re.compile(rb"<!ENTITY\s+[\w.-]{1,40}\s+([\"'])(?:&#x?[0-9a-fA-F]{1,7};|[^&%<\"']{1,8})\1\s*>")


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where RSS, Atom or JSON Feed begins, 2 for the suffix alone, 1 for XML, else 0."""
    if b"\x00" in head:
        head = head.replace(b"\x00", b"")
    if is_feed(head) or _JSON_FEED.search(head):
        return 3
    if suffix in READER.suffixes:
        return 2 if suffix != ".xml" else 1
    return 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return a document for each item that carries its text, and a problem for each other; item N is `location:N`."""
    (documents, problems), links = find_links(location, name, data)
    return documents, (*problems, *(link.problem for link in links))


def find_links(location: str, name: str, data: bytes) -> tuple[Read, tuple[Link, ...]]:
    """Return the same but for items whose text stands at their address alone: these are links."""
    if _JSON_FEED.search(data[:8192]):
        return _read_json(location, name, data)
    plain = data.replace(b"\x00", b"")  # UTF-16 shows its declarations too
    if len(_ENTITY.findall(plain)) > len(_HARMLESS.findall(plain)):
        reason = "a feed without entities of its own was expected; it declares some, which may hide a bomb; not read"
        return ((), (Problem(location, reason),)), ()
    if not data.strip():
        return ((), ()), ()
    feedparser = load("feedparser", "reading feeds")
    try:
        # A file object, for a string would be taken for an address or a path.
        feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        entries = [dict(entry) for entry in feed.entries]
        channel = _word(feed.feed.get("title"))
    except Exception as error:  # whatever a hostile feed does to the parser is a fault of the feed
        return ((), (Problem(location, f"a feed was expected; it cannot be parsed: {type(error).__name__}"),)), ()
    language = feed.feed.get("language")
    problems: list[Problem] = []
    if feed.bozo:
        reason = str(feed.get("bozo_exception", ""))[:120]
        problems.append(Problem(location, f"a well-formed feed was expected; what could be read was: {reason}"))
    items = [_read_entry(entry, channel, language) for entry in entries]
    return _build(location, name, items, problems)


def _read_entry(entry: Mapping[str, Any], channel: str | None, language: Any) -> dict[str, Any]:
    """Return an entry of RSS or Atom in the names of JSONL, with its `summary` apart from its `text`."""
    source = entry.get("source")
    named = _word(source.get("title")) if isinstance(source, Mapping) else None
    contents = [c for c in entry.get("content") or [] if isinstance(c, Mapping) and isinstance(c.get("value"), str)]
    texts = [_plain(c["value"], str(c.get("type"))) for c in contents]
    detail = entry.get("summary_detail")
    kind = str(detail.get("type")) if isinstance(detail, Mapping) else "text/html"
    authors = [a.get("name") for a in entry.get("authors") or [] if isinstance(a, Mapping)]
    return {
        "text": max(texts, key=len, default=""),
        "summary": _plain(str(entry.get("summary") or ""), kind),
        "title": _word(entry.get("title")),
        "url": _link(entry),
        "publisher": named or channel,
        "author": ", ".join(a for a in authors if isinstance(a, str) and a) or _word(entry.get("author")),
        "published": _word(entry.get("published")),
        "modified": _word(entry.get("updated")),
        "language": language,
    }


def _link(entry: Mapping[str, Any]) -> str | None:
    """Return the canonical link: the one that a proxy of feeds kept, the link itself, a permanent identifier."""
    kept = entry.get("feedburner_origlink")
    link = kept or entry.get("link")
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry["id"]
    return _word(link)


def _read_json(location: str, name: str, data: bytes) -> tuple[Read, tuple[Link, ...]]:
    text, problems = decode(location, data)
    if text is None:
        return ((), problems), ()
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f"a JSON Feed was expected; it cannot be parsed: {error}"[:200]
        return ((), (*problems, Problem(location, reason))), ()
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return ((), (*problems, Problem(location, 'a JSON Feed with "items" was expected; it has none'))), ()
    items = []
    for item in feed["items"]:
        item = item if isinstance(item, dict) else {}
        authors = item.get("authors") or [item.get("author")] if item else []
        names = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
        markup, plain = item.get("content_html"), item.get("content_text")
        items.append(
            {
                "text": read_fragment(markup) if isinstance(markup, str) else plain if isinstance(plain, str) else "",
                "summary": item.get("summary") if isinstance(item.get("summary"), str) else "",
                "title": _word(item.get("title")),
                "url": _word(item.get("url")) or _word(item.get("external_url")),
                "publisher": _word(feed.get("title")),
                "author": ", ".join(n for n in names if isinstance(n, str)) or None,
                "published": _word(item.get("date_published")),
                "modified": _word(item.get("date_modified")),
                "language": item.get("language") or feed.get("language"),
            }
        )
    return _build(location, name, items, problems)


def _build(
    location: str, name: str, items: Sequence[Mapping[str, Any]], found: Sequence[Problem]
) -> tuple[Read, tuple[Link, ...]]:
    documents: list[Document] = []
    problems = list(found)
    links: list[Link] = []
    for number, item in enumerate(items, start=1):
        place = f"{location}:{number}"
        called = " ".join(str(item["title"] or item["url"] or "no title").split())[:80]
        text, faults = clean_text(place, item["text"])
        received = json.dumps(item, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        language = item["language"] if isinstance(item["language"], str) else None
        modified = item["modified"] if item["modified"] != item["published"] else None
        said = {
            "title": item["title"],
            "publisher": item["publisher"],
            "author": item["author"],
            "published": item["published"] or modified,
            "modified": modified if item["published"] else None,
        }
        problems.extend(faults)
        if not any(c.isalnum() for c in text) or _TRAILING.search(text):
            text, _ = clean_text(place, item["summary"])
            if not _is_whole(text):
                where = f"; the article may be at {item['url'][:300]}" if item["url"] else ""
                problem = Problem(place, f"the text of “{called}” was expected; the feed has a summary{where}")
                if item["url"]:
                    links.append(Link(item["url"], said, received, problem))
                else:
                    problems.append(problem)
                continue
        document, more = build_document(
            location=place,
            name=f"{name}-{number}",
            text=text,
            received=received,
            url=item["url"],
            language=language,
            **said,
        )
        documents.append(document)
        problems.extend(more)
    if not items:
        problems.append(Problem(location, "a feed with items was expected; it has none"))
    return (tuple(documents), tuple(problems)), tuple(links)


def _is_whole(text: str) -> bool:
    return len(text.split()) >= _WHOLE_WORDS and "\n" in text and not _TRAILING.search(text)


def _plain(value: str, kind: str) -> str:
    return value.strip() if kind == "text/plain" else read_fragment(value)


def _word(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return clean_field(value)


READER = Reader(
    name="feed",
    version=1,
    summary="RSS, Atom and JSON Feed: items with their text, source, canonical link and both dates.",
    suffixes=(".rss", ".atom", ".rdf", ".xml"),
    accepts=accepts,
    read=read,
    find_links=find_links,
)
