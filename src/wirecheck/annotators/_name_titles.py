"""Titles before a name: where the title ends and the name begins."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.annotators._name_forms import belongs_to_title, gazetteer, is_courtesy, is_title, text_of
from wirecheck.annotators._names import Word
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, organizations, places, titles


def find_title_end(words: Sequence[Word], first: int, last: int) -> int | None:
    """Return where the name begins behind the title words of a run; `last` for a title alone, None for no title."""
    lower = [w.lower for w in words[first:last]]
    size = last - first
    for length in range(min(5, size), 1, -1):
        for begin in range(size - length + 1):
            if " ".join(lower[begin : begin + length]) in titles().phrases:
                end = begin + length
                while (
                    end < size
                    and (lower[end] in titles().offices or lower[end] in ("elect", "designate"))
                    and end + 1 < size
                    and lower[end] not in listed("names_and_titles")
                ):
                    end += 1
                if end == size or _could_be_person(words, first + end, last):
                    return first + end
    for at in range(size - 1, -1, -1):
        word = words[first + at]
        if not is_title(word):
            continue
        rest = first + at + 1
        if rest == last:
            if at == 0 and word.lower in listed("names_and_titles"):
                return None
            if is_courtesy(word):
                return last
            own = words[first : first + at]
            if all(belongs_to_title(w) or is_courtesy(w) for w in own) and not (
                word.lower in listed("names_and_titles") and any(is_courtesy(w) for w in own)
            ):
                return last  # "Mr. President", but not "Dr. King"
            continue
        if (
            word.lower in listed("names_and_titles")
            and fold_name(word.text) in first_names().gender
            and last - rest == 1
        ):
            if at == 0:
                return None
            continue
        if words[rest].text in ("'s", "’s"):
            continue  # "King's College London"
        if words[rest].lower in ("of", "for"):
            name = _name_after_of(words, rest, last)
            if name is not None:
                return name
            if (
                word.lower in titles().offices
                and at + 1 < size
                and all(belongs_to_title(w) for w in words[first : first + at])
            ):
                return last
            continue
        loose = word.lower in listed("loose_titles") and at == 0 and last - rest == 1
        if loose and fold_name(words[rest].text) not in first_names().gender:
            continue  # "Investor Relations"
        if _could_be_person(words, rest, last):
            return rest
    return None


def _name_after_of(words: Sequence[Word], rest: int, last: int) -> int | None:
    """Return where the name begins in "Secretary of State Jane Roe", or None when all belongs to the office."""
    for at in range(rest + 1, last - 1):
        if fold_name(words[at].text) in first_names().gender:
            return at
    if last - rest >= 4 and _could_be_person(words, last - 2, last):
        return last - 2
    return None


def _could_be_person(words: Sequence[Word], first: int, last: int) -> bool:
    if not 1 <= last - first <= 5:
        return False
    tail = words[last - 1]
    if tail.text in organizations().heads or tail.text in organizations().legal or tail.text in organizations().things:
        return False
    if tail.text in places().heads and not _surely_titled(words, first, last):
        return False
    if tail.lower.rstrip(".") in ("jr", "sr") and last - first == 1:
        return False
    text = text_of(words, first, last)
    if last - first == 1 and tail.text.isupper() and len(tail.text) > 1:
        return tail.text not in organizations().acronyms and tail.text not in countries()
    if gazetteer().get(text) in ("country", "demonym"):
        return last - first == 1 and text in ("Jordan", "Chad", "Israel", "Kosovo")
    return words[first].lower not in ("of", "for", "and", "&")


def _surely_titled(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a name that could be a street or a hill is a person's by its title ("Mr. Hill") or first name."""
    title = words[first - 1].lower.rstrip(".") if first else ""
    return (
        title in titles().courtesy
        or (title in titles().abbreviations and words[first - 1].text.endswith("."))
        or (last - first > 1 and fold_name(words[first].text) in first_names().gender)
    )
