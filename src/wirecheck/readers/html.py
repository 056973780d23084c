"""Web pages, through trafilatura."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from wirecheck.model import Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._extras import load
from wirecheck.readers._markup import is_feed

_HEAD = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(rb"</(?:p|div|a|span|title|article|h1|li|table)\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "publication_date", "article.published", "dc.date.issued", "dcterms.created",
    "date", "dc.date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified",
    "article.updated", "dc.date.modified",
)  # fmt: skip


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where the bytes begin like a page, 2 for a page's suffix with tags or several closed tags, else 0."""
    if b"\x00" in head:
        head = head.replace(b"\x00", b"")
    if is_feed(head):
        return 0
    if _HEAD.search(head[:2048]):
        return 3
    tags = len(_TAG.findall(head))
    if suffix in READER.suffixes and (tags or b"<" in head):
        return 3
    return 2 if tags >= 4 and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the article of a page with what the page says of itself, or the problem that keeps it from being one."""
    return read_page(location, name, data)


def read_page(
    location: str,
    name: str,
    data: bytes,
    *,
    charset: str | None = None,
    url: str | None = None,
    retrieved: str | None = None,
) -> Read:
    """Return what `read` does, with what came beside the page: its encoding, its address, when it was fetched.

    The address stands in where the page names no canonical link.
    """
    declared = _CHARSET.search(data[:8192])
    hint = charset or (declared[1].decode("ascii", "ignore") if declared else None)
    page, problems = decode(location, data, hint=hint)
    if page is None:
        return (), problems
    trafilatura = load("trafilatura", "reading web pages")
    try:
        found, tree = _extract(trafilatura, page)
    except Exception as error:  # whatever a hostile page does to the parser is a fault of the page
        return (), (*problems, Problem(location, f"a page was expected; it cannot be parsed: {type(error).__name__}"))
    text = found.get("text") or ""
    if not any(c.isalnum() for c in text):
        text = _all_text(tree)
        if not any(c.isalnum() for c in text):
            return (), (*problems, Problem(location, "a page with an article was expected; it holds no words"))
        problems = (*problems, Problem(location, "no article was recognised in the page; all its text was read"))
    text, more = clean_text(location, text.strip(), markdown=False)
    metas = _list_metas(tree)
    document, faults = build_document(
        location=location,
        name=name,
        text=text,
        received=data,
        title=_without_site(_clean(found.get("title")), tree),
        url=_clean(found.get("url")) or url,
        publisher=_clean(found.get("sitename")),
        author=_clean(found.get("author")),
        published=_first(metas, _PUBLISHED) or _clean(found.get("date")),
        modified=_first(metas, _MODIFIED),
        retrieved=retrieved,
        declared=False,
    )
    return (document,), (*problems, *more, *faults)


def _extract(trafilatura: Any, page: str) -> tuple[dict[str, Any], Any]:
    """Return what trafilatura finds, by field, and the parsed page."""
    for noisy in ("trafilatura", "htmldate"):  # without a handler, logging would write to standard error
        logging.getLogger(noisy).addHandler(logging.NullHandler())
    tree = trafilatura.load_html(page)
    if tree is None:
        return {}, None
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False},  # no guesses from the body
    )
    if found is None:
        return {}, tree
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    return fields, tree


def _without_site(title: str | None, tree: Any) -> str | None:
    """Return a title without the name of the site, where a heading of the page shows that it ends before."""
    if title is None or tree is None:
        return title
    for element in tree.iter("h1", "h2"):
        heading = " ".join("".join(element.itertext()).split())
        if len(heading) >= 8 and title.casefold().startswith(heading.casefold()):
            rest = title[len(heading) :]
            if re.match(r"\s*[|–—·»:-]\s", rest):
                return title[: len(heading)]
    return title


def _all_text(tree: Any) -> str:
    """Return all visible text of a page, one block a line."""
    if tree is None:
        return ""
    lines = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in (
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "title",
        ):
            lines.append(element.tail or "")
            continue
        lines.extend((element.text or "", element.tail or ""))
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _list_metas(tree: Any) -> dict[str, str]:
    """Return dates that the page declares, by lower-case name: meta elements and JSON-LD."""
    metas: dict[str, str] = {}
    if tree is None:
        return metas
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if key and content:
            metas.setdefault(key.strip().casefold(), content.strip())
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().casefold() == "application/ld+json" and element.text:
            try:
                data = json.loads(element.text)
            except (ValueError, RecursionError):
                continue
            for key, value in _walk(data):
                if key.casefold() in ("datepublished", "datemodified") and isinstance(value, str):
                    metas.setdefault(key.casefold(), value.strip())
    return metas


def _walk(data: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key), value
            yield from _walk(value, depth + 1)
    elif isinstance(data, list):
        for value in data[:50]:
            yield from _walk(value, depth + 1)


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    from wirecheck.text.timestamps import read_timestamp

    return next((metas[n] for n in names if n in metas and read_timestamp(metas[n]) is not None), None)


def _clean(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return clean_field(value)


READER = Reader(
    name="html",
    version=1,
    summary="Web pages: article text, title, author, publisher, dates, canonical link.",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    accepts=accepts,
    read=read,
)
