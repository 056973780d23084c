"""What stands beside digits or “one” and says whether they are a number."""

from __future__ import annotations

from functools import cache

from wirecheck.text.gazetteer import load_list
from wirecheck.text.number_tokens import Tokens

_PRONOUN_ONE_BEFORE = frozenset({
    "this", "that", "which", "each", "every", "any", "another", "no", "some", "the", "latter", "former", "other",
    "only", "last", "next", "first", "previous", "wrong", "right", "big", "new", "old", "little", "good", "bad",
    "loved",
})  # fmt: skip


def may_open(reader: Tokens, i: int) -> bool:
    """Return whether a minus at token i may open a number: nothing, white space or an opening mark stands before it."""
    token = reader.tokens[i]
    if token.start == 0:
        return True
    before = reader.text[token.start - 1]
    return before.isspace() or before in "([{=:"


def is_pronoun(reader: Tokens, i: int) -> bool:
    """Return whether "one" stands for someone or something: "which one", "no one", "one of the biggest", "one
    another".
    """
    before, after = reader.word(i - 1), reader.word(i + 1)
    if before == "no" and not reader.breaks(i):
        return True
    if after in ("another", "’s") and before != "a":
        return True
    if before in _PRONOUN_ONE_BEFORE and before not in ("only", "last", "first", "the"):
        return after in (
            "",
            "you",
            "is",
            "was",
            "of",
            "that",
            "who",
            "do",
            "to",
            "in",
            "for",
            "are",
            "and",
            "has",
            "had",
            "i",
            "we",
            "they",
        )
    return False


@cache
def list_prefixes() -> frozenset[str]:
    """Return the letters that may stand right before digits: currency codes."""
    codes = {c["code"].lower() for c in load_list("currencies")["currency"]}
    letters = {s for c in load_list("currencies")["currency"] for s in c["symbols"] if s.isalpha()}
    return frozenset(codes | letters)


@cache
def list_codes() -> frozenset[str]:
    return frozenset({c["code"].lower() for c in load_list("currencies")["currency"]})
