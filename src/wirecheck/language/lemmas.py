"""Lemmas by rules for the endings, checked against a vocabulary, and a table of what the rules get wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

_VOWELS = "aeiouy"


class Lemmas:
    """Makes the lemma of a word from its form and its tags.

    `table` holds, for a part of speech, the lower-case forms whose lemma is not what the rules make; `is_word` says
    whether a form is a word in its own right.
    """

    def __init__(self, table: Mapping[str, Mapping[str, str]], is_word: Callable[[str], bool]) -> None:
        self._table = table
        self._is_word = is_word
        self.lemma = lru_cache(maxsize=1 << 16)(self._find)

    @classmethod
    def load(cls, path: Path, is_word: Callable[[str], bool]) -> Lemmas:
        return cls(json.loads(path.read_text(encoding="utf-8")), is_word)

    def _find(self, form: str, upos: str, xpos: str) -> str:
        low = form.lower().replace("’", "'")
        known = self._table.get(upos, {}).get(low)
        if known is not None:
            return known
        return self.by_rule(form, upos, xpos)

    def by_rule(self, form: str, upos: str, xpos: str) -> str:
        """Return the lemma that the endings alone suggest."""
        if upos == "PROPN":
            return self._singular(form) if xpos == "NNPS" else form
        if xpos in ("NNP", "NNPS") and upos in ("ADJ", "NOUN", "NUM"):
            return form
        low = form.lower().replace("’", "'")
        if upos == "ADJ" and form[:1].isupper() and not form.isupper() and xpos == "JJ" and not self._is_word(low):
            return form
        if xpos == "NNS":
            return self._singular(low)
        if xpos == "VBZ":
            return self._singular(low)
        if xpos == "VBG" and low.endswith("ing") and len(low) > 4:
            return self._stem(low[:-3])
        if xpos in ("VBD", "VBN") and low.endswith("ed") and len(low) > 3:
            return low[:-3] + "y" if low.endswith("ied") and len(low) > 4 else self._stem(low[:-2])
        if xpos in ("JJR", "RBR") and low.endswith("er") and len(low) > 4:
            return low[:-3] + "y" if low.endswith("ier") else self._stem(low[:-2])
        if xpos in ("JJS", "RBS") and low.endswith("est") and len(low) > 5:
            return low[:-4] + "y" if low.endswith("iest") else self._stem(low[:-3])
        return low

    def _singular(self, form: str) -> str:
        if len(form) < 3 or not form.endswith("s") or form.endswith(("ss", "series", "species", "news")):
            return form
        if form.endswith("ies") and len(form) > 4:
            return form[:-3] + "y"
        if form.endswith(("xes", "ches", "shes", "sses", "zzes", "oes")):
            shorter = form[:-1]
            return shorter if self._is_word(shorter) and not self._is_word(form[:-2]) else form[:-2]
        return form[:-1]

    def _stem(self, stem: str) -> str:
        """Return a verb or adjective stem with its silent e put back or its doubled consonant undone."""
        if len(stem) < 2:
            return stem
        doubled = stem[-1] == stem[-2] and stem[-1] not in _VOWELS
        if doubled and stem[-1] not in "lsz":
            return stem[:-1]
        if doubled:
            return stem if self._is_word(stem) or not self._is_word(stem[:-1]) else stem[:-1]
        if stem[-1] in "vuc" or (stem.endswith(("ng", "dg", "rg", "lg")) and not self._is_word(stem)):
            return stem + "e"
        closed = len(stem) > 2 and stem[-1] not in "aeiouywx" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"
        short = closed and sum(letter in _VOWELS for letter in stem) == 1
        if short and self._is_word(stem + "e"):
            # "hoping" is of "hope": "hop" would double its p.
            return stem + "e"
        if self._is_word(stem):
            return stem
        if self._is_word(stem + "e"):
            return stem + "e"
        if stem.endswith(
            ("at", "iz", "is", "ur", "bl", "tl", "pl", "dl", "gl", "cl", "kl", "ir", "as", "ys", "os", "ut")
        ):
            return stem + "e"
        return stem
