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


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None when it is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:_ENOUGH_CHARACTERS])
    if len(words) < _FEWEST_WORDS:
        return None
    share = sum(1 for w in words if w.casefold() in _common_words()) / len(words)
    if share >= _SURE:
        return "en"
    code: str = _identifier().classify(text[:_ENOUGH_CHARACTERS])[0]
    return code


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid


@cache
def _common_words() -> frozenset[str]:
    data = tomllib.loads((resources.files("wirecheck.text") / "data" / "english.toml").read_text("utf-8"))
    return frozenset(data["common"])
