"""One sentence while its credits are looked for, and what is found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.annotators._lexicon import lexicon
from wirecheck.annotators._sources import Word, listed_determiners
from wirecheck.language import Sentence
from wirecheck.model import Document, Mention, Quotation
from wirecheck.model.annotation import CreditKind

# Words between a verb and the phrase that says where: "said on Monday in a brief statement".
REACH = 7
# Words that open a clause of its own, which no verb of saying before them reaches over.
OPENS_CLAUSE = frozenset(["that", "who", "which", "because", "if"])


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    credited: str
    kind: CreditKind
    own: bool = False


@dataclass(frozen=True)
class Scene:
    """One sentence while its credits are looked for."""

    document: Document
    masked: str
    sentence: Sentence
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    """Those whose cue stands in the sentence."""
    mentions: tuple[Mention, ...]
    is_title: bool

    def text(self, first: int, last: int) -> str:
        return self.document.text[self.words[first].start : self.words[last - 1].end]


def is_speech(scene: Scene, at: int, *, classes: Sequence[str] = ("say", "judge", "call", "think")) -> bool:
    """Return whether a word is a verb of saying, judging or calling, by the lists and its part of speech."""
    word = scene.words[at]
    lemma = lexicon().verb(word.low)
    if lemma is None or not lexicon().is_in(lemma, *classes):
        return False
    if word.low == "written" and not (at and scene.words[at - 1].low in ("had", "has", "have")):
        return False
    if word.upos in ("NOUN", "PROPN", "ADJ", "ADP", "ADV", "SCONJ", "CCONJ"):
        return False
    return bool(word.upos) or not (at and scene.words[at - 1].low in (*listed_determiners(), "of", "in"))
