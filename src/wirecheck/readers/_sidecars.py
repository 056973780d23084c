"""What is said of a file beside it: `herald.toml` for `herald.txt`, and `documents.csv` for all files of its folder.

Both say who published a text, its title, date, author and address. What they say of a file counts more than what the
file says; of a file with several documents it stands where a document says nothing. They are no documents themselves.
"""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.model import Document, Problem
from wirecheck.naming import suggest
from wirecheck.text.timestamps import read_timestamp

TABLE = "documents.csv"
_SUFFIX = ".toml"
_FIELDS = {"publisher": "publisher", "title": "title", "date": "published", "author": "author", "url": "url"}
_KNOWN = f"known are {', '.join(_FIELDS)}"
# What may be said of all documents of a file, and of all inputs.
_OF_SEVERAL = ("publisher", "author", "published")
_LARGEST = 1 << 20
_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a file, and what is said of all inputs that do not say it; by names of `Document`."""

    of_file: Mapping[str, str] = field(default_factory=dict)
    of_all: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.of_file or self.of_all)


class Sidecars:
    """Reads what is said of files; faults are added to `problems`, each once."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._names: dict[str, frozenset[str]] = {}
        self._tables: dict[str, dict[str, dict[str, str]]] = {}

    def is_sidecar(self, path: str) -> bool:
        """Return whether a file only says something of others: a table, or TOML beside a file of the same name."""
        folder, name = os.path.split(path)
        if name == TABLE:
            return True
        stem, suffix = os.path.splitext(name)
        return suffix.lower() == _SUFFIX and any(
            os.path.splitext(other)[0] == stem and other != name for other in self._list_names(folder)
        )

    def read(self, path: str) -> dict[str, str]:
        """Return what is said of a file, by names of `Document`: in the table of its folder, then beside it."""
        folder, name = os.path.split(path)
        names = self._list_names(folder)
        said: dict[str, str] = {}
        if TABLE in names:
            said.update(self._read_table(folder).get(name, {}))
        beside = f"{os.path.splitext(name)[0]}{_SUFFIX}"
        if beside in names and beside != name:
            said.update(self._read_toml(os.path.join(folder, beside), path))
        return said

    def _list_names(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(n for n in os.listdir(folder or ".") if not n.startswith("."))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def _read_toml(self, path: str, beside: str) -> dict[str, str]:
        text = self._read_text(path)
        if text is None:
            return {}
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._report(path, f'TOML was expected, such as publisher = "Herald"; {error}')
            return {}
        return self._take(path, beside, values)

    def _read_table(self, folder: str) -> dict[str, dict[str, str]]:
        if folder in self._tables:
            return self._tables[folder]
        found = self._tables[folder] = {}
        path = os.path.join(folder, TABLE)
        text = self._read_text(path)
        if text is None:
            return found
        head = text.partition("\n")[0]
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
        try:
            names = [name.strip().casefold() for name in next(rows, [])]
            if "file" not in names:
                self._report(path, f"a line of names was expected, with `file` and some of {', '.join(_FIELDS)}")
                return found
            for row in rows:
                values = dict(zip(names, (cell.strip() for cell in row), strict=False))
                file = values.pop("file", "")
                place = f"{path}:{rows.line_num}"
                if not any(values.values()) and not file:
                    continue
                if file not in self._list_names(folder):
                    self._report(place, f"no file {file!r} in this folder", suggest(file, self._list_names(folder)))
                    continue
                found[file] = self._take(place, os.path.join(folder, file), {k: v for k, v in values.items() if v})
        except csv.Error as error:
            self._report(path, f"CSV was expected; {error}")
        return found

    def _take(self, place: str, file: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Return those values that say something; the others are problems of the file that they are said of."""
        said = {}
        for key, value in values.items():
            name = "date" if key == "published" else key
            if name not in _FIELDS:
                self._report(file, f"{place}: {key!r} says nothing here; {_KNOWN}", suggest(key, _FIELDS))
            elif isinstance(value, dict | list | bool):
                self._report(file, f"{place}: {key}: a text was expected; found {str(value)[:60]}")
            elif name == "date" and read_timestamp(_show(value)) is None:
                expected = "a date such as 2025-02-13 was expected"
                self._report(file, f"{place}: {key}: {expected}; found {_show(value)[:60]!r}")
            elif _show(value).strip():
                said[_FIELDS[name]] = " ".join(_show(value).split())
        return said

    def _read_text(self, path: str) -> str | None:
        from wirecheck.readers._decode import decode

        try:
            data = Path(path).read_bytes() if os.path.getsize(path) <= _LARGEST else None
        except OSError as error:
            self._report(path, f"the file cannot be read: {error.strerror or type(error).__name__}")
            return None
        if data is None:
            self._report(path, f"at most {_LARGEST} bytes were expected of what is said of other files")
            return None
        text, faults = decode(path, data)
        self._problems.extend(faults)
        return text.removeprefix("\ufeff") if text is not None else None

    def _report(self, path: str, message: str, near: str = "") -> None:
        problem = Problem(_show_path(path), f"{message}; it is left out{near}")
        if problem not in self._problems:
            self._problems.append(problem)


def check_said(said: Mapping[str, str]) -> None:
    """Raise `UsageError` for what cannot be said of all inputs: another name, or a date that is none."""
    for name, value in said.items():
        if name not in _OF_SEVERAL:
            raise UsageError(f"{name} cannot be said of all inputs; {', '.join(_OF_SEVERAL)} can")
        if name == "published" and read_timestamp(value) is None:
            raise UsageError(f"a date such as 2025-02-13 was expected; found {value!r}")


def apply_said(
    location: str, documents: Sequence[Document], problems: Iterable[Problem], said: Said
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents of a file with what is said of it, and the problems met."""
    found = tuple(problems)
    made = []
    for document in documents:
        alone = document.location == location
        values = {k: v for k, v in said.of_all.items() if getattr(document, k) is None}
        values |= {
            k: v for k, v in said.of_file.items() if alone or (k in _OF_SEVERAL and getattr(document, k) is None)
        }
        document, more = _describe(document, values) if values else (document, ())
        found += tuple(p for p in more if p not in found)
        made.append(document)
    return tuple(made), found


def _describe(document: Document, values: dict[str, str]) -> tuple[Document, tuple[Problem, ...]]:
    from wirecheck.readers import is_url, look_at
    from wirecheck.readers._build import build_document

    reader = None if is_url(document.location) else look_at(document.location, document.received[:_HEAD_BYTES])[0]
    if reader is not None and reader.name == "text":
        # Of a plain text, title and publisher also tell what is no part of the article.
        return build_document(
            location=document.location,
            name=document.name,
            text=document.text,
            received=document.received,
            title=values.get("title", document.title),
            url=values.get("url", document.url),
            publisher=values.get("publisher", document.publisher),
            author=values.get("author", document.author),
            published=values.get("published", document.published),
            modified=document.modified,
            retrieved=document.retrieved,
            language=document.language,
        )
    problems: tuple[Problem, ...] = ()
    if "title" in values and values.pop("title") != document.title:
        problems = (Problem(document.location, "title: taken of plain texts only; that of the document is kept"),)
    stamped: dict[str, Any] = dict(values)
    if "published" in stamped:
        stamped["published"] = read_timestamp(stamped["published"])
    return replace(document, **stamped), problems


def _show(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _show_path(path: str) -> str:
    from wirecheck.readers import show_path

    return show_path(path)
