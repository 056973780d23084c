"""The names of a run of capitalised words, with the title words before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.annotators._name_forms import (
    country_kind,
    gazetteer,
    is_person_word,
    is_title,
    kind_by_form,
    kind_by_place,
    known_kind,
    text_of,
)
from wirecheck.annotators._name_runs import Chunk
from wirecheck.annotators._name_titles import find_title_end
from wirecheck.annotators._names import Line, Spelling, Word, function_words, nameless_words, opens
from wirecheck.annotators._roles import singular
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, organizations, places, titles

_COMMON = ("ADJ", "ADV", "VERB", "AUX", "INTJ", "DET", "PRON", "ADP", "CCONJ", "SCONJ")
# Before a name: "a London-based Farrow", "the Lowe-era ban", "Lowe-appointee Farrow".
_COMPOUND = re.compile(
    r"[^\W\d_].*[-‐‑](?:based|born|era|led|backed|appointed|appointee|nominated|nominee|style|trained|owned|controlled|run|"
    r"raised|educated|funded|sponsored|made|turned|bound|inspired|aligned|affiliated|leaning|dominated|speaking|"
    r"friendly|related|like|allied|supported|linked|branded|themed|hosted|only|wide|area|listed)"
)
LONGEST_ACRONYM = 6
_PARTY_TOKEN = re.compile(r"[RDI][-–](?:[A-Z].*)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name [first, last) of a line with the title words [title, first) before it; kind "" is still open."""

    line: Line
    first: int
    last: int
    title: int
    kind: str


def parse_run(chunk: Chunk, spelling: Spelling) -> list[Name]:
    """Return the names of a run, with the title words before them."""
    line, first, last = chunk.line, chunk.first, chunk.last
    words = line.words
    while (
        last > first
        and not words[last - 1].capital
        and words[last - 1].text[0] not in "0123456789"
        and not words[last - 1].lower.startswith("al-")
    ):
        last -= 1
    if first < last and opens(words, first) and last - first > 1 and _is_chance_opener(words, first, spelling):
        first += 1
    if first >= last:
        return []
    if _COMPOUND.fullmatch(words[last - 1].text) and last - first > 1:
        return []  # "a Carl Moss-like voice"
    while last - first > 1 and _PARTY_TOKEN.fullmatch(words[last - 1].text):
        last -= 1  # "Chuck Moss D-N.Y."
    if last - first == 1 and words[first].lower in ("jr", "jr.", "sr", "sr."):
        return []
    for at in range(last - 2, first - 1, -1):
        if _COMPOUND.fullmatch(words[at].text):
            first = at + 1
            break
    whole = text_of(words, first, last)
    if re.fullmatch(r"[RDI](?:-.*)?|DFL|[A-Z]", whole):
        return []  # a party: "(R-Texas)"
    if whole.isupper() and last - first == 1 and spelling.small[words[first].lower] and whole not in gazetteer():
        return []  # stressed: "will INCREASE"
    if whole.isupper() and whole not in gazetteer() and _is_stressed(words[first:last], spelling):
        return []
    if last - first == 1 and "-" in whole and all(part in gazetteer() for part in re.split("[-‐‑]", whole)):
        return []  # "the US-Mexico border"
    kind = known_kind(whole)
    if kind:
        return [Name(line, first, last, first, kind)]
    split = find_title_end(words, first, last)
    if split is not None and split < last:
        return [Name(line, split, last, first, "person")]
    if split is not None:
        return []  # a title alone: a mention by role
    if (
        last - first > 2
        and is_person_word(words[first].lower)
        and fold_name(words[first + 1].text) in first_names().gender
    ):
        return [Name(line, first + 1, last, first, "person")]  # "Landlord Victor Hale"
    kind = kind_by_form(words, first, last)
    if kind == "demonym":
        return []
    if not kind or kind == "organization":
        kind = kind_by_place(words, first, last) or kind
    if not kind and last - first > 1:
        for cut in (2, 1):  # a country before a name: "Russian Alexander Povetkin"
            country = countries().get(text_of(words, first, first + cut)) if last - first > cut else None
            if country is not None:
                rest = parse_run(Chunk(line, first + cut, last), spelling)
                own = (
                    []
                    if country.form == "demonym"
                    else [Name(line, first, first + cut, first, country_kind(country.form))]
                )
                return own + rest
    if (
        not kind
        and last - first == 1
        and (
            words[first].lower in nameless_words()
            or (_is_plural_title(words[first]) and words[first].start not in spelling.entities)
        )
    ):
        return []
    return [Name(line, first, last, first, kind)]


def _is_stressed(run: Sequence[Word], spelling: Spelling) -> bool:
    """Return whether capitals only stress the words: "my ACTUAL beliefs", "there was NO DEAL"."""
    if len(run) > 1 and any(w.lower in function_words() or spelling.small[w.lower] for w in run):
        return True
    if any(w.text in organizations().acronyms or len(w.text) < 3 for w in run):
        return False
    common = (*_COMMON, "NOUN") if len(run[0].text) > LONGEST_ACRONYM else _COMMON
    return all(w.pos in common for w in run) and run[0].start not in spelling.entities


def _is_plural_title(word: Word) -> bool:
    """Return whether a word names holders of an office: "Senators"."""
    return singular(word.lower) != word.lower and singular(word.lower) in titles().offices


def _is_chance_opener(words: Sequence[Word], first: int, spelling: Spelling) -> bool:
    """Return whether the first word of a run opens the sentence and is capitalised for that alone."""
    word = words[first]
    if word.start in spelling.entities and spelling.entities[word.start][0] > word.end:
        return False
    run = [w for w in words[first : first + 5] if w.capital]
    if any("".join(w.text[0] for w in run[:size]) in spelling.acronyms for size in range(3, len(run) + 1)):
        return False
    if (
        is_title(word)
        or word.text in gazetteer()
        or fold_name(word.text) in first_names().gender
        or word.lower.rstrip(".") in titles().modifiers
    ):
        return False
    if word.pos and word.pos != "PROPN" and word.lower not in listed("before_of") and spelling.capital[word.lower] == 0:
        return True
    return spelling.small[word.lower] > spelling.capital[word.lower] and not _org_form(words[first + 1])


def _org_form(word: Word) -> bool:
    return word.text in organizations().heads or word.text in places().heads
