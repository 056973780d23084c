"""What a page says of itself in JSON-LD (schema.org): of the node that is this page, and of no other one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Types of schema.org for what a page of news is; kinds of one end in these words ("NewsArticle", "BlogPosting").
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Statement|Interview)\Z")
_PAGE = re.compile(r"(?:Web|Item|Profile|About)Page\Z")
# Properties whose value is what the node is about or tells it is; whatever hangs on another one is something else.
_SAME = ("mainEntity", "mainEntityOfPage", "@graph")
_MOST_NODES = 2000
_MOST_DEPTH = 6
_PACKAGED = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?(.*?)(?:-->|//\s*\]\]>|\]\]>)?\s*;?\s*\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What JSON-LD says of a page; None where it says nothing."""

    published: str | None = None
    modified: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    is_article: bool = False
    """True when a node says that it is an article; False for a page of any kind."""


def read_linked(scripts: Sequence[str], *, url: str | None, title: str | None) -> Linked | None:
    """Return what the node that is this page says, None where no script holds one.

    It is the node with the page's address or headline, else the only article, else the page; never one that hangs on
    another by a property such as `liveBlogUpdate`, `comment`, `isPartOf` or `itemListElement`.
    """
    tops: list[Mapping[str, Any]] = []
    known: dict[str, Mapping[str, Any]] = {}
    for script in scripts:
        data = _parse(script)
        tops.extend(_list_tops(data))
        known.update(_list_known(data))
    if not tops:
        return None
    ranked = [(_rank(node, url, title), -number, node) for number, node in enumerate(tops)]
    best = max(ranked, key=lambda r: r[:2])
    if best[0] <= 0:
        return None
    articles = [r for r in ranked if _is(_ARTICLE, r[2])]
    if best[0] < _RANKS["address"] and len(articles) > 1:
        return None  # several articles, none of which is told to be this one: a front page, or a list
    node = best[2]
    return Linked(
        published=_text(node.get("datePublished")),
        modified=_text(node.get("dateModified")),
        author=", ".join(dict.fromkeys(_list_names(node.get("author") or node.get("creator"), known))) or None,
        publisher=next(_list_names(node.get("publisher"), known), None),
        url=_address(node, known),
        is_article=_is(_ARTICLE, node),
    )


_RANKS = {"address": 8, "headline": 4, "article": 2, "page": 1}


def _rank(node: Mapping[str, Any], url: str | None, title: str | None) -> int:
    if not (_is(_ARTICLE, node) or _is(_PAGE, node)):
        return 0
    rank = _RANKS["article"] if _is(_ARTICLE, node) else _RANKS["page"]
    addresses = {_plain_address(a) for a in _list_addresses(node)}
    if url is not None and _plain_address(url) in addresses:
        rank += _RANKS["address"]
    headline = _text(node.get("headline")) or _text(node.get("name"))
    if headline is not None and title is not None and _same_words(headline, title):
        rank += _RANKS["headline"]
    return rank


def _same_words(left: str, right: str) -> bool:
    a, b = (" ".join(re.findall(r"\w+", text.casefold())) for text in (left, right))
    return bool(a) and (a == b or (len(a) > 20 and (b.startswith(a) or a.startswith(b)) and len(b) > 20))


def _parse(script: str) -> Any:
    match = _PACKAGED.match(script[:2_000_000])
    try:
        return json.loads(match[1] if match is not None else script, strict=False)
    except (ValueError, RecursionError):
        return None


def _list_tops(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the nodes that hang on no other one, or on one by a property that tells what it is."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(data, list):
        for entry in data[:_MOST_NODES]:
            yield from _list_tops(entry, depth + 1)
    elif isinstance(data, Mapping):
        if "@type" in data:
            yield data
        for key in _SAME:
            if isinstance(data.get(key), (list, Mapping)):
                yield from _list_tops(data[key], depth + 1)


def _list_known(data: Any, depth: int = 0) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield nodes with an id and more than that, by id, so that a reference to one can be followed."""
    if depth > _MOST_DEPTH:
        return
    values = data if isinstance(data, list) else list(data.values()) if isinstance(data, Mapping) else []
    if isinstance(data, Mapping) and isinstance(data.get("@id"), str) and len(data) > 1:
        yield data["@id"], data
    for value in values[:_MOST_NODES]:
        yield from _list_known(value, depth + 1)


def _is(kind: re.Pattern[str], node: Mapping[str, Any]) -> bool:
    types = node.get("@type")
    return any(isinstance(t, str) and kind.search(t) for t in (types if isinstance(types, list) else [types]))


def _list_names(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for entry in value[:20] if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping):
            entry = known.get(str(entry.get("@id")), entry) if "name" not in entry else entry
            name = _text(entry.get("name"))
        else:
            name = _text(entry)
        if name is not None and not name.startswith(("http://", "https://")):
            yield name


def _list_addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(value, str):
            yield value


def _address(node: Mapping[str, Any], known: Mapping[str, Any]) -> str | None:
    value = _text(node.get("url"))
    return value if value is not None and value.startswith(("http://", "https://")) else None


def _plain_address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0]).rstrip("/").casefold()


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("@value")
    return value.strip() or None if isinstance(value, str) else None
