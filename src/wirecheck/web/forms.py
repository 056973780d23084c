"""Forms read: what a browser sends, checked and bounded, as values."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from wirecheck.archive import Filter
from wirecheck.errors import UsageError
from wirecheck.readers import is_url
from wirecheck.settings import Settings
from wirecheck.web.tasks import Given, Pasted, Upload

MOST_FILES = 500
MOST_FIELDS = 2000
MOST_ADDRESSES = 50
# Characters of one text that is pasted: a book is a million.
LONGEST_TEXT = 2_000_000
LONGEST_WORDS = 2000
WHO = "wirecheck-who"
_LONGEST_WHO = 80


@asynccontextmanager
async def read_form(request: Request) -> AsyncIterator[FormData]:
    """Give the fields and files of a form; files lie in nameless temporary files meanwhile."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=4 * LONGEST_TEXT) as form:
        yield form


async def read_given(form: FormData) -> Given:
    """Return what a form gives to be read; raises `UsageError` for what cannot be."""
    publishers, dates = read_texts(form, "publisher"), read_texts(form, "published")
    pasted = []
    for number, text in enumerate(read_texts(form, "text")):
        if not text.strip():
            continue
        if len(text) > LONGEST_TEXT:
            raise UsageError(
                f"text {number + 1} has {len(text)} characters; at most {LONGEST_TEXT} are read: add it as a file"
            )
        if is_url(text.strip()) and len(text.split()) == 1:
            raise UsageError("an address stands where a text was expected; put it under Addresses, and it is fetched")
        date = dates[number] if number < len(dates) else ""
        if date and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2})?)?)?", date):
            raise UsageError(f"a date such as 2025-02-13 was expected; found {date!r}")
        pasted.append(Pasted(text, publishers[number].strip() if number < len(publishers) else "", date))
    addresses = tuple(dict.fromkeys(read_text(form, "addresses").split()))
    if strange := [a for a in addresses if not is_url(a)]:
        raise UsageError(f"addresses begin with http:// or https://; found {strange[0]!r}")
    if len(addresses) > MOST_ADDRESSES:
        raise UsageError(f"at most {MOST_ADDRESSES} addresses are fetched at once; found {len(addresses)}")
    uploads = []
    for number, file in enumerate(form.getlist("files")):
        if isinstance(file, UploadFile) and (file.filename or file.size):
            data = await file.read(Settings().largest_file_bytes + 1)
            if len(data) > Settings().largest_file_bytes:
                raise UsageError(
                    f"file {number + 1} is larger than {Settings().largest_file_bytes} bytes: use `wirecheck add`"
                )
            uploads.append(Upload(file.filename or "file", data))
    if not pasted and not uploads and not addresses:
        raise UsageError("nothing was given: paste a text, name an address or choose a file")
    return Given(tuple(pasted), tuple(uploads), addresses)


def read_text(form: FormData, name: str) -> str:
    """Return the one value of a field, "" where it is not there."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def read_texts(form: FormData, name: str) -> list[str]:
    """Return all values of a field."""
    return [v for v in form.getlist(name) if isinstance(v, str)]


def read_who(request: Request) -> str:
    """Return the name under which this browser ruled the last time, "" where it never did."""
    return _clean_who(unquote(request.cookies.get(WHO, "")))


def clean_who(text: str) -> str:
    """Return a person's name from a form; raises `UsageError` where there is none."""
    who = _clean_who(text)
    if not who:
        raise UsageError("a ruling has someone who made it: give your name")
    return who


def _clean_who(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_WHO]


def read_place(text: str) -> str:
    """Return a place of this app to lead back to: a path with its query; anything else is the start.

    >>> read_place("/story/s1?a=1"), read_place("//evil.example/x"), read_place("https://evil.example/")
    ('/story/s1?a=1', '/', '/')
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    safe = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if safe and not parts.scheme and not parts.netloc else "/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the archive as the address has them."""

    search: str
    publisher: str
    since: str
    until: str
    least: int
    page: int

    @property
    def is_any(self) -> bool:
        return bool(self.search or self.publisher or self.since or self.until)

    @property
    def filter(self) -> Filter:
        return Filter(
            search=self.search or None,
            publisher=self.publisher or None,
            since=self.since or None,
            until=self.until or None,
        )


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return the filters of an address; what is no number is the default."""

    def text(name: str) -> str:
        return query.get(name, "").strip()[:LONGEST_WORDS]

    return Wanted(
        text("search"),
        text("publisher"),
        text("since"),
        text("until"),
        _read_number(query, "least"),
        read_page(query),
    )


def read_page(query: Mapping[str, str]) -> int:
    """Return which page of a list an address asks for, the first where it does not say."""
    return _read_number(query, "page")


def _read_number(query: Mapping[str, str], name: str) -> int:
    value = query.get(name, "")
    return max(1, min(int(value), 10**6)) if value.isdecimal() and len(value) < 8 else 1
