"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from wirecheck.text.gazetteer import load_list

# Share of common English words among all words from which on a text is English without asking further.
_SURE = 0.2
_FEWEST_WORDS = 20
_FEWEST_FOREIGN = 8
_HARDLY = 0.1
_ENOUGH_CHARACTERS = 6000
# Letters of a script that is not Latin, and how many tell it.
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c80-\u2dff\u3040-\ua6ff\uac00-\ud7af\uf900-\ufaff]")
_FEWEST_LETTERS = 8
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
# Small letters for letters, spaces for all else: of a text without other letters this gives its words much faster.
_PLAIN = bytes(ord(chr(n).lower()) if n < 128 and chr(n).isalpha() else 32 for n in range(256))


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None when it is too short to tell."""
    text = text[:_ENOUGH_CHARACTERS]
    if _FOREIGN_LETTER.search(text):
        words = [word.casefold().encode("utf-8") for word in _WORD.findall(text)]
    else:
        words = text.encode("ascii", "replace").translate(_PLAIN).split()
    strange = 0 if text.isascii() else len(_OTHER_SCRIPT.findall(text))
    if strange >= _FEWEST_LETTERS and 2 * strange > sum(map(str.isalpha, text)):
        return _classify(text)
    if len(words) < _FEWEST_WORDS:
        # Where hardly one word of some is common in English, they are none.
        common = sum(map(_common_words().__contains__, words))
        if len(words) < _FEWEST_FOREIGN or common >= _HARDLY * len(words):
            return None
        code = _classify(text)
        return code if code != "en" else None
    if sum(map(_common_words().__contains__, words)) >= _SURE * len(words):
        return "en"
    return _classify(text)


def _classify(text: str) -> str:
    code: str = _identifier().classify(text)[0]
    return code


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid


@cache
def _common_words() -> frozenset[bytes]:
    data = load_list("english")
    return frozenset(word.encode("utf-8") for word in data["common"])
