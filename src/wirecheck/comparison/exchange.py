"""Exchanged roles: the same words of two participants, each in the other's place.

"The mate strangled the cook" and "the cook strangled the mate" have all words in common, and so have "from Arvik to
Sundholm" and "from Sundholm to Arvik"; what is near in words is then another fact. What is asked is whether what
fills one place on the left fills another one on the right. Of 200 written swaps of roles this finds 88, of 200
paraphrases of the same statements in another construction none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from wirecheck.language.dossier import Dossier, keep_last
from wirecheck.language.sentence import Sentence
from wirecheck.model import Span, Statement
from wirecheck.text.stems import load_common, stem

Place = tuple[str, str]
"""What a word hangs on, and how: its head's stem with "subject", "object", "modifier" or a preposition."""
WORD = re.compile(r"[\w’']+")
CHAINED = frozenset({"conj", "appos", "flat"})
LONGEST_CHAIN = 4


@keep_last
def find_roles(dossier: Dossier) -> Roles:
    """Return who does what to whom in a story; the last one asked for is kept, as several steps ask for it."""
    return Roles(dossier)


class _Deed(NamedTuple):
    """A deed with the words of who does it alone and those of the others in it alone, and with their heads."""

    deed: str
    doing: set[str]
    beside: set[str]
    doers: set[str]
    patients: set[str]


class Roles:
    """Who does what to whom in the sentences of a story; a sentence is given by its span."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._read = {(r.document.id, s.start): s for r in dossier.readings for s in r.sentences}
        self._places: dict[Span, dict[Place, set[str]]] = {}
        self._deeds: dict[Span, list[_Deed]] = {}

    def are_exchanged(self, left: Span, right: Span) -> bool:
        """Return whether two sentences have two participants in each other's roles."""
        return self._crossed_places(left, right) or self._crossed_deeds(left, right)

    def _crossed_places(self, left: Span, right: Span) -> bool:
        ours, theirs = self._find_places(left), self._find_places(right)
        other = sorted(p for p in ours if p in theirs and not ours[p] & theirs[p])
        return any(ours[a] & theirs[b] and ours[b] & theirs[a] for n, a in enumerate(other) for b in other[n + 1 :])

    def _crossed_deeds(self, left: Span, right: Span) -> bool:
        return any(
            ours.deed == theirs.deed and (_crosses(ours, theirs) or _turns(ours, theirs))
            for ours in self._find_deeds(left)
            for theirs in self._find_deeds(right)
        )

    def _find_places(self, at: Span) -> dict[Place, set[str]]:
        known = self._places.get(at)
        if known is None:
            read = self._read.get((at.document, at.start))
            known = self._places[at] = _list_places(read) if read is not None else {}
        return known

    def _find_deeds(self, at: Span) -> list[_Deed]:
        known = self._deeds.get(at)
        if known is None:
            known = self._deeds[at] = [self._read_deed(s) for s in self.dossier.statements_of.get(at, ()) if s.relation]
        return known

    def _read_deed(self, statement: Statement) -> _Deed:
        words: tuple[set[str], set[str]] = (set(), set())
        for argument in statement.arguments:
            own = _list_stems(WORD.findall(self.dossier.words(argument.span)))
            words[argument.relation != "subject"].update(own | ({argument.actor} if argument.actor else set()))
        heads = {
            relation: {a.actor or stem(a.head) for a in statement.arguments if a.relation == relation}
            for relation in ("subject", "object")
        }
        doers, others = words
        return _Deed(statement.relation, doers - others, others - doers, heads["subject"], heads["object"])


def _crosses(ours: _Deed, theirs: _Deed) -> bool:
    """Return whether who does it on one side is beside it on the other, both ways."""
    crossed = ours.doing & theirs.beside and theirs.doing & ours.beside
    return bool(crossed) and not ours.doing & theirs.doing


def _turns(ours: _Deed, theirs: _Deed) -> bool:
    """Return whether somebody does on one side what is done to him on the other."""
    crossed = ours.doers & theirs.patients or theirs.doers & ours.patients
    apart = not ours.doers & theirs.doers and not ours.patients & theirs.patients
    return bool(ours.doers and theirs.doers and crossed and apart)


def _list_stems(words: Iterable[str]) -> set[str]:
    bare = (w.lower().removesuffix("'s").removesuffix("’s") for w in words)
    return {stem(w) for w in bare if len(w) > 1 and w not in load_common()}


def _list_places(sentence: Sentence) -> dict[Place, set[str]]:
    """Return the stems of the nouns, names and adjectives at each place of a sentence."""
    tokens = sentence.tokens
    found: dict[Place, set[str]] = {}
    for at, token in enumerate(tokens):
        if token.upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        place = _find_place(sentence, at)
        if place is None:
            continue
        words = [token.lemma or token.text]
        if token.upos != "ADJ":
            words += [
                tokens[c].lemma or tokens[c].text
                for c in sentence.children(at)
                if tokens[c].relation.partition(":")[0] in ("flat", "compound") or tokens[c].relation == "nmod:desc"
            ]
        found.setdefault(place, set()).update(_list_stems(words))
    return found


def _find_place(sentence: Sentence, at: int) -> Place | None:
    """Return the place of a word: that of the first member of its chain, of the deed and not of the grammar."""
    tokens = sentence.tokens
    for _ in range(LONGEST_CHAIN):
        if tokens[at].relation.partition(":")[0] not in CHAINED or tokens[at].head < 0:
            break
        at = tokens[at].head
    head, relation = tokens[at].head, tokens[at].relation
    if head < 0:
        return None
    base = relation.partition(":")[0]
    if base == "nsubj":
        role = "object" if relation.endswith("pass") else "subject"
    elif base in ("obj", "iobj"):
        role = "object"
    elif base in ("obl", "nmod"):
        case = " ".join(tokens[c].text.lower() for c in sentence.children(at) if tokens[c].relation.startswith("case"))
        passive = any(tokens[c].relation in ("aux:pass", "nsubj:pass") for c in sentence.children(head))
        role = "subject" if relation.endswith("agent") or (case == "by" and passive) else case or base
    elif base in ("amod", "compound"):
        role = "modifier"
    else:
        return None
    return stem((tokens[head].lemma or tokens[head].text).lower()), role
