"""Names in lines that capitalise everything: those that the body or a list knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirecheck.annotators._name_forms import LONGEST, belongs_to_title, is_title, known_kind, text_of
from wirecheck.annotators._name_parsing import Name
from wirecheck.annotators._names import Line, function_words
from wirecheck.text.gazetteer import first_names, fold_name, organizations


def find_in_headlines(lines: Sequence[Line], names: Sequence[Name]) -> Iterator[Name]:
    """Yield names in lines that capitalise everything: those that the body or a list knows, the longest first."""
    known: dict[str, str] = {}
    for name in names:
        words = name.line.words[name.first : name.last]
        known.setdefault(text_of(words, 0, len(words)).casefold(), name.kind)
        if name.kind == "person" and len(words) > 1:
            known.setdefault(
                words[-1].lower if words[-1].text not in first_names().suffixes else words[-2].lower, "person"
            )
    for line in lines:
        if line.case == "plain":
            continue
        at = 0
        while at < len(line.words):
            found = None
            for last in range(min(len(line.words), at + LONGEST), at, -1):
                kind = _headline_kind(line, at, last, known)
                if kind is not None:
                    found = Name(line, at, last, _headline_title(line, at, kind), kind)
                    break
            if found is None:
                at += 1
            else:
                yield found
                at = found.last


def _headline_kind(line: Line, first: int, last: int, known: dict[str, str]) -> str | None:
    words = line.words
    if not (words[first].capital and words[last - 1].letters):
        return None
    text = text_of(words, first, last)
    if text.casefold() in known and (last - first > 1 or words[first].lower not in function_words()):
        return known[text.casefold()]
    if line.case == "upper":
        return None
    kind = known_kind(text)
    if kind and (
        last - first > 1
        or (len(text) > 2 and words[first].lower not in function_words())
        or text in ("US", "UK", "UN", "EU")
    ):
        return kind
    if (
        last - first == 2
        and first_names().gender.get(fold_name(words[first].text))
        and words[first].lower not in function_words()
    ):
        tail = words[last - 1]
        if (
            tail.capital
            and tail.lower not in function_words()
            and not is_title(tail)
            and tail.text not in organizations().heads
        ):
            return "person"
    return None


def _headline_title(line: Line, at: int, kind: str) -> int:
    first = at
    if kind == "person":
        while first and (
            is_title(line.words[first - 1])
            or (first < at and belongs_to_title(line.words[first - 1]) and line.words[first - 1].letters)
        ):
            first -= 1
    return first
