"""What the words of a name tell of its kind: word lists, heads, titles and the words right beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from wirecheck.annotators._names import Word, believers
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, organizations, outlets, places, titles

LONGEST = 9  # words; the longest official names in the word lists have eight
_INSIDE_NAMES = frozenset(["of", "on", "for", "and", "the", "in", "to", "&"])


def text_of(words: Sequence[Word], first: int, last: int) -> str:
    parts = [words[first].text]
    for left, right in pairwise(words[first:last]):
        parts.append(("" if left.end == right.start else " ") + right.text)
    return "".join(parts)


@cache
def gazetteer() -> dict[str, str]:
    """Return the kind of every name in the word lists, as written."""
    found: dict[str, str] = {}
    for name in places().adjectives:
        found[name] = "demonym"
    for name in places().names:
        found[name] = "place"
    for form in places().states:
        if len(form) > 2:
            found[form] = "place"
    for form, country in countries().items():
        found[form] = country_kind(country.form)
    found["Georgia"] = "place"
    for acronym in organizations().acronyms:
        found[acronym] = "organization"
    for name in organizations().known:
        found.setdefault(name, "organization")
    for form, outlet in outlets().items():
        if (len(form) > 3 or form.isupper()) and form not in listed("loose_outlets"):
            found.setdefault(form, "organization" if outlet.kind != "social" else "other")
    return found


def country_kind(form: str) -> str:
    return {"name": "country", "demonym": "demonym", "capital": "place", "seat": "organization"}[form]


def known_kind(text: str) -> str:
    kind = gazetteer().get(text, "")
    return "" if kind == "demonym" else kind


def is_courtesy(word: Word) -> bool:
    return word.lower.rstrip(".") in titles().courtesy


def is_title(word: Word) -> bool:
    form = word.lower.rstrip(".")
    if form in titles().courtesy:
        return True
    if form in titles().abbreviations:
        return word.text.endswith(".") or form in ("gen", "lt", "sgt", "capt", "col", "cpl", "rep", "sen", "gov", "maj")
    return word.lower in titles().offices


def belongs_to_title(word: Word) -> bool:
    return (
        word.lower.rstrip(".") in titles().modifiers
        or word.lower in titles().offices
        or word.text in countries()
        or word.text in organizations().acronyms
        or word.text in places().states
        or word.lower in ("of", "the", "and", "white", "house", "staff")
        or word.lower in titles().bodies
    )


def is_person_word(lower: str) -> bool:
    return lower in titles().offices or lower in titles().persons or lower in titles().kinship


def kind_by_form(words: Sequence[Word], first: int, last: int) -> str:
    """Return the kind that the words of a name tell, "demonym" for an adjective alone, "" when they tell none."""
    size = last - first
    head, tail = words[first], words[last - 1]
    text = text_of(words, first, last)
    if size == 1:
        if gazetteer().get(text) == "demonym":
            country = countries().get(text)
            plural = text.endswith("s") or text in ("Englishmen", "Frenchmen")
            if plural and (country is None or country.form == "demonym") and text not in ("Swiss",):
                return "group"
            return "demonym"
        if tail.lower in believers() or (tail.text.endswith("ers") and gazetteer().get(text[:-3]) == "place"):
            return "group"
        if len(tail.text) > 1 and tail.text.isupper():
            return "organization" if tail.text in organizations().acronyms else ""
        if "-" in tail.text and tail.text.split("-")[-1].islower():
            return "demonym"
        return ""
    if tail.lower in believers():
        return "group"  # "House Republicans"
    if gazetteer().get(text) == "demonym" and f"The {text}" not in outlets():
        return "group" if text.endswith("s") else "demonym"
    if size == 2 and head.lower in listed("before_demonyms") and _is_demonym(tail):
        return "group" if tail.text.endswith("s") else "demonym"
    if head.text.rstrip(".") in organizations().vessels or head.lower in listed("storms"):
        return "other"
    if tail.text in organizations().things:
        return "other"
    if tail.text in organizations().legal or tail.text in organizations().heads:
        if tail.text == "House" and size == 2 and fold_name(head.text) in first_names().gender:
            return "person"
        return "organization"
    if tail.text in places().heads or (head.text in places().first and tail.text not in organizations().heads):
        return "place"
    if any(w.text in ("of", "for") for w in words[first:last]) and head.text in organizations().first:
        return "organization"
    if any(w.text in ("of", "for", "&") for w in words[first:last]):
        return "place" if head.text in places().heads or head.text in places().first else "organization"
    if tail.lower.rstrip(".") in ("jr", "sr", "iii"):
        return "person"
    if fold_name(head.text) in first_names().gender and size <= 4:
        return "person"
    if size >= 2 and re.fullmatch(r"[A-Z]\.", words[first + 1].text):
        return "person"
    if tail.lower in listed("company_endings"):
        return "organization"
    if re.fullmatch(r"(?:[A-Z]\.)+|[A-Z]{2}", head.text) and size == 2 and head.text not in countries():
        return "person"
    if (
        size >= 3
        and all(w.capital for w in words[first:last])
        and any(w.text in organizations().heads for w in words[first:last])
    ):
        return "organization"
    return ""


def _is_demonym(word: Word) -> bool:
    singular = word.text.removesuffix("s")
    return "demonym" in (gazetteer().get(word.text), gazetteer().get(singular))


def end_of_spelled_out(words: Sequence[Word], first: int) -> int:
    """Return the end of a name whose letters stand in brackets behind it: "Board of Faith and Conscience (BFC)"."""
    letters = ""
    for at in range(first, min(len(words) - 1, first + 2 * LONGEST)):
        word = words[at]
        if word.text == "(":
            return at if len(letters) > 2 and words[at + 1].text == letters else first
        if not word.letters or not (word.capital or word.lower in _INSIDE_NAMES):
            return first
        letters += "".join(part[0] for part in re.split("[-‐‑]", word.text) if part[:1].isupper())
    return first


def kind_by_place(words: Sequence[Word], first: int, last: int) -> str:
    """Return the kind that the words right before and after a name tell, "" when they tell none."""
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    behind = " ".join(w.text for w in words[last : last + 2])
    if before is not None and before.text == "(" and behind in (") —", ") –", ") -") and first < 14:
        return "organization"  # "NAIROBI (Coastline Wire) —"
    if before is not None and before.lower == "the" and f"The {text_of(words, first, last)}" in outlets():
        return "organization"
    if last - first > 1 and end_of_spelled_out(words, first) == last:
        return "organization"
    if (
        after is not None
        and after.text in ("(", "—", "–", "-", "--", ",")
        and first == 0
        and words[first].text.isupper()
        and len(words[first].text) > 3
    ):
        dash = next((w for w in words[last : last + 9] if w.text in ("—", "–", "-")), None)
        if dash is not None:
            return "place"
    return ""
