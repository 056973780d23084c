"""Markup that is no page: fragments inside feeds and records, and the roots that tell a feed from a page."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
        "p", "pre", "section", "table", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_LEFT_OUT = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg", "head"))
# What may stand before the root: declaration, instructions, comments, a document type without a subset of its own.
_BEFORE_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,4000}\]\s*)?>)",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(rb"\s*<(?:rss|feed|atom:feed|rdf:RDF|RDF)[\s>]", re.IGNORECASE)
_MOST_BEFORE = 20

CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


def is_feed(head: bytes) -> bool:
    """Return whether bytes begin like RSS or Atom."""
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe")
    at = 0
    # One piece after the other: in one pattern each piece could end at several places, and all would be tried.
    for _ in range(_MOST_BEFORE):
        before = _BEFORE_ROOT.match(head, at)
        if before is None:
            break
        at = before.end()
    return _ROOT.match(head, at) is not None


def read_fragment(markup: str) -> str:
    """Return the words of a piece of HTML, a paragraph a block, nothing of them left out but scripts and styles."""
    markup = CDATA.sub("", markup)  # the parser would take what it opens, up to the first tag's end, for a comment
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html

    try:
        blocks = list_blocks(html.fragment_fromstring(markup, create_parent="div"))
    except Exception:  # lxml raises errors of several kinds on hostile markup
        blocks = []
    paragraphs = (" ".join("".join(block).split()) for block in blocks)
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    # The parser drops what is nested some hundreds of levels deep; then the text between tags is what can be had.
    return text or " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def list_blocks(root: Any) -> list[list[str]]:
    """Return the pieces of text of a tree by block, some of them empty; nesting may be of any depth."""
    from lxml import etree

    blocks: list[list[str]] = [[]]
    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            if skipped is None and (tag is None or tag in _LEFT_OUT):
                skipped = element
            if skipped is None:
                if tag in _BLOCKS:
                    blocks.append([])
                blocks[-1].append(element.text or "")
            continue
        inside = skipped is not None and skipped is not element
        if skipped is element:
            skipped = None
        if inside or element is root:
            continue
        if tag in _BLOCKS:
            blocks.append([])
        blocks[-1].append(element.tail or "")
    return blocks


__all__ = ["is_feed", "list_blocks", "read_fragment"]
