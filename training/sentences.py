"""Sentences of the public sets as annotated, the tags that a word of them may have, and where white space stood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KINDS = ("PER", "ORG", "LOC", "MISC")
ENTITY_TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
ANY = (1 << len(ENTITY_TAGS)) - 1
OUTSIDE = 1
NOT_NEWS_MISC = OUTSIDE | (1 << ENTITY_TAGS.index("B-MISC")) | (1 << ENTITY_TAGS.index("I-MISC"))


@dataclass
class Sentence:
    """A sentence as annotated; `glued[i]` says that word i follows its predecessor without white space."""

    words: list[str]
    glued: list[bool]
    source: str
    document: str = ""
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    relations: list[str] | None = None
    entities: list[int] | None = None  # allowed tags of each word, one bit per tag
    misc: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = []
        for word, close in zip(self.words, self.glued, strict=True):
            parts.append(word if close or not parts else " " + word)
        return "".join(parts)


def glue_from(words: list[str], text: str) -> list[bool]:
    glued, at = [], 0
    for number, word in enumerate(words):
        found = text.find(word, at)
        if found < 0:
            return guess_glue(words)
        glued.append(number > 0 and found == at)
        at = found + len(word)
    return glued


def guess_glue(words: list[str]) -> list[bool]:
    glued, open_quote = [], False
    for at, word in enumerate(words):
        close = at > 0 and (
            bool(re.fullmatch(r"[.,:;!?%)\]}’”…]+|['’](s|re|ve|ll|m|d)|n['’]t|''", word, re.IGNORECASE))
            or words[at - 1] in ("(", "[", "$", "``", "“", "#", "@")
        )
        if word == '"':
            close, open_quote = at > 0 and open_quote, not open_quote
        elif at > 0 and words[at - 1] == '"' and open_quote:
            close = True
        glued.append(close)
    return glued


def plain(text: str, document: str) -> Sentence:
    spans = [found.span() for found in re.finditer(r"n't\b|\w+(?=n't\b)|['’]\w+|\w+|[^\w\s]", text)]
    words = [text[start:end] for start, end in spans]
    glued = [at > 0 and spans[at - 1][1] == spans[at][0] for at in range(len(spans))]
    return Sentence(words or ["."], glued or [False], "plain", document)
