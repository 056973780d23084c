"""Limiting words: what a cut took away that made the speaker say less than the words that are left."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Set
from functools import cache
from importlib import resources

from wirecheck.language.sentence import Sentence
from wirecheck.text.alignment import fold_word, is_negator, list_words

_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "parataxis"})
"""Relations by which a clause is governed by what stands above it; a clause that is joined by "and" is not."""
_JOINING = frozenset({"condition", "contrast"})
"""Groups whose words head a clause of their own."""

_JOINED = _CLAUSES | {"conj", "obl", "nmod", "advmod"}
"""Relations of what such a word heads to what was kept: "nobody has a ship [but the Turks]"."""


def group_of(key: str) -> str:
    """Return the group of a limiting word by its key, "" for any other word.

    >>> group_of("may"), group_of("not"), group_of("harbor")
    ('doubt', 'negation', '')
    """
    return "negation" if is_negator(key) else _groups().get(key, "")


def find_lost(
    sentence: Sentence, kept: Iterable[tuple[int, int]], within: Iterable[tuple[int, int]], beside: str
) -> list[tuple[int, int]]:
    """Return the places of the limiting words of a sentence that a cut lost.

    `kept` are the ranges of characters that the draft has, `within` those that belong to the speech; a word that bears
    on nothing kept ("We may lose, and [I am proud]") is not lost. `beside` are the draft's own words next to the
    quotation, which may say the same: he would not “reopen it”.
    """
    ranges, speech = list(kept), list(within)
    tokens = sentence.tokens
    has = {i for i, t in enumerate(tokens) if any(a <= t.start < b for a, b in ranges)}
    if not has:
        return []
    said = {group_of(w.key) for w in list_words(beside)}
    above = _list_above(sentence, has)
    lost = []
    for i, token in enumerate(tokens):
        if i in has or not any(a <= token.start < b for a, b in speech):
            continue
        is_word = token.text[:1].isalpha() and token.upos != "PROPN"  # the month of May
        group = group_of(fold_word(token.text)) if is_word else ""
        if group and group not in said and _bears(sentence, i, group, has, above):
            lost.append((token.start, token.end))
    return lost


def _list_above(sentence: Sentence, has: Set[int]) -> set[int]:
    """Return the words left out that govern a clause which was kept: "doubt" in "I doubt that [it is safe]"."""
    tokens = sentence.tokens
    found: set[int] = set()
    for i in sorted(has):
        at = i
        while tokens[at].head >= 0 and tokens[at].head not in has:
            if tokens[at].relation.partition(":")[0] not in _CLAUSES:
                break
            at = tokens[at].head
            if at in found:
                break
            found.add(at)
    return found


def _bears(sentence: Sentence, i: int, group: str, has: Set[int], above: Set[int]) -> bool:
    """Return whether a word that was left out limits what was kept."""
    tokens = sentence.tokens
    head = tokens[i].head
    if i in above or head in has or head in above:
        return True
    if group in _JOINING and head >= 0:
        return tokens[head].head in has and tokens[head].relation.partition(":")[0] in _JOINED
    return False


@cache
def _groups() -> dict[str, str]:
    text = resources.files("wirecheck.drafts").joinpath("data/limiting.toml").read_text("utf-8")
    return {fold_word(word): name for name, words in tomllib.loads(text)["group"].items() for word in words.split()}
