"""Names of organizations, places and countries: which of them are one, and which capital is a government."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.language.reading import Reading
from wirecheck.resolve.draft_actors import Draft, Named
from wirecheck.resolve.names import initials, surnames_fit
from wirecheck.text.gazetteer import listed

_SHORTEST_PLACE = 6
# Bodies of a state that news calls without its name, when it is the paper's own.
_STATE_BODIES = ("senate", "house", "congress", "army", "navy", "treasury")


def find_same(key: str, named: Sequence[Named], drafts: dict[str, Draft], keys: frozenset[str]) -> str | None:
    """Return the key of a draft that a name belongs to by its initials, its parts or its spelling."""
    if key in drafts:
        return key
    name = named[0].name
    bare = name.replace(".", "")
    fitting = []
    for other, draft in drafts.items():
        if other.startswith(("country:", "people:")):
            continue
        kinds = set(draft.kinds)
        forms = list(draft.names)
        if bare.isupper() and 2 < len(bare) <= 6:
            if any(initials(form) == bare for form in forms):
                fitting.append(other)
            continue
        if (
            (
                any(
                    f.replace(".", "").isupper()
                    and len(f.replace(".", "")) > 2
                    and initials(name) == f.replace(".", "")
                    for f in forms
                )
                and " " in name
            )
            or (key.replace(" ", "") == other.replace(" ", "") and len(key) >= 6)
            or (
                _without_country(key) == _without_country(other)
                and (" " in _without_country(key) or _is_state_body(_without_country(key), keys))
            )
            or _is_short_of(key, other)
            or _is_short_of(other, key)
            or (
                named[0].mention.kind == draft.kind == "organization"
                and (_is_first_word_of(key, other) or _is_first_word_of(other, key))
            )
            or (
                " " not in key
                and " " not in other
                and "country" not in kinds
                and len(key) >= _SHORTEST_PLACE
                and key[0] == other[0]
                and surnames_fit(key, other)
            )
        ):
            fitting.append(other)
    return fitting[0] if len(fitting) == 1 else None


def _is_state_body(key: str, keys: frozenset[str]) -> bool:
    """Return whether "the Navy" can only be one: no other name of the story ends with the word."""
    return key in _STATE_BODIES and not any(
        other.endswith(" " + key) and _without_country(other) != key for other in keys
    )


def is_metonym(one: Named, reading: Reading) -> bool:
    """Return whether a capital stands for its government: as subject of a verb, or after "with", "against" …"""
    start = one.mention.span.start
    before = reading.document.text[max(0, start - 12) : start].split()
    if before and before[-1].casefold() in (
        "in",
        "at",
        "near",
        "to",
        "from",
        "of",
        "around",
        "outside",
        "for",
        "through",
        "via",
        "into",
    ):
        return False
    if before and before[-1].casefold() in listed("before_government"):
        return True
    index = reading.sentence_at(start)
    if index is None:
        return False
    sentence = reading.sentences[index]
    for token in sentence.tokens:
        if token.start == start:
            head = sentence.tokens[token.head] if token.head >= 0 else None
            if head is None or head.upos != "VERB":
                return False
            return token.relation.startswith("nsubj") or (
                token.relation == "obj" and head.lemma not in listed("on_places")
            )
    return False


def _without_country(key: str) -> str:
    for prefix in ("united states ", "national ", "united nations ", "un "):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key


def _is_first_word_of(short: str, long: str) -> bool:
    """Return whether one name is another without what kind of firm or school it is: "Marlow", "Marlow Energy"."""
    first, _, rest = long.partition(" ")
    return short == first and rest in listed("company_endings") and short not in listed("common_parts")


def _is_short_of(short: str, long: str) -> bool:
    """Return whether one name is another without its last, general word: "Acme Club", "Acme Club International"."""
    return (
        " " in short
        and long.startswith(short + " ")
        and long.removeprefix(short + " ")
        in ("international", "group", "company", "agency", "corporation", "worldwide", "organization")
    )
