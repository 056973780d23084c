"""Families of publishers: which titles one owner publishes, from the reviewed list and a file of the user's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from wirecheck.errors import UsageError
from wirecheck.lineage.publishers import canonical_publisher, host_of
from wirecheck.model import Document

_DOMAIN = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Title:
    """What one owner publishes under a name, and where that is said."""

    name: str
    owner: str
    domains: tuple[str, ...]
    editions: tuple[str, ...] = ()
    source: str | None = None
    by_name: bool = False
    """Also known by its name where a document has no address: a user may say so of the papers that are meant."""


class Families:
    """Titles by domain; those of a user's file come before the reviewed ones."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._by_domain = {domain: t for t in titles for domain in t.domains}
        self._by_name = {canonical_publisher(n): t for t in titles if t.by_name for n in (t.name, *t.editions)}

    def find(self, document: Document) -> Title | None:
        """Return the title of a document by the longest domain that its host ends with; None where none is known."""
        host = host_of(document)
        labels = host.split(".")
        for at in range(len(labels) - 1):
            title = self._by_domain.get(".".join(labels[at:]))
            if title is not None:
                return title
        return self._by_name.get(canonical_publisher(document.publisher or "")) if not host else None


def find_owners(documents: Sequence[Document], file: str | None = None) -> dict[str, str]:
    """Return for the documents of known titles, by id, who publishes them; raises `UsageError` for a bad `file`."""
    families = Families((*list_titles(), *(read_titles(file) if file is not None else ())))
    found = {d.id: families.find(d) for d in documents}
    return {i: title.owner for i, title in found.items() if title is not None}


@cache
def list_titles() -> tuple[Title, ...]:
    """Return the reviewed titles (`lineage/data/publishers.toml`), as they stand there."""
    data = resources.files("wirecheck.lineage").joinpath("data", "publishers.toml").read_text("utf-8")
    return _build(tomllib.loads(data), "publishers.toml", by_name=False)


def read_titles(path: str) -> tuple[Title, ...]:
    """Return the titles of a user's file, in the form of the reviewed list; `source` and `editions` may be left out.

    Raises `UsageError` that names the place where the file is not as it must be.
    """
    try:
        data = tomllib.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"the publishers file {path} cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the publishers file {path} is no TOML: {error}") from error
    return _build(data, path, by_name=True)


def _build(data: Mapping[str, Any], path: str, *, by_name: bool) -> tuple[Title, ...]:
    _expect(set(data) <= {"owner"} and isinstance(data.get("owner", []), list), path, "[[owner]] tables and no others")
    titles: list[Title] = []
    seen: dict[str, str] = {}
    for number, owner in enumerate(data.get("owner", []), 1):
        owner = owner if isinstance(owner, dict) else {}
        name = owner.get("name", "")
        where = f"{path}, [[owner]] {number}{f' ({name})' if name else ''}"
        _expect(isinstance(name, str) and name.strip(), where, "a name")
        _expect(set(owner) <= {"name", "source", "titles"}, where, "the keys name, source and titles alone")
        source = owner.get("source")
        _expect(source is None or isinstance(source, str), where, "an address as source")
        _expect(isinstance(owner.get("titles"), dict) and owner["titles"], where, "a table of titles")
        for title, entry in owner["titles"].items():
            place = f"{where}, “{title}”"
            _expect(
                isinstance(entry, dict) and set(entry) <= {"domains", "editions"}, place, "domains and editions alone"
            )
            domains, editions = entry.get("domains", []), entry.get("editions", [])
            for value, what in ((domains, "domains"), (editions, "editions")):
                _expect(
                    isinstance(value, list) and all(isinstance(v, str) for v in value),
                    place,
                    f"{what} as a list of words",
                )
            _expect(domains or by_name, place, "at least one domain")
            for domain in domains:
                _expect(_DOMAIN.fullmatch(domain), place, f"a domain such as herald.example, not {domain!r}")
                other = seen.setdefault(domain.lower(), place)
                _expect(other == place, place, f"each domain once; {domain} is also at {other}")
            lower = tuple(d.lower().removeprefix("www.") for d in domains)
            titles.append(Title(title, name, lower, tuple(editions), source, by_name))
    return tuple(titles)


def _expect(holds: object, where: str, what: str) -> None:
    if not holds:
        raise UsageError(f"{where}: {what} was expected")
