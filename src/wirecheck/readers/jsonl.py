"""JSONL: one document a line; JSON with one document or a list of them is read too, and what other programs write."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

from wirecheck.model import Document, Problem
from wirecheck.readers import Part, Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._records import list_records, map_record, name_values
from wirecheck.settings import Settings
from wirecheck.text.unseen import strip_unseen

_BLOCK = 1 << 20
NO_ARTICLE = (
    'no article in it: it has no "text"; publisher, title and date of plain files go into documents.csv or NAME.toml'
)
"""What is said of a whole file that tells of others, not of a line: nothing of it can be saved in another form."""
_NUMBER = re.compile(r":\d+\Z")
_LINED = (".jsonl", ".ndjson")
_FIELDS = ("title", "url", "publisher", "author", "published", "modified", "retrieved", "language")


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 for a JSON suffix, 2 where the first line begins an object with a text, 1 for a feed, else 0."""
    if b"jsonfeed.org/version" in head.replace(b"\\/", b"/"):
        return 1
    if suffix in READER.suffixes:
        return 3
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return 2 if head.startswith(b'{"') and b'":' in head else 0


def can_cut(suffix: str, head: bytes) -> bool:
    """Return whether a file has a record on each line that ends where its bytes do."""
    # UTF-16 has its line ends elsewhere, and a list over several lines is one value: both are read whole.
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return suffix in _LINED and start[:1] != b"[" and b"\x00" not in head


def cut(location: str, file: IO[bytes], settings: Settings) -> Iterator[Part]:
    """Yield the lines that hold anything, by their numbers, whatever gzip makes of them."""
    problems: list[Problem] = []
    largest = settings.largest_file_bytes
    number = 0
    found_any = False
    for line in _list_lines(location, file, largest, problems):
        number += 1
        if line is None:
            reason = f"at most {largest} bytes were expected on the line"
            yield Part(number, None, file.tell(), (Problem(f"{location}:{number}", reason),))
        elif line.strip():
            yield Part(number, line, file.tell())
        else:
            continue
        found_any = True
    if not found_any and number and not problems:
        reason = "a JSON object was expected on a line; the file holds white space alone"
        problems.append(Problem(location, reason))
    if problems:
        yield Part(number, None, file.tell(), tuple(problems))


def _list_lines(location: str, file: IO[bytes], largest: int, problems: list[Problem]) -> Iterator[bytes | None]:
    """Yield lines without their ends, None for one that is too long."""
    rest = b""
    too_long = False
    for block in _list_blocks(location, file, problems):
        parts = (rest + block).split(b"\n")
        rest = parts.pop()
        for part in parts:
            yield None if too_long or len(part) > largest else part
            too_long = False
        if len(rest) > largest:
            rest, too_long = b"", True
    if rest or too_long:
        yield None if too_long else rest


def _list_blocks(location: str, file: IO[bytes], problems: list[Problem]) -> Iterable[bytes]:
    """Yield the bytes of a file, those that gzip holds where it is gzip."""
    head = file.read(2)
    file.seek(0)
    if head != b"\x1f\x8b":
        while block := file.read(_BLOCK):
            yield block
        return
    member = zlib.decompressobj(wbits=31)
    started = False
    waiting = b""
    try:
        while block := waiting or file.read(_BLOCK // 4):
            waiting = b""
            if member.eof:
                block = block.lstrip(b"\x00")
                if not block:
                    continue
                member, started = zlib.decompressobj(wbits=31), False
            yield member.decompress(block, _BLOCK)
            started = True
            waiting = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error:
        problems.append(Problem(location, "gzip was expected to the end; what follows is damaged"))
        return
    if started and not member.eof:
        problems.append(Problem(location, "gzip was expected to end; the file is cut off"))


def read_part(location: str, name: str, number: int, data: bytes, settings: Settings) -> Read:
    """Return the document of one line, and the problems met."""
    place = f"{location}:{number}"
    text, problems = decode(place, data)
    if text is None:
        return (), problems
    try:
        record = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return (), (*problems, Problem(place, f"one JSON object was expected on the line; {reason}"))
    document, more = read_record(place, f"{name}-{number}", record, data)
    return (() if document is None else (document,)), (*problems, *more)


def read(location: str, name: str, data: bytes) -> Read:
    """Return one document for each good line, and a problem for each bad one."""
    text, problems = decode(location, data)
    if text is None:
        return (), problems
    documents: list[Document] = []
    found = list(problems)
    whole = _read_whole(text)
    if whole is not None:
        rows = [(f"{location}:{n}" if len(whole) > 1 else location, record, data) for n, record in enumerate(whole, 1)]
        names = [f"{name}-{n}" if len(whole) > 1 else name for n in range(1, len(whole) + 1)]
    else:
        rows, names = [], []
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            place = f"{location}:{number}"
            try:
                record = json.loads(line, strict=False)
            except (ValueError, RecursionError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
                found.append(Problem(place, f"one JSON object was expected on the line; {reason}"))
                continue
            rows.append((place, record, line.encode("utf-8", "surrogatepass")))
            names.append(f"{name}-{number}")
    for (place, record, received), default in zip(rows, names, strict=True):
        document, more = read_record(place, default, record, received)
        found.extend(more)
        if document is not None:
            documents.append(document)
    if not rows and not found:
        found.append(Problem(location, "a JSON object was expected on a line; the file holds white space alone"))
    return tuple(documents), tuple(found)


def _read_whole(text: str) -> list[Any] | None:
    """Return the records of a file that is one JSON value over several lines, else None."""
    text = text.strip()
    if not text.startswith(("[", "{")):
        return None
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, list):
        return data
    return list_records(data) or ([data] if "\n" in text else None)


def read_record(location: str, name: str, record: Any, received: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document of one record, or none, and the problems met."""
    if not isinstance(record, dict):
        return None, (Problem(location, f'an object with "text" was expected; found {_kind(record)}'),)
    record = map_record(record)
    text = record.get("text")
    if "text" not in record and _NUMBER.sub("", location).endswith(".json"):
        return None, (Problem(location, NO_ARTICLE),)
    if not isinstance(text, str):
        return None, (Problem(location, f'"text" was expected to be a string; found {_kind(text)}'),)
    text, problems = clean_text(location, text)
    if not any(c.isalnum() for c in text):
        return None, (*problems, Problem(location, '"text" was expected to hold words; it holds none'))
    fields: dict[str, str] = {}
    for field in _FIELDS:
        value = name_values(record.get(field))
        if isinstance(value, bool) or not isinstance(value, (str, int, float, list)) or value == [] or value == "":
            if value not in (None, "", []):
                problems = (
                    *problems,
                    Problem(location, f'"{field}" was expected to be a string; found {_kind(value)}'),
                )
            continue
        joined = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        fields[field] = strip_unseen(joined).strip() if field == "url" else clean_field(joined) or ""
    given = record.get("name")
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        name = clean_field(str(given)) or name
    document, more = build_document(
        location=location,
        name=name,
        text=text,
        received=received,
        title=fields.get("title"),
        url=fields.get("url"),
        publisher=fields.get("publisher"),
        author=fields.get("author"),
        published=fields.get("published"),
        modified=fields.get("modified"),
        retrieved=fields.get("retrieved"),
        language=fields.get("language"),
    )
    return document, (*problems, *more)


def _kind(value: object) -> str:
    if value is None:
        return "none"
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "another value")


READER = Reader(
    name="jsonl",
    version=2,
    summary="JSONL and JSON with text, title, url, dates …; also of trafilatura, news-please, fundus and ninjs.",
    suffixes=(".jsonl", ".ndjson", ".json"),
    accepts=accepts,
    read=read,
    cut=cut,
    read_part=read_part,
    can_cut=can_cut,
)
