"""Exchanged roles: the same words of two participants, each in the other's place.

"The mate strangled the cook" and "the cook strangled the mate" have all words in common, and so have "from Arvik to
Sundholm" and "from Sundholm to Arvik"; what is near in words is then another fact. What is asked is whether what
fills one place on the left fills another one on the right: by the syntax of both sentences, and, where they have nearly
all words in common, by the order of the words around the deed, as two constructions so alike are seldom read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from wirecheck.language.dossier import Dossier, keep_last
from wirecheck.language.sentence import Sentence, Token
from wirecheck.model import Span, Statement
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.stems import load_common, stem

Slot = tuple[str, str]
"""What a word hangs on, and how: its head's stem with "subject", "object", "modifier" or a preposition."""
WORD = re.compile(r"[\w’']+")
CHAINED = frozenset({"conj", "appos", "flat"})
LONGEST_CHAIN = 4
NEARLY_ALL = 0.8
"""Share of the content words of the richer of two sentences that both must have for the order of words to tell
anything. It then finds 88 of 200 written swaps and one of 200 paraphrases of the same statements (at .6 91 and two);
of 2,147 pairs of real and rewritten coverage that are likelier than .3 to agree it parts none."""
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
TAKES_PART = frozenset({"NOUN", "PROPN", "ADJ"})
TELLS_WHOM = frozenset({"tell", "warn"})
"""Verbs of saying that never stand before the speaker, as "said Roe" does."""


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


class _Order(NamedTuple):
    """A sentence as a row of words: `stems` has the place of each content word that stands once in it."""

    sentence: Sentence
    every: frozenset[str]
    stems: dict[str, int]
    cases: dict[int, str]
    """The preposition of each of these, or of the name that it is a part of."""
    breaks: list[int]
    """How many deeds and conjunctions that open a clause stand before each word, and before the end."""


class Roles:
    """Who does what to whom in the sentences of a story; a sentence is given by its span."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._read = {(r.document.id, s.start): s for r in dossier.readings for s in r.sentences}
        self._places: dict[Span, dict[Slot, set[str]]] = {}
        self._deeds: dict[Span, list[_Deed]] = {}
        self._orders: dict[Span, _Order | None] = {}
        self._exchanged: dict[tuple[Span, Span], bool] = {}

    @staticmethod
    def of_sentences(left: Sentence, right: Sentence) -> bool:
        """Return whether two sentences without a story around them have two participants in each other's roles."""
        ours, theirs = _list_places(left), _list_places(right)
        return _cross_in_places(ours, theirs) or _cross_in_order(_read_order(left), _read_order(right))

    def are_exchanged(self, left: Span, right: Span) -> bool:
        """Return whether two sentences have two participants in each other's roles."""
        known = self._exchanged.get((left, right))
        if known is None:
            known = self._exchanged[left, right] = (
                self._crossed_places(left, right)
                or self._crossed_deeds(left, right)
                or self._crossed_order(left, right)
            )
        return known

    def _crossed_order(self, left: Span, right: Span) -> bool:
        ours, theirs = self._find_order(left), self._find_order(right)
        return ours is not None and theirs is not None and _cross_in_order(ours, theirs)

    def _find_order(self, at: Span) -> _Order | None:
        if at not in self._orders:
            read = self._read.get((at.document, at.start))
            self._orders[at] = _read_order(read) if read is not None else None
        return self._orders[at]

    def _crossed_places(self, left: Span, right: Span) -> bool:
        return _cross_in_places(self._find_places(left), self._find_places(right))

    def _crossed_deeds(self, left: Span, right: Span) -> bool:
        return any(
            ours.deed == theirs.deed and (_crosses(ours, theirs) or _turns(ours, theirs))
            for ours in self._find_deeds(left)
            for theirs in self._find_deeds(right)
        )

    def _find_places(self, at: Span) -> dict[Slot, set[str]]:
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


def _cross_in_places(ours: dict[Slot, set[str]], theirs: dict[Slot, set[str]]) -> bool:
    other = sorted(p for p in ours if p in theirs and not ours[p] & theirs[p])
    return any(ours[a] & theirs[b] and ours[b] & theirs[a] for n, a in enumerate(other) for b in other[n + 1 :])


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


def _list_places(sentence: Sentence) -> dict[Slot, set[str]]:
    """Return the stems of the nouns, names and adjectives at each place of a sentence."""
    tokens = sentence.tokens
    found: dict[Slot, set[str]] = {}
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


def _find_place(sentence: Sentence, at: int) -> Slot | None:
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


def _read_order(sentence: Sentence) -> _Order:
    stems: dict[str, list[int]] = {}
    for at, token in enumerate(sentence.tokens):
        if token.upos in CONTENT:
            word = token.text if token.upos == "PROPN" else token.lemma or token.text
            for own in _list_stems([word]):
                stems.setdefault(own, []).append(at)
    once = {own: places[0] for own, places in stems.items() if len(places) == 1}
    breaks = [0, *accumulate(_breaks_off(token) for token in sentence.tokens)]
    return _Order(sentence, frozenset(stems), once, {at: _find_case(sentence, at) for at in once.values()}, breaks)


def _find_case(sentence: Sentence, at: int) -> str:
    tokens = sentence.tokens
    for _ in range(LONGEST_CHAIN):
        relation = tokens[at].relation
        if tokens[at].head < 0 or not (relation.partition(":")[0] in (*CHAINED, "compound") or relation == "nmod:desc"):
            break
        at = tokens[at].head
    own = (tokens[c] for c in sentence.children(at))
    return " ".join(t.text.lower() for t in own if t.relation.startswith("case") and t.upos == "ADP")


def _cross_in_order(ours: _Order, theirs: _Order) -> bool:
    """Return whether two participants have changed places around a deed, or their prepositions with each other."""
    if len(ours.every & theirs.every) < NEARLY_ALL * max(len(ours.every), len(theirs.every)):
        return False
    common = sorted(ours.stems.keys() & theirs.stems.keys())
    parts = [w for w in common if all(o.sentence.tokens[o.stems[w]].upos in TAKES_PART for o in (ours, theirs))]
    cases = {w: (ours.cases[ours.stems[w]], theirs.cases[theirs.stems[w]]) for w in parts}
    for n, one in enumerate(parts):
        first, then = cases[one]
        if first and then and first != then and any(cases[other] == (then, first) for other in parts[n + 1 :]):
            return True
    return any(_cross_around(ours, theirs, deed, parts, cases) for deed in common)


def _cross_around(ours: _Order, theirs: _Order, deed: str, parts: list[str], cases: dict[str, tuple[str, str]]) -> bool:
    at = (ours.stems[deed], theirs.stems[deed])
    verbs = [o.sentence.tokens[n] for o, n in zip((ours, theirs), at, strict=True)]
    if all(t.upos != "VERB" for t in verbs) or (
        any(t.upos != "VERB" for t in verbs) and verbs[0].text.lower() != verbs[1].text.lower()
    ):
        return False
    if any((t.lemma or t.text).lower() in load_verbs()["reporting"] - TELLS_WHOM for t in verbs):
        return False
    passive = [_is_passive(o.sentence, n) for o, n in zip((ours, theirs), at, strict=True)]
    before = {
        w: tuple(o.stems[w] < n for o, n in zip((ours, theirs), at, strict=True))
        for w in parts
        if w != deed and all(_in_one_clause(o, o.stems[w], n) for o, n in zip((ours, theirs), at, strict=True))
    }
    turned = passive[0] != passive[1]

    def crosses(one: str, other: str) -> bool:
        if not turned:
            return before[one] == (True, False) and before[other] == (False, True) and not cases[other][1]
        stays = before[one] == (True, True) and before[other] == (False, False) and not cases[one][1]
        return stays and cases[other][passive.index(True)] == "by"

    doers = [w for w, side in before.items() if side[0] and not cases[w][0]]
    return any(crosses(one, other) for one in doers for other in before)


def _is_passive(sentence: Sentence, at: int) -> bool:
    return any(sentence.tokens[c].relation in ("aux:pass", "nsubj:pass") for c in sentence.children(at))


def _breaks_off(token: Token) -> bool:
    """Return whether a word is a deed or a conjunction that opens a clause."""
    return token.upos == "SCONJ" or (
        token.upos == "VERB" and token.relation.partition(":")[0] not in ("amod", "compound")
    )


def _in_one_clause(order: _Order, left: int, right: int) -> bool:
    """Return whether no other deed and no conjunction that opens a clause stands between two words."""
    return order.breaks[min(left, right) + 1] == order.breaks[max(left, right)]
