"""Web pages, through trafilatura."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from wirecheck.model import Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._extras import load
from wirecheck.readers._linked import Linked, read_linked
from wirecheck.readers._markup import is_feed, list_blocks
from wirecheck.text.gazetteer import listed

_HEAD = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(rb"</(?:p|div|a|span|title|article|h1|li|table)\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LINKED = "application/ld+json"
# Blocks that begin alike and are held against one place of a text.
_MOST_TRIED = 5
NO_WORDS = "a page with an article was expected; it holds no words"
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Page|CreativeWork)\Z")
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
        found, tree, linked = _extract(trafilatura, page)
    except Exception as error:  # whatever a hostile page does to the parser is a fault of the page
        return (), (*problems, Problem(location, f"a page was expected; it cannot be parsed: {type(error).__name__}"))
    text = _join_inline(found.get("text") or "", tree)
    if not any(c.isalnum() for c in text):
        text = _all_text(tree)
        if not any(c.isalnum() for c in text):
            return (), (*problems, Problem(location, NO_WORDS))
        problems = (*problems, Problem(location, "no article was recognised in the page; all its text was read"))
    text, more = clean_text(location, text.strip(), markdown=False)
    if not any(c.isalnum() for c in text):  # what looked like words were escapes of characters that no text has
        return (), (*problems, *more, Problem(location, NO_WORDS))
    metas = _list_metas(tree)
    title = _without_site(_clean(found.get("title")), tree)
    address = _clean(found.get("url")) or url
    own = read_linked(linked, url=address, title=title) or Linked()
    document, faults = build_document(
        location=location,
        name=name,
        text=text,
        received=data,
        title=title,
        url=_clean(found.get("url")) or own.url or url,
        publisher=_clean(own.publisher) or _clean(found.get("sitename")),
        author=_clean(own.author) or _clean(found.get("author")),
        published=_first_date(own.published) or _first(metas, _PUBLISHED) or _clean(found.get("date")),
        modified=_first_date(own.modified) or _first(metas, _MODIFIED),
        retrieved=retrieved,
        declared=False,
    )
    return (document,), (*problems, *more, *faults)


def _extract(trafilatura: Any, page: str) -> tuple[dict[str, Any], Any, list[str]]:
    """Return what trafilatura finds, by field, the parsed page, and the JSON-LD that was in it."""
    for noisy in ("trafilatura", "htmldate"):  # without a handler, logging would write to standard error
        logging.getLogger(noisy).addHandler(logging.NullHandler())
    tree = trafilatura.load_html(page)
    if tree is None:
        return {}, None, []
    linked = _take_linked(tree)
    _open_layout_tables(tree)
    _join_wrapped_lines(tree)
    found = trafilatura.bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False},  # no guesses from the body
    )
    if found is None:
        return {}, tree, linked
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    return fields, tree, linked


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
    return "\n".join(line for block in _list_blocks(tree) for line in _show_block(block))


def _join_inline(text: str, tree: Any) -> str:
    """Return a text in which a line for each piece of a block ("The ferry", "sank", "on Monday.") is the block again.

    trafilatura takes short pages, and those without paragraphs, apart at each tag.
    """
    known: dict[str, list[tuple[list[str], str]]] = {}
    for block in _list_blocks(tree):
        pieces, shown = _split_block(block), _show_block(block)
        if len(pieces) > 1 and len(shown) == 1:
            known.setdefault(pieces[0], []).append((pieces, shown[0]))
    lines, kept, at = text.split("\n"), [], 0
    while at < len(lines):
        line, step = lines[at], 1
        for pieces, joined in known.get(line.strip(), ())[:_MOST_TRIED]:
            if [piece.strip() for piece in lines[at : at + len(pieces)]] == pieces:
                line, step = joined, len(pieces)
                break
        kept.append(line)
        at += step
    return "\n".join(kept)


def _list_blocks(tree: Any) -> list[list[str]]:
    """Return the blocks of a page that have words, as their pieces between tags."""
    blocks = list_blocks(tree) if tree is not None else []
    return [[piece for piece in block if piece] for block in blocks if any(piece.strip() for piece in block)]


def _split_block(block: Sequence[str]) -> list[str]:
    return [" ".join(piece.split()) for piece in block if piece.strip()]


def _show_block(block: Sequence[str]) -> list[str]:
    """Return the lines of a block: one, where no two of its pieces run into each other as labels side by side do.

    What goes on in small letters is the rest of a word whose beginning is set apart.
    """
    pairs = itertools.pairwise(block)
    if any(left[-1].isalnum() and right[0].isalnum() and not right[0].islower() for left, right in pairs):
        return _split_block(block)
    return [" ".join("".join(block).split())]


def _take_linked(tree: Any) -> list[str]:
    """Return the JSON-LD of a page and take it out of the tree, with the microdata of other things than the page."""
    scripts = [e for e in tree.iter("script") if (e.get("type") or "").strip().casefold().startswith(_LINKED)]
    found = [element.text for element in scripts if element.text]
    for element in scripts:
        element.text = None
    for element in list(tree.iter("meta", "time")):
        if element.get("itemprop") and _is_of_another(element):
            for name in ("content", "datetime", "itemprop"):
                element.attrib.pop(name, None)
    return found


# Tables that one page may have to be looked at: what is inside a table is counted for each one around it.
_MOST_TABLES = 200
_LAYOUT = "count(./tr | ./*/tr) < 2 or .//h1 or .//h2 or .//td[count(./p) > 1 or count(./br) > 3]"


def _open_layout_tables(tree: Any) -> None:
    """Make blocks of the cells of tables that hold the page and no data: of one row, or with paragraphs in a cell."""
    tables = list(tree.iter("table"))[:_MOST_TABLES]
    laid_out = [table for table in tables if table.xpath(_LAYOUT)]
    for table in laid_out:
        rows = table.xpath("./tr | ./*/tr")
        for element in (table, *rows, *(e for e in table if e.tag in ("tbody", "thead", "tfoot"))):
            element.tag = "div"
        for cell in (c for row in rows for c in row if c.tag in ("td", "th")):
            cell.tag = "div"
            _part_at_breaks(cell)


def _part_at_breaks(cell: Any) -> None:
    """Make a paragraph of each run of text between line breaks of a cell."""
    if cell.find("br") is None or cell.find("p") is not None:
        return
    children = list(cell)
    block = cell.makeelement("p")
    block.text, cell.text = cell.text, None
    made = [block]
    for child in children:
        cell.remove(child)  # with its tail, which goes where it goes
        if child.tag == "br" or child.tag in ("h1", "h2", "h3", "table", "div"):
            if child.tag != "br":
                made.append(child)
            block = cell.makeelement("p")
            block.text, child.tail = child.tail, None
            made.append(block)
        else:
            block.append(child)
    for element in made:
        cell.append(element)


# A shorter line without an end may be a name, a heading or a line of verse.
_LEAST_WRAPPED = 30


def _join_wrapped_lines(tree: Any) -> None:
    """Make a space of each line break within a sentence: before a small letter, and after a word that ends none.

    Where a block has such breaks, its lines were wrapped, and a long one without an end goes on in a capital too.
    """
    never_last = listed("determiners") | listed("ends")
    wrapped: set[Any] = set()
    joined: list[tuple[Any, bool]] = []
    for element in tree.iter("br"):
        before, after = _text_before(element).rstrip(), _text_after(element).lstrip()
        if not before or not after or not (before[-1].isalnum() or before[-1] in ",’'”"):
            continue
        if after[0].islower() or before.rpartition(" ")[2] in never_last:
            wrapped.add(element.getparent())
            joined.append((element, True))
        elif after[0].isupper() and len(before) >= _LEAST_WRAPPED and before[-1] not in "’'”":
            joined.append((element, False))
    _drop_breaks([element for element, surely in joined if surely or element.getparent() in wrapped])


def _drop_breaks(elements: Sequence[Any]) -> None:
    """Put a space in the place of each line break; the text around a run of them is put together once."""
    sinks: dict[Any, tuple[Any, str]] = {}
    parts: dict[tuple[Any, str], list[str]] = {}
    for element in elements:
        other = element.getprevious()
        sink = sinks.get(other) or ((element.getparent(), "text") if other is None else (other, "tail"))
        sinks[element] = sink
        parts.setdefault(sink, [getattr(*sink) or ""]).append(element.tail or "")
    for (element, name), texts in parts.items():
        setattr(element, name, " ".join(texts))
    for element in elements:
        element.tail = None
        element.getparent().remove(element)


def _text_before(element: Any) -> str:
    other = element.getprevious()
    if other is None:
        return element.getparent().text or ""
    if other.tail and other.tail.strip():
        return str(other.tail)
    return "" if other.tag == "br" else other.text or ""


def _text_after(element: Any) -> str:
    if element.tail and element.tail.strip():
        return str(element.tail)
    other = element.getnext()
    return "" if other is None or other.tag == "br" else other.text or ""


def _is_of_another(element: Any) -> bool:
    """Return whether a property of microdata is that of a comment, a related piece or another thing on the page."""
    scope = next((a for a in element.iterancestors() if a.get("itemscope") is not None), None)
    if scope is None:
        return False
    kind = (scope.get("itemtype") or "").rstrip("/").rpartition("/")[2]
    return scope.get("itemprop") not in (None, "mainEntity") or not (not kind or _ARTICLE_TYPE.search(kind))


def _list_metas(tree: Any) -> dict[str, str]:
    """Return what meta elements of the page declare, by lower-case name."""
    metas: dict[str, str] = {}
    if tree is None:
        return metas
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if key and content:
            metas.setdefault(key.strip().casefold(), content.strip())
    return metas


def _first_date(value: str | None) -> str | None:
    from wirecheck.text.timestamps import read_timestamp

    return value if value is not None and read_timestamp(value) is not None else None


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
