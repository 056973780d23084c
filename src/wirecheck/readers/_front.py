"""What a Markdown file says of itself before its text: the block of fields between two lines of "---" or "+++"."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*[:=][ \t]*(.*)\Z")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)\Z")
# Names that programs which make pages of Markdown give to what Wirecheck keeps.
_NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "published": ("date", "published", "publishdate", "date-published", "datepublished", "created"),
    "modified": ("lastmod", "updated", "modified", "date-modified", "datemodified", "last-modified"),
    "url": ("canonical", "canonical-url", "canonicalurl", "url", "source", "link"),
    "publisher": ("publisher", "publication", "site"),
}


def split_front(text: str) -> tuple[dict[str, str], str]:
    """Return what a text says of itself, by the name of the field of a document, and the text behind it.

    >>> split_front("---\\ntitle: 'Quay shut'\\nauthors: [Ann Roe, Bo Lind]\\ntags: x\\n---\\nThe quay was shut.")
    ({'title': 'Quay shut', 'author': 'Ann Roe, Bo Lind'}, 'The quay was shut.')
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    given: dict[str, list[str]] = {}
    name = ""
    for line in block[2].split("\n"):
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field is not None:
            name = field[1].casefold().replace("_", "-")
            given[name] = [v for part in _list_values(field[2]) if (v := _plain(part))]
        elif item is not None and name:
            given[name].append(_plain(item[1]))
        elif line.strip() and not line.startswith(("#", " ", "\t")):
            return {}, text  # not fields: two rules around a paragraph
    if not given:
        return {}, text
    found = {}
    for wanted, names in _NAMES.items():
        values = next((given[n] for n in names if given.get(n)), [])
        if values and (wanted != "url" or values[0].startswith(("http://", "https://"))):
            found[wanted] = ", ".join(values) if wanted == "author" else values[0]
    return found, text[block.end() :]


def _list_values(value: str) -> list[str]:
    value = value.strip()
    return value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]


def _plain(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
