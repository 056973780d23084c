"""Records of other programs in the names of JSONL: trafilatura, news-please, fundus, and the IPTC's ninjs 1 to 3.

Key names: trafilatura's `build_json_output`, news-please's `NewsArticle`, fundus's `Article.to_json`, and the schemas
at iptc.org/std/ninjs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirecheck.readers._markup import read_fragment

_EMPTY: tuple[object, ...] = (None, "", "None", "null", [], {})
# What data sets, interfaces of papers and schema.org call the text, and the rest.
_TEXTS = (
    "articleBody",
    "body",
    "content",
    "full_text",
    "fulltext",
    "fullText",
    "article_text",
    "bodyText",
    "body_text",
)
_WORDED = ("rendered", "text", "value", "content", "html", "#text")
_OTHERS = (
    ("published", "date"), ("published", "datePublished"), ("published", "publishedAt"), ("published", "published_at"),
    ("published", "publish_date"), ("published", "webPublicationDate"), ("modified", "dateModified"),
    ("publisher", "source"), ("author", "authors"), ("author", "byline"), ("author", "creator"), ("title", "headline"),
    ("title", "webTitle"), ("url", "link"), ("url", "webUrl"),
)  # fmt: skip
_MOST_LEVELS = 3
_NINJS_BODIES = ("body_text", "body_main", "body_plain", "body_xhtml", "body_html", "body_richtext")


def map_record(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record with the names of JSONL, whichever program wrote it; one of no known program is left as it is."""
    if "maintext" in record:
        return _map_news_please(record)
    if "publishing_date" in record or (isinstance(record.get("body"), dict) and "sections" in record["body"]):
        return _map_fundus(record)
    if _is_ninjs(record):
        return _map_ninjs(record)
    if "source-hostname" in record or ("raw_text" in record and "hostname" in record):
        return _map_trafilatura(record)
    return _map_plain(record)


def name_values(value: Any) -> Any:
    """Return a value with the name of each object in place of the object, as schema.org and others write people."""
    if isinstance(value, list):
        found = [name_values(entry) for entry in value]
        return [entry for entry in found if entry not in _EMPTY]
    if not isinstance(value, Mapping):
        return value
    parts = [value.get(key) for key in ("first_name", "last_name")]
    joined = " ".join(part for part in parts if isinstance(part, str))
    named = (value.get(key) for key in ("name", "full_name", "display_name", "title", "rendered", "@value"))
    return next((name for name in named if isinstance(name, str) and name), joined or value)


def list_records(value: Any) -> list[Any] | None:
    """Return the records that an answer of an interface holds in a list under a name of its own, None for no such.

    >>> list_records({"status": "ok", "articles": [{"title": "Quay shut", "content": "The quay was shut."}]})
    [{'title': 'Quay shut', 'content': 'The quay was shut.'}]
    """
    held = [value]
    for _ in range(_MOST_LEVELS):
        held = [
            inner for outer in held if isinstance(outer, Mapping) and not has_text(outer) for inner in outer.values()
        ]
        for found in held:
            if isinstance(found, list) and any(isinstance(r, Mapping) and has_text(r) for r in found):
                return found
    return None


def has_text(record: Mapping[str, Any]) -> bool:
    """Return whether a record has words where some program puts its text."""
    return isinstance(map_record(record).get("text"), str)


def join_text(value: Any) -> Any:
    """Return paragraphs that stand in a list, or words that stand in an object, as one text; anything else as it is."""
    if isinstance(value, list):
        parts = [join_text(part) for part in value]
        words = [part for part in parts if isinstance(part, str) and part.strip()]
        return "\n\n".join(words) if words and all(isinstance(part, str) or part is None for part in parts) else value
    if isinstance(value, Mapping):
        return next((value[key] for key in _WORDED if isinstance(value.get(key), str)), value)
    return value


def _map_plain(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record of no known program; what data sets call otherwise stands in where our own name is not given."""
    for name in ("fields", "_source", "attributes"):  # of the Guardian, of Elasticsearch, of JSON:API
        inner = record.get(name)
        record = {**inner, **record} if isinstance(inner, Mapping) else record
    found = dict(record)
    texts = ((name, join_text(record.get(name))) for name in ("text", *_TEXTS))
    name, text = next(((n, t) for n, t in texts if isinstance(t, str) and t.strip()), ("text", record.get("text")))
    if "text" in record or name != "text":
        found["text"] = text
    for ours, theirs in _OTHERS:
        value = name_values(record.get(theirs))
        is_address = isinstance(value, str) and ("/" in value or (" " not in value and "." in value))
        fits = value.startswith(("http://", "https://")) if ours == "url" and is_address else not is_address
        if found.get(ours) in _EMPTY and isinstance(value, (str, list, dict)) and (fits or ours == "title"):
            found[ours] = value
    return found


def _map_trafilatura(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return _without_empty(
        text=record.get("text") or record.get("raw_text"),
        title=record.get("title"),
        author=record.get("author"),
        url=record.get("source"),
        publisher=_first(record.get("source-hostname"), record.get("hostname")),
        published=record.get("date"),
        language=record.get("language"),
    )


def _map_news_please(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return _without_empty(
        text=record.get("maintext"),
        title=_first(record.get("title"), record.get("title_page"), record.get("title_rss")),
        author=record.get("authors"),
        url=record.get("url"),
        publisher=record.get("source_domain"),
        published=record.get("date_publish"),
        modified=record.get("date_modify"),
        retrieved=record.get("date_download"),
        language=record.get("language"),
    )


def _map_fundus(record: Mapping[str, Any]) -> Mapping[str, Any]:
    page = record.get("html")
    page = page if isinstance(page, dict) else {}
    source = page.get("source_info")
    source = source if isinstance(source, dict) else {}
    return _without_empty(
        text=_first(record.get("plaintext"), _join_body(record.get("body"))),
        title=record.get("title"),
        author=record.get("authors"),
        url=_first(record.get("url"), page.get("responded_url"), page.get("requested_url")),
        publisher=_first(record.get("publisher"), source.get("publisher")),
        published=record.get("publishing_date"),
        retrieved=page.get("crawl_date"),
        language=_first(record.get("lang"), record.get("language")),
    )


def _join_body(body: Any) -> str | None:
    """Return the text of fundus's body: summary, then the headline and paragraphs of each section."""
    if not isinstance(body, dict):
        return body if isinstance(body, str) else None
    parts = _strings(body.get("summary"))
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            parts += [*_strings(section.get("headline")), *_strings(section.get("paragraphs"))]
    return "\n\n".join(part for part in parts if part.strip())


def _is_ninjs(record: Mapping[str, Any]) -> bool:
    dated = any(key in record for key in ("versioncreated", "versionCreated", "firstcreated", "firstCreated"))
    worded = any(key in record for key in ("bodies", "headlines", *_NINJS_BODIES))
    return "uri" in record and (dated or worded)


def _map_ninjs(record: Mapping[str, Any]) -> Mapping[str, Any]:
    version = _first(record.get("versioncreated"), record.get("versionCreated"))
    first = _first(
        record.get("firstcreated"),
        record.get("firstCreated"),
        record.get("contentcreated"),
        record.get("contentCreated"),
    )
    uri = record.get("uri")
    named: list[Any] = next(
        (record[key] for key in ("infosource", "infosources", "infoSources") if isinstance(record.get(key), list)), []
    )
    publishers = [entry["name"] for entry in named if isinstance(entry, dict) and isinstance(entry.get("name"), str)]
    return _without_empty(
        text=_ninjs_text(record),
        title=_first(
            record.get("headline"), record.get("headline_main"), _main(record.get("headlines")), _any_title(record)
        ),
        author=_first(record.get("byline"), record.get("by")),
        url=uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None,
        publisher=_first(", ".join(publishers), record.get("copyrightholder"), record.get("copyrightHolder")),
        published=first or version,
        modified=version if first is not None and version != first else None,
        language=record.get("language"),
    )


def _ninjs_text(record: Mapping[str, Any]) -> str | None:
    """Return the body with paragraphs where there is one: markup shows them, a plain body often has lost them."""
    found: list[tuple[int, str]] = []
    bodies = record.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            kind = str(_first(body.get("contentType"), body.get("contenttype"), "text/plain"))
            found.append(_rank(body["value"], "html" in kind))
    for key in sorted(key for key in record if key.startswith("body_")):
        if isinstance(record[key], str):
            found.append(_rank(record[key], "html" in key or "rich" in key))
    return min(found, default=(0, ""), key=lambda f: f[0])[1] or None


def _rank(body: str, is_markup: bool) -> tuple[int, str]:
    text = read_fragment(body) if is_markup else body.strip()
    if not text:
        return 3, ""
    return (0 if "\n" in text else 2 if is_markup else 1), text


def _any_title(record: Mapping[str, Any]) -> Any:
    return next(
        (record[key] for key in sorted(record) if key.startswith("headline_") and record[key]), record.get("title")
    )


def _main(entries: Any) -> str | None:
    """Return the value of the entry whose role is main, else of the first."""
    values = [e for e in (entries if isinstance(entries, list) else []) if isinstance(e, dict)]
    best = sorted(values, key=lambda e: e.get("role") != "main")
    return next((e["value"] for e in best if isinstance(e.get("value"), str)), None)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _first(*values: Any) -> Any:
    return next((value for value in values if value not in _EMPTY), None)


def _without_empty(**fields: Any) -> Mapping[str, Any]:
    return {name: value for name, value in fields.items() if value not in _EMPTY}


__all__ = ["map_record"]
