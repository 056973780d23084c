"""The words that the reading model knows whole, without the model."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


def is_word(form: str) -> bool:
    """Return whether a form in small letters is a common word; none is where the model is not installed.

    >>> is_word("reconstruction"), is_word("wellknown")
    (True, False)
    """
    return form in _list_words()


@cache
def _list_words() -> frozenset[str]:
    try:
        data = json.loads((files("wirecheck.language") / "data" / "tokenizer.json").read_text("utf-8"))
    except OSError:  # told where the model is needed
        return frozenset()
    return frozenset(word for word in data["model"]["vocab"] if len(word) > 1 and word.isalpha())
