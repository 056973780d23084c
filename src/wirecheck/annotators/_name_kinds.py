"""The kinds of names that only the document tells: one name, one kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.annotators._name_forms import is_person_word, text_of
from wirecheck.annotators._name_parsing import LONGEST_ACRONYM, Name
from wirecheck.annotators._names import Spelling, Word
from wirecheck.annotators._roles import right_role
from wirecheck.language.reading import Reading
from wirecheck.text.gazetteer import first_names, fold_name, listed, organizations, places, titles

_AGED = re.compile(r",\s(?:aged\s)?[1-9]\d?,\s")
"""An age behind a name: "Roe, 42, a baker"."""
_SPEECH = re.compile(
    r"(?:said|says|told|tells|added|adds|asked|wrote|writes|tweeted|argued|argues|warned|warns|insisted|noted|notes|"
    r"explained|declared|announced|stated|claimed|claims|testified|recalled|replied|thinks|believes|hopes|wants|who)\b"
)
# Votes that make a name a person's: two capitalised words alone do not ("Childhood Arrivals", "Document Cloud": of 35
# such names in 57 stories 3 were persons), nor does a verb of speech alone, since bodies speak too.
_LEAST_PERSON = 3


def _votes(name: Name, text: str, spelling: Spelling, persons: set[str]) -> Counter[str]:
    """Return how strongly the surroundings of one mention speak for each kind."""
    words = name.line.words
    own = words[name.first : name.last]
    before = words[name.first - 1].lower if name.first else ""
    after = words[name.last] if name.last < len(words) else None
    votes: Counter[str] = Counter()
    entity = spelling.entities.get(own[0].start)
    if entity is not None and entity[0] == own[-1].end:
        votes[entity[1]] += 3
    following = after
    if after is not None and after.text in ("'s", "’s") and name.last + 1 < len(words):
        following = words[name.last + 1]
    if following is not None and following is after and following.lower in listed("place_nouns"):
        votes["place"] += 6
    if following is not None and following.lower in listed("company_nouns"):
        votes["organization"] += 4
    if before == "of" and name.first > 1 and words[name.first - 2].lower in listed("place_nouns"):
        votes["place"] += 6
    if before in ("of", "for", "at") and name.first > 1:
        office = words[name.first - 2].lower
        votes["organization"] += 3 * (office in listed("of_bodies"))  # "head of Acme"
        votes["place"] += 3 * (office in listed("of_places"))  # "mayor of Springfield"
    if before in ("in", "near", "at", "outside", "throughout", "across"):
        votes["place"] += 2
    elif before in listed("place_cues"):
        votes["place"] += 1
    if _AGED.match(text, own[-1].end, name.line.end):
        votes["person"] += 6
    if _SPEECH.match(text, own[-1].end + 1, name.line.end):
        votes["person"] += 2
    if len(own) == 1 and _surname(own) in persons:
        votes["person"] += 6
    if right_role(name.line, name.last) is not None:
        votes["person"] += 4
    if name.first and is_person_word(before) and not words[name.first - 1].capital:
        votes["person"] += 4
    if before == "," and name.first > 1 and is_person_word(words[name.first - 2].lower):
        # "his wife, Thea Lund"; in commas on both sides it is the same one: "the mayor, Lund, will"
        votes["person"] += 4 if after is not None and after.text == "," else 2
    if name.first and before in titles().bodies and not words[name.first - 1].capital:
        votes["organization"] += 4
    if len(own) == 1 and own[0].text.isupper() and own[0].text.isalpha() and len(own[0].text) > 2:
        del votes["person"]
        votes["organization"] += 3 * (len(own[0].text) <= LONGEST_ACRONYM)
    if 2 <= len(own) <= 3 and all(spelling.small[w.lower] == 0 and w.letters for w in own) and _looks_personal(own):
        votes["person"] += 1
    return votes


def settle_kinds(names: Sequence[Name], reading: Reading, spelling: Spelling) -> list[Name]:
    """Return the names with the kinds that other mentions and the words around them tell: one name, one kind."""
    text = reading.document.text
    persons: set[str] = set()
    known: dict[str, str] = {}
    for name in names:
        words = name.line.words[name.first : name.last]
        if name.kind == "person":
            persons.add(_surname(words))
        if name.kind:
            known.setdefault(_folded(name), name.kind)
            if name.kind == "other" and words[0].text in organizations().vessels:
                known.setdefault(fold_name(text_of(words, 1, len(words))), "other")
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if not name.kind and _folded(name) not in known:
            votes.setdefault(_folded(name), Counter()).update(_votes(name, text, spelling, persons))
    for folded, counted in votes.items():
        best = max(sorted(counted), key=lambda kind: counted[kind], default="")
        if best == "person" and counted[best] < _LEAST_PERSON:
            best = ""
        known[folded] = best if best in ("person", "organization", "place") else ""
        if not best and folded.upper() in spelling.acronyms:
            known[folded] = "organization"
    common = _common_nouns(names, spelling)
    surnames = persons | {_surname_of(folded) for folded, kind in known.items() if kind == "person" and " " in folded}
    settled = []
    for name in names:
        kind = name.kind or known.get(_folded(name), "")
        alone = name.last - name.first == 1
        if alone and name.title == name.first and _folded(name).endswith("s") and _folded(name)[:-1] in surnames:
            kind = "group"  # "the Clintons"
        elif not kind and alone and _folded(name) in surnames:
            kind = "person"
        if not kind and alone and _folded(name) in common:
            continue
        settled.append(replace(name, kind=kind))
    return settled


def _common_nouns(names: Sequence[Name], spelling: Spelling) -> set[str]:
    """Return the lone words that are no names: read as another part of speech, or mostly written small.

    A contract capitalises its parties ("Contractor"), a tweet what it stresses ("the Truth").
    """
    read: dict[str, bool] = {}
    for name in names:
        word = name.line.words[name.first]
        if name.last - name.first == 1 and not word.text.isupper():
            is_noun = (bool(word.pos) and word.pos != "PROPN") or (
                spelling.small[word.lower] > spelling.capital[word.lower]
            )
            read[_folded(name)] = read.get(_folded(name), True) and is_noun and word.start not in spelling.entities
    return {folded for folded, is_noun in read.items() if is_noun}


def _folded(name: Name) -> str:
    return fold_name(text_of(name.line.words, name.first, name.last))


def _surname_of(folded: str) -> str:
    return next((part for part in reversed(folded.split()) if part not in ("jr", "sr", "ii", "iii")), folded)


def _looks_personal(words: Sequence[Word]) -> bool:
    return all(w.text[1:].islower() or not w.text.isupper() for w in words) and not any(
        w.lower in titles().modifiers or w.text in places().heads or w.text in organizations().first for w in words
    )


def _surname(words: Sequence[Word]) -> str:
    kept = [w for w in words if w.text not in first_names().suffixes]
    return fold_name(kept[-1].text) if kept else ""
