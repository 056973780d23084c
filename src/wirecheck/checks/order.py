"""Order: which of two events came first, as clauses put it ("hours after", "later announced", "before the vote").

Each document's clauses give pairs of events, earlier and later. Two documents conflict when they give one pair in
opposite order, and agree
when they give it in the same. Events of two documents are one when they are of one kind, have the same actor, and
share what is said of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from wirecheck.checks import Check
from wirecheck.checks._stated import on_one_line, state_evidence
from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.language.reading import Reading
from wirecheck.model import Finding, Point, Side, Span
from wirecheck.text.stems import load_common, stem

AFTER = frozenset(("after", "following", "since", "once"))
BEFORE = frozenset(("before", "until", "till", "ahead"))
LATER = frozenset(("later", "subsequently", "afterward", "afterwards", "thereafter"))
EARLIER = frozenset(("earlier", "previously", "beforehand"))
LONGEST_EVIDENCE = 280
"""Characters: the clause that gives the order is shown whole up to this, then the part around its two verbs."""
WINDOW = 22
"""Words behind a verb that are taken for what it says."""
SHARED = 0.3
"""Share of the words of the shorter event that two events of one kind and one actor have in common. Tried .2 to .5 on
the stories a-e: below .3 two
announcements of one man become one."""


@dataclass(frozen=True)
class Event:
    """What happens: the stem of its verb or noun, its kinds, who does it, and the words of its clause."""

    predicate: str
    kinds: frozenset[str]
    actors: frozenset[str]
    words: frozenset[str]
    span: Span


@dataclass(frozen=True)
class Order:
    """One document's words for the order of two events."""

    document: str
    earlier: Event
    later: Event
    evidence: Span


def check_order(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield pairs of events that two documents put in opposite order, and such that they put in the same."""
    orders = find_orders(dossier)
    place = {d.id: n for n, d in enumerate(dossier.documents)}
    agreeing: set[tuple[Span, ...]] = set()
    for i, left in enumerate(orders):
        for right in orders[i + 1 :]:
            if left.document == right.document:
                continue
            pair = sorted((left, right), key=lambda o: (place[o.document], o.evidence))
            if is_same(left.earlier, right.later) and is_same(left.later, right.earlier):
                yield _conflict(dossier, pair[0], pair[1])
            elif is_same(left.earlier, right.earlier) and is_same(left.later, right.later):
                key = (pair[0].evidence, pair[1].evidence)
                if key not in agreeing:
                    agreeing.add(key)
                    yield _agree(dossier, pair[0], pair[1])


def _conflict(dossier: Dossier, left: Order, right: Order) -> Finding:
    parts = [f"{dossier.shown(o.document)} says “{on_one_line(dossier.words(o.evidence))}”" for o in (left, right)]
    reason = f"{parts[0]}, but {parts[1]}: they put the two events in opposite order."
    sides = tuple(Side(on_one_line(dossier.words(o.evidence)), (o.document,), (o.evidence,)) for o in (left, right))
    return Finding("conflict", "order", reason, state_evidence((left, right)), "order", sides=sides, weight=0.75)


def _agree(dossier: Dossier, left: Order, right: Order) -> Finding:
    names = show_documents(dossier, (left.document, right.document))
    reason = f"{names} put the two events in the same order: “{on_one_line(dossier.words(left.evidence))}”."
    return Finding("agree", "order", reason, state_evidence((left, right)), "order", weight=0.4)


def is_same(left: Event, right: Event) -> bool:
    """Return whether two events of two documents are one: of one kind, by one actor where both are known, with words
    in common. Symmetric.
    """
    if left.predicate != right.predicate and not left.kinds & right.kinds:
        return False
    if left.actors and right.actors:
        if not left.actors & right.actors:
            return False
    elif left.predicate != right.predicate:
        return False
    bare = min(len(left.words), len(right.words))
    if bare == 0:
        return bool(left.actors & right.actors)
    if bare == 1 and not (left.predicate == right.predicate and left.words & right.words):
        # "his remarks": nothing but who and that; the actor has to carry it.
        return bool(left.actors & right.actors)
    shared = len(left.words & right.words) / bare
    return shared >= SHARED


# --- reading orders --------------------------------------------------------------------------------------------------


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    data = _data()
    found: dict[str, set[str]] = {}
    for event in data["event"]:
        for word in event["words"]:
            found.setdefault(stem(word), set()).add(event["name"])
    return {k: frozenset(v) for k, v in found.items()}


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(w) for w in _data()["light"]["words"])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("wirecheck.checks").joinpath("data/events.toml").read_text("utf-8"))


def find_orders(dossier: Dossier) -> list[Order]:
    """Return the orders that the clauses of all documents give, by document, then place."""
    mentions: dict[str, list[tuple[int, int, str]]] = {}
    for actor in dossier.actors:
        for m in actor.mentions:
            mentions.setdefault(m.document, []).append((m.start, m.end, actor.id))
    found = []
    for reading in dossier.readings:
        finder = _Finder(reading, mentions.get(reading.document.id, []))
        for sentence in reading.sentences:
            found += finder.find(sentence)
    return found


class _Finder:
    def __init__(self, reading: Reading, mentions: list[tuple[int, int, str]]) -> None:
        self.reading = reading
        self.mentions = mentions

    def find(self, sentence: Sentence) -> list[Order]:
        tokens = sentence.tokens
        found: list[Order] = []
        for i, token in enumerate(tokens):
            lower = token.text.lower()
            if token.head < 0:
                continue
            if lower in AFTER | BEFORE and token.relation in ("mark", "case"):
                found += self._subordinate(sentence, i, lower in AFTER)
            elif lower in LATER | EARLIER and token.relation.startswith("advmod") and tokens[token.head].upos == "VERB":
                if i + 1 < len(tokens) and tokens[i + 1].text.lower() in ("than", "this", "in"):
                    continue
                found += self._adverb(sentence, token.head, lower in LATER)
        return found

    def _subordinate(self, sentence: Sentence, mark: int, after: bool) -> list[Order]:
        """Read "A after B": B is what the word marks, A what B hangs on."""
        tokens = sentence.tokens
        inner = tokens[mark].head
        outer = tokens[inner].head
        if (
            outer < 0
            or tokens[inner].upos not in ("VERB", "NOUN")
            or not tokens[inner].relation.startswith(("advcl", "obl", "nmod"))
        ):
            return []
        if tokens[inner].upos == "NOUN" and not (_kinds().get(stem(tokens[inner].lemma or tokens[inner].text))):
            return []
        if tokens[mark].text.lower() == "since" and tokens[inner].upos != "VERB":
            return []
        while tokens[outer].upos not in ("VERB", "NOUN", "ADJ") and tokens[outer].head >= 0:
            outer = tokens[outer].head
        main = self._event(sentence, outer, without=inner)
        other = self._event(sentence, inner)
        if main is None or other is None:
            return []
        earlier, later = (other, main) if after else (main, other)
        return [Order(self.reading.document.id, earlier, later, self._evidence(sentence, outer, inner, mark))]

    def _adverb(self, sentence: Sentence, verb: int, later: bool) -> list[Order]:
        """Read "A …, who later B" and "A and later B": what B hangs on came first."""
        tokens = sentence.tokens
        relation = tokens[verb].relation
        if not relation.startswith(("acl", "conj", "advcl", "parataxis")):
            return []
        outer = tokens[verb].head
        steps = 0
        while outer >= 0 and tokens[outer].upos != "VERB" and steps < 8:
            outer = tokens[outer].head
            steps += 1
        if outer < 0:
            return []
        reference = self._event(sentence, outer, without=verb)
        event = self._event(sentence, verb)
        if reference is None or event is None:
            return []
        first, second = (reference, event) if later else (event, reference)
        return [Order(self.reading.document.id, first, second, self._clause(sentence, verb))]

    def _event(self, sentence: Sentence, head: int, *, without: int | None = None) -> Event | None:
        tokens = sentence.tokens
        root = stem(tokens[head].lemma or tokens[head].text)
        subject = next((c for c in sentence.children(head) if tokens[c].relation.startswith("nsubj")), None)
        if root in _light() and tokens[head].upos == "VERB":
            if (
                subject is None
                or tokens[subject].upos != "NOUN"
                or not _kinds().get(stem(tokens[subject].lemma or tokens[subject].text))
            ):
                return None
            return self._event(sentence, subject)
        inside = self._tree(sentence, head, without)
        if tokens[head].upos == "VERB":
            inside = sorted({*inside, *self._behind(sentence, head, without)})
        common = load_common()
        words = frozenset(
            stem(tokens[i].lemma or tokens[i].text)
            for i in inside
            if tokens[i].upos in ("NOUN", "PROPN", "VERB", "ADJ") and i != head and tokens[i].text.lower() not in common
        )
        actors = self._actors(sentence, head, subject)
        span = self.reading.span(tokens[inside[0]].start, tokens[inside[-1]].end)
        return Event(root, _kinds().get(root, frozenset()), actors, words, span)

    def _behind(self, sentence: Sentence, head: int, without: int | None) -> list[int]:
        """Return the tokens behind a verb up to a strong mark or the other event: what is said, wherever the parser
        hung it.
        """
        tokens = sentence.tokens
        found = []
        for i in range(head + 1, min(len(tokens), head + WINDOW)):
            if tokens[i].text in (";", ":", ".", "(", "—") or i == without or tokens[i].text.lower() in AFTER | BEFORE:
                break
            found.append(i)
        return found

    def _short(self, sentence: Sentence, head: int, without: int | None) -> list[int]:
        """Return the tokens behind a verb up to a clause that it introduces: "announced, via social media | that he
        …".
        """
        found: list[int] = []
        for i in self._behind(sentence, head, without):
            token = sentence.tokens[i]
            if token.relation == "mark" or token.relation.startswith("nsubj") or token.text in ("“", "”", '"'):
                break
            found.append(i)
        while found and sentence.tokens[found[-1]].upos in ("PUNCT", "ADP", "DET", "CCONJ", "PART"):
            found.pop()
        return found

    def _tree(self, sentence: Sentence, head: int, without: int | None) -> list[int]:
        found, stack = {head}, [head]
        while stack:
            for child in sentence.children(stack.pop()):
                if child not in found and child != without and len(found) < 40:
                    found.add(child)
                    stack.append(child)
        return sorted(found)

    def _actors(self, sentence: Sentence, head: int, subject: int | None) -> frozenset[str]:
        """Return the actors of the subject of a verb, or of the possessive of a noun."""
        tokens = sentence.tokens
        at = subject
        if tokens[head].upos != "VERB":
            at = next((c for c in sentence.children(head) if tokens[c].relation in ("nmod:poss", "nmod")), None)
        elif at is not None and tokens[at].text.lower() in ("who", "which"):
            # The name right before the pronoun, which parsers often pass over for the head of a longer phrase.
            at = next((i for i in range(at - 1, -1, -1) if tokens[i].upos != "PUNCT"), None)
        elif at is None and tokens[head].relation == "conj":
            above = tokens[head].head
            at = next((c for c in sentence.children(above) if tokens[c].relation.startswith("nsubj")), None)
        elif at is None and tokens[head].relation.startswith(("advcl", "xcomp")):
            above = tokens[head].head
            if above >= 0:
                at = next((c for c in sentence.children(above) if tokens[c].relation.startswith("nsubj")), None)
        if at is None or at < 0:
            return frozenset()
        token = tokens[at]
        return frozenset(a for s, e, a in self.mentions if s < token.end and token.start < e)

    def _clause(self, sentence: Sentence, verb: int) -> Span:
        """Return the words around a verb with an adverb of order: from its subject to the end of what it says."""
        tokens = sentence.tokens
        first = min(
            [
                verb,
                *(
                    c
                    for c in sentence.children(verb)
                    if tokens[c].relation.startswith(("nsubj", "advmod")) and c < verb
                ),
            ]
        )
        behind = self._short(sentence, verb, None)
        last = behind[-1] if behind else verb
        while last > verb and (
            tokens[last].end - tokens[first].start > LONGEST_EVIDENCE
            or tokens[last].upos in ("PUNCT", "ADP", "DET", "CCONJ")
        ):
            last -= 1
        return self.reading.span(tokens[first].start, tokens[last].end)

    def _evidence(self, sentence: Sentence, outer: int, inner: int, mark: int) -> Span:
        tokens = sentence.tokens
        inside = [i for i in self._tree(sentence, inner, None) if i <= inner]
        start, end = tokens[inside[0]].start, tokens[inner].end
        if outer != inner:
            around = self._tree(sentence, outer, inner)
            behind = self._short(sentence, inner, outer) if outer < inner else []
            end = max(end, tokens[behind[-1]].end) if behind else end
            near = [i for i in around if i <= outer]
            start = min(start, tokens[near[0]].start if near else start, tokens[outer].start)
            end = max(end, tokens[outer].end)
        if end - start > LONGEST_EVIDENCE:
            start = min(tokens[i].start for i in (outer, inner, mark))
            end = min(max(tokens[i].end for i in (outer, inner, mark)) + 120, end, start + LONGEST_EVIDENCE)
            last = max((t.end for t in tokens if t.end <= end), default=end)
            end = max(last, max(tokens[i].end for i in (outer, inner, mark)))
        return self.reading.span(start, end)


CHECK = Check(
    name="order",
    version=1,
    kind="order",
    summary="Two events that documents put in opposite order, or in the same.",
    find=check_order,
)
