"""What is known of one document while its speakers are resolved: its mentions by place, and who spoke so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wirecheck.annotators._lexicon import listed
from wirecheck.annotators._sources import words_of
from wirecheck.language import Sentence
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Mention, Quotation, Span
from wirecheck.places import Places
from wirecheck.text.gazetteer import titles

WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")


SINGULAR = frozenset({"he", "she", "his", "her", "him"})


PRONOUNS = SINGULAR | frozenset(
    {"they", "it", "who", "which", "that", "i", "we", "you", "their", "its", "them", "my", "our"}
)


DETERMINERS = frozenset({
    "the", "a", "an", "his", "her", "their", "its", "this", "that", "these", "those", "our", "my", "one", "another",
    "some",
})  # fmt: skip


SEVERAL = frozenset(["all", "both", "few", "many", "most", "several", "some", "these", "those", "three", "two", "four"])


NEWS_ADJECTIVES = frozenset(["new", "recent", "latest", "local", "same"])


# "One could argue", "you might think": nobody says it.
ANYBODY = frozenset(["one", "anyone", "anybody", "nobody", "no one", "everyone", "everybody"])


# "It is wrong to say": nobody is meant.
EXPLETIVE = re.compile(r"(?:\s(?:is|was|would\sbe|will\sbe)|[’']s)\s(?:not\s)?\W?\w+\W?\s(?:to|that|for)\s")


PLURAL_PEOPLE = re.compile(r"(?:s|people|police|media|staff|men|women|children)$")


Known = tuple[Span, Mention, Actor | None]


Found = tuple[Actor | None, tuple[Actor, ...], str | None]
"""The actor found, or those between whom it stays open, or a name without an actor."""


class Mentions:
    """The mentions of one document by place, outside of words in marks as well as inside, and what is asked of them."""

    def __init__(self, reading: Reading, mentions: Iterable[Known], spoken: Iterable[tuple[int, int]]) -> None:
        self.reading = reading
        self.all = Places(sorted(mentions, key=lambda x: (x[0].start, -x[0].end)), lambda x: (x[0].start, x[0].end))
        self._spoken = Places(sorted(spoken), lambda x: x)
        """The words inside marks: names in them are of no use to a pronoun outside."""

    def is_spoken(self, offset: int) -> bool:
        return any(True for _ in self._spoken.touching(offset, offset + 1))

    def touching(self, start: int, end: int) -> Iterator[Known]:
        """Yield the mentions that share a character with `[start, end)`, by place."""
        return self.all.touching(start, end)

    def starting_in(self, start: int, end: int) -> tuple[Known, ...]:
        """Return the mentions that begin in `[start, end)`, by place."""
        return self.all.starting_in(start, end)

    def last_named(self, actor: Actor, before: int) -> int:
        """Return where an actor is named last before an offset, outside of words in marks; -1 for nowhere."""
        starts = self._starts_outside_marks.get(actor.id, ())
        at = bisect_left(starts, before)
        return starts[at - 1] if at else -1

    @cached_property
    def _starts_outside_marks(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for span, mention, actor in self.all.items:
            if actor is not None and not mention.pronoun and not self.is_spoken(span.start):
                found[actor.id].append(span.start)
        return found

    def last_with_role(self, head: str, known: str, before: int) -> Iterator[tuple[int, int, Actor]]:
        """Yield the actors of a role, and those that are no persons and have it in their names, each once.

        Each with its last mention before an offset that is no pronoun: the mention's number by place and its sentence.
        """
        for actor in {a.id: a for a in (*self._by_role.get(known, ()), *self._by_name_part.get(head, ()))}.values():
            places = self._in_sentences[actor.id]
            at = bisect_left(places, (self.all.before(before), -1))
            if at:
                yield (*places[at - 1], actor)

    @cached_property
    def _in_sentences(self) -> dict[str, list[tuple[int, int]]]:
        """The number by place and the sentence of the mentions of each actor that are no pronouns."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (span, mention, actor) in enumerate(self.all.items):
            if actor is not None and not mention.pronoun:
                at = self.reading.sentence_at(span.start)
                if at is not None:
                    found[actor.id].append((number, at))
        return found

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for _, _, actor in self.all.items if actor is not None}

    @cached_property
    def _by_role(self) -> dict[str, list[Actor]]:
        found: dict[str, list[Actor]] = defaultdict(list)
        for actor in self._actors.values():
            for head in sorted({find_role_head(r.role.casefold().split()) for r in actor.roles}):
                found[head].append(actor)
        return found

    @cached_property
    def _by_name_part(self) -> dict[str, list[Actor]]:
        found: dict[str, list[Actor]] = defaultdict(list)
        for actor in self._actors.values():
            if actor.kind != "person":
                for word in sorted({w.casefold() for w in WORD.findall(actor.name)}):
                    found[word].append(actor)
        return found


@dataclass
class Scene:
    """What is known of one document while its quotations are gone through in order."""

    reading: Reading
    mentions: Mentions
    by_id: dict[str, Actor]
    nameless: frozenset[str] = frozenset()
    """Actors that no document names: known by a role alone."""
    said: list[tuple[int, str, str | None]] = field(default_factory=list)
    """Sources resolved so far, by place: place, speaker's name, actor id."""
    said_as: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """The speaker's name and actor of the last source with each noun as its head: "an Interpol spokesman"."""
    said_last: dict[str, int] = field(default_factory=dict)
    """Where each actor is the source last, of those resolved so far."""
    others: frozenset[str] = frozenset()
    """Actors that the quotation at hand is about, so that a pronoun as its source means somebody else."""

    def say(self, place: int, name: str, actor: str | None) -> None:
        """Note a source that was resolved."""
        self.said.append((place, name, actor))
        if actor is not None:
            self.said_last[actor] = place

    def say_as(self, words: str, name: str, actor: str | None) -> None:
        """Note what a source was called, by the noun that "the" goes back to: "a spokeswoman for the port"."""
        parts = [w.casefold() for w in WORD.findall(words.split(",")[0])]
        head = next((i for i, w in enumerate(parts) if i and w in listed("of_someone") | {"who"}), len(parts)) - 1
        people = titles().offices | titles().persons
        if head > 0 and parts[0] in ("a", "an", "one", "another") and parts[head] in people:
            self.said_as[parts[head]] = name, actor

    def said_in(self, start: int, end: int) -> Iterator[tuple[int, str, str | None]]:
        """Yield the sources resolved so far that stand in `[start, end)`, last first."""
        low, high = (bisect_left(self.said, offset, key=lambda s: s[0]) for offset in (start, end))
        return reversed(self.said[low:high])


def place_of(quotation: Quotation) -> tuple[int, int]:
    """Sort by where the source stands, so that a pronoun finds the one before it."""
    start = quotation.source.start if quotation.source is not None else quotation.whole.start
    return (start, quotation.whole.start)


def is_nsubj(sentence: Sentence, index: int) -> bool:
    return sentence.tokens[index].relation in ("nsubj", "nsubj:pass")


def is_somebody(name: str) -> bool:
    """Return whether words that name no actor may be one person: a name, an office, or what people are called."""
    words = WORD.findall(re.split(r"\s(?:of|for|in|from|at|with|on|to|familiar)\s", name, maxsplit=1)[0])
    if not words:
        return False
    head = words[-1].casefold()
    if words[-1][0].isupper() and words[0][0].isupper():
        return True
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    return head in people or head.rpartition("-")[2] in people or head == "source"


def list_distinct(actors: Iterable[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return list(found.values())


def find_role_head(words: Sequence[str]) -> str:
    """Return the word that says what a role is, short forms and sexes levelled: "campaign manager" is a manager."""
    main = []
    for word in words:
        if word in listed("of_someone") or word in ("to", "who", "and"):
            break
        main.append(word.strip(".,"))
    head = main[-1] if main else ""
    head = titles().abbreviations.get(head, head)
    return titles().equals.get(head, head)


def is_text(name: str) -> bool:
    words = name.casefold().split()
    return bool(words) and words[-1] in listed("texts") | words_of("written")


def keep_own_words(words: str) -> str | None:
    """Return a source's words as a name: without its determiner and without what stands behind a comma."""
    head = re.split(r",|\s[—–-]\s|\s(?:who|which|that)\s", words, maxsplit=1)[0].strip(" .:;")
    parts = head.split()
    while parts and parts[0].casefold() in {"the", "a", "an"}:
        parts = parts[1:]
    texts = listed("texts") | listed("issued")
    for at, word in enumerate(parts[:-1]):
        if word.casefold() in texts and parts[at + 1].casefold() not in listed("of_someone"):
            parts = parts[: at + 1]  # "a statement expressing its regret"
            break
    return " ".join(parts) or None
