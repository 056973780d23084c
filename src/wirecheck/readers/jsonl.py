"""JSONL: one document a line."""

from __future__ import annotations

import json

from wirecheck.model import Document, Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 for a JSONL suffix, 2 where the first line begins an object, else 0."""
    if suffix in READER.suffixes:
        return 3
    return 2 if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"') else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return one document for each good line, and a problem for each bad one."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        place = f"{location}:{number}"
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError) as error:
            problems.append(Problem(place, f"a JSON object was expected; {error}"))
            continue
        if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
            problems.append(Problem(place, 'an object with a non-empty "text" was expected'))
            continue
        document, more = build_document(
            location=place,
            name=str(record.get("name") or f"{name}-{number}"),
            text=record["text"],
            received=line,
            **{
                k: str(record[k])
                for k in ("title", "url", "publisher", "author", "published", "modified")
                if record.get(k)
            },
        )
        documents.append(document)
        problems.extend(more)
    return tuple(documents), tuple(problems)


READER = Reader(
    name="jsonl",
    version=1,
    summary="JSONL: text and optional name, title, url, publisher, published, modified, author.",
    suffixes=(".jsonl", ".ndjson"),
    accepts=accepts,
    read=read,
)
