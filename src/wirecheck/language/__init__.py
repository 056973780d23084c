"""The reading model: a sentence goes in once; words, syntax, entities and meaning come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wirecheck.language.reader import describe_models as describe_models
    from wirecheck.language.reader import embed as embed
    from wirecheck.language.reader import read_sentences as read_sentences
    from wirecheck.language.sentence import Entity as Entity
    from wirecheck.language.sentence import Sentence as Sentence
    from wirecheck.language.sentence import Token as Token

__all__ = ["Entity", "Sentence", "Token", "describe_models", "embed", "read_sentences"]

_HOMES = {
    "Entity": "wirecheck.language.sentence",
    "Sentence": "wirecheck.language.sentence",
    "Token": "wirecheck.language.sentence",
    "describe_models": "wirecheck.language.reader",
    "embed": "wirecheck.language.reader",
    "read_sentences": "wirecheck.language.reader",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that naming the package loads neither numpy nor the model."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
