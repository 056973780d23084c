"""The language of a text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

# Share of common English words among all words from which on a text is English without asking further.
_SURE = 0.2
_FEWEST_WORDS = 20
_ENOUGH_CHARACTERS = 6000
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
    if len(words) < _FEWEST_WORDS:
        return None
    if sum(map(_common_words().__contains__, words)) >= _SURE * len(words):
        return "en"
    code: str = _identifier().classify(text)[0]
    return code


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid


@cache
def _common_words() -> frozenset[bytes]:
    data = tomllib.loads((resources.files("wirecheck.text") / "data" / "english.toml").read_text("utf-8"))
    return frozenset(word.encode("utf-8") for word in data["common"])
