"""Speakers: the actors that the sources of quotations resolve to, or the open question between several.

A name in the source decides; else its role, held against the roles that the documents give; else, for pronouns, who
spoke last and who is the subject of the sentences before. What names nobody ("officials") keeps its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from wirecheck.annotators._clauses import find_subject, source_range
from wirecheck.annotators._reporting import listed
from wirecheck.annotators._sources import head_of, words_of
from wirecheck.language import Sentence
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Mention, Quotation, Span
from wirecheck.places import Places
from wirecheck.resolve.coreference import is_subject
from wirecheck.text.gazetteer import countries, titles
from wirecheck.text.words import end_before, join_names

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_SINGULAR = frozenset({"he", "she", "his", "her", "him"})
_PRONOUNS = _SINGULAR | frozenset(
    {"they", "it", "who", "which", "that", "i", "we", "you", "their", "its", "them", "my", "our"}
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "our",
        "my",
        "one",
        "another",
        "some",
    ]
)
# Sentences back to which a pronoun or a role reaches. Further back, news text repeats the name.
_REACH = 6
_SEVERAL = frozenset(
    ["all", "both", "few", "many", "most", "several", "some", "these", "those", "three", "two", "four"]
)
_NEWS_ADJECTIVES = frozenset(["new", "recent", "latest", "local", "same"])
# Between a name and an apposition: "Jane Roe of Ostwick, a contender".
_PLACE_BEHIND = re.compile(r"(?:\s(?:of|from|in)\s[^,.;:]{2,40})?")
# So many words of a quotation that stand again further down are the same utterance.
_REPEATED_WORDS = 5
# A name with a noun behind it says what sort of thing the noun is.
_DESCRIBES = re.compile(
    r"\s(?!(?:and|or|of|in|for|on|at|from|to|who|which|with|that|also|as|then|later|again|himself|herself)\b)"
    r"[a-z]{3,}(?<!ly)\b"
)
# What stands behind it is told of the source and is not the source: "the emir, whose country Roe helped".
_RELATIVE = re.compile(r",?\s(?:whose|whom|who|which|where)\s")
# Characters from the start of a clause in which a name is whom it is about; further in, "he" may still be the same man.
_NEAR_START = 60
# Characters back to which "who" and "which" reach where nothing stands right before them.
_NEAR_BEFORE = 60
# "One could argue", "you might think": nobody says it.
_ANYBODY = frozenset(["one", "anyone", "anybody", "nobody", "no one", "everyone", "everybody"])
# "It is wrong to say": nobody is meant.
_EXPLETIVE = re.compile(r"(?:\s(?:is|was|would\sbe|will\sbe)|[’']s)\s(?:not\s)?\W?\w+\W?\s(?:to|that|for)\s")
_PLURAL_PEOPLE = re.compile(r"(?:s|people|police|media|staff|men|women|children)$")


_Known = tuple[Span, Mention, Actor | None]
_Found = tuple[Actor | None, tuple[Actor, ...], str | None]
"""The actor found, or those between whom it stays open, or a name without an actor."""


class _Mentions:
    """The mentions of one document by place, outside of words in marks as well as inside, and what is asked of them."""

    def __init__(self, reading: Reading, mentions: Iterable[_Known], spoken: Iterable[tuple[int, int]]) -> None:
        self.reading = reading
        self.all = Places(sorted(mentions, key=lambda x: (x[0].start, -x[0].end)), lambda x: (x[0].start, x[0].end))
        self._spoken = Places(sorted(spoken), lambda x: x)
        """The words inside marks: names in them are of no use to a pronoun outside."""

    def is_spoken(self, offset: int) -> bool:
        return any(True for _ in self._spoken.touching(offset, offset + 1))

    def touching(self, start: int, end: int) -> Iterator[_Known]:
        """Yield the mentions that share a character with `[start, end)`, by place."""
        return self.all.touching(start, end)

    def starting_in(self, start: int, end: int) -> tuple[_Known, ...]:
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
            for head in sorted({_role_head(r.role.casefold().split()) for r in actor.roles}):
                found[head].append(actor)
        return found

    @cached_property
    def _by_name_part(self) -> dict[str, list[Actor]]:
        found: dict[str, list[Actor]] = defaultdict(list)
        for actor in self._actors.values():
            if actor.kind != "person":
                for word in sorted({w.casefold() for w in _WORD.findall(actor.name)}):
                    found[word].append(actor)
        return found


@dataclass
class _Scene:
    """What is known of one document while its quotations are gone through in order."""

    reading: Reading
    mentions: _Mentions
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
        parts = [w.casefold() for w in _WORD.findall(words.split(",")[0])]
        head = next((i for i, w in enumerate(parts) if i and w in listed("of_someone") | {"who"}), len(parts)) - 1
        people = titles().offices | titles().persons
        if head > 0 and parts[0] in ("a", "an", "one", "another") and parts[head] in people:
            self.said_as[parts[head]] = name, actor

    def said_in(self, start: int, end: int) -> Iterator[tuple[int, str, str | None]]:
        """Yield the sources resolved so far that stand in `[start, end)`, last first."""
        low, high = (bisect_left(self.said, offset, key=lambda s: s[0]) for offset in (start, end))
        return reversed(self.said[low:high])


def resolve_speakers(
    readings: Sequence[Reading], annotations: Sequence[Annotations], actors: Sequence[Actor]
) -> tuple[Annotations, ...]:
    """Return the annotations with the speaker of every quotation that resolves.

    `speaker` and `speaker_name` are the actor's; a source that names a group without an actor has only the name, in
    the source's own words; where several actors remain, both are empty and `candidates` holds their names.
    """
    owner = {span: actor for actor in actors for span in actor.mentions}
    by_id = {a.id: a for a in actors}
    named = {m.span for a in annotations for m in a.mentions if m.name is not None}
    nameless = frozenset(a.id for a in actors if not any(span in named for span in a.mentions))
    resolved = []
    for reading, annotation in zip(readings, annotations):
        known = [(m.span, m, owner.get(m.span)) for m in annotation.mentions]
        spoken = [(c.start, c.end) for q in annotation.quotations if q.kind != "indirect" for c in q.contents]
        mentions = _Mentions(reading, [*known, *_list_surnames(reading, known)], spoken)
        scene = _Scene(reading, mentions, by_id, nameless)
        ordered = sorted(annotation.quotations, key=lambda q: _place_of(q))
        done = {q.id: q for q in _take_from_repeats(reading, [_resolve(scene, q) for q in ordered])}
        resolved.append(annotation.having(quotations=tuple(done[q.id] for q in annotation.quotations)))
    return tuple(resolved)


def _take_from_repeats(reading: Reading, resolved: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations, those without an actor with that of the one further down that holds all their words.

    A first paragraph quotes "the top engineer" and leaves the name to the paragraph that has the words in full.
    """
    text = reading.document.text
    words = {
        q.id: [[w.casefold() for w in _WORD.findall(text[c.start : c.end])] for c in q.contents]
        for q in resolved
        if q.kind != "indirect"
    }
    named = [q for q in resolved if q.id in words and q.speaker is not None]
    # The words that a run begins with tell where to look for the whole run.
    by_opening: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, quotation in enumerate(named):
        for key in {tuple(r[at : at + _REPEATED_WORDS]) for r in words[quotation.id] for at in range(len(r))}:
            by_opening[key].append(number)
    taken = []
    for quotation in resolved:
        runs = words.get(quotation.id, [])
        found = None
        if quotation.speaker is None and runs and all(len(run) >= _REPEATED_WORDS for run in runs):
            begun = [named[number] for number in by_opening.get(tuple(runs[0][:_REPEATED_WORDS]), ())]
            longer = [q for q in begun if q.whole.start > quotation.whole.end]
            holders = [q for q in longer if all(any(_holds(long, run) for long in words[q.id]) for run in runs)]
            found = holders[0] if len({q.speaker for q in holders}) == 1 else None
        taken.append(
            quotation
            if found is None
            else replace(quotation, speaker=found.speaker, speaker_name=found.speaker_name, candidates=())
        )
    return taken


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _list_surnames(reading: Reading, known: Sequence[_Known]) -> list[_Known]:
    """Return mentions by surname alone of people named in full above, where the surname is an everyday word ("West",
    "Young") and was left out for that; a proper noun by its part of speech, with no other proper noun beside it.
    """
    text = reading.document.text
    full: dict[str, list[tuple[Span, Mention, Actor]]] = {}
    for span, mention, actor in known:
        if actor is None or actor.kind != "person" or mention.name is None or mention.pronoun:
            continue
        name = text[mention.name.start : mention.name.end].split()
        if len(name) > 1 and name[-1].isalpha() and name[-1][0].isupper():
            full.setdefault(name[-1], []).append((span, mention, actor))
    lone = {w: f for w, f in full.items() if len({a.id for _, _, a in f}) == 1}
    taken = {i for s, _, _ in known for i in range(s.start, s.end)} if lone else set()
    found: list[_Known] = []
    for sentence in reading.sentences:
        for at, token in enumerate(sentence.tokens):
            people = lone.get(token.text)
            if people is None or token.upos != "PROPN" or token.start in taken or people[0][0].start > token.start:
                continue
            beside = [*sentence.tokens[max(0, at - 1) : at], *sentence.tokens[at + 1 : at + 2]]
            if any(t.upos == "PROPN" or t.text in ("-", "the", "The") for t in beside):
                continue
            span = reading.document.span(token.start, token.end)
            found.append((span, Mention(span, "person", name=span), people[0][2]))
    return found


def _place_of(quotation: Quotation) -> tuple[int, int]:
    """Sort by where the source stands, so that a pronoun finds the one before it."""
    start = quotation.source.start if quotation.source is not None else quotation.whole.start
    return (start, quotation.whole.start)


def _resolve(scene: _Scene, quotation: Quotation) -> Quotation:
    source = quotation.source
    if source is None:
        return quotation
    text = scene.reading.document.text
    words = text[source.start : source.end]
    low = words.casefold().strip(" ,.")
    if low in ("one", "another") and (one := _named_behind(scene, source)) is not None:
        scene.say(source.start, one.name, one.id)
        return replace(quotation, speaker=one.id, speaker_name=one.name)
    if low in ("one", "another") and quotation.kind != "indirect":
        some = _one_of_them(scene, source)
        return replace(quotation, speaker_name=some) if some is not None else quotation
    if low in _ANYBODY or (low == "it" and _EXPLETIVE.match(text, source.end)):
        return quotation
    others, behind = _list_others(scene, quotation, low)
    spoken_of = _list_spoken_of(scene, quotation) if low.startswith(("the ", "his ", "her ")) else frozenset()
    whole, scene = scene, replace(scene, others=others)
    actor: Actor | None = None
    candidates: tuple[Actor, ...] = ()
    name: str | None = None
    if low in _PRONOUNS:
        actor, candidates, name = _resolve_pronoun(scene, source, low, begins=quotation.whole.start)
        actor = _of_known_sex(scene, source, low, actor)
        if others and behind and low in _SINGULAR:
            # "Roe is resigning, she announced" is of herself, "Roe is to blame, she said" perhaps of another.
            named = _resolve_pronoun(whole, source, low)[0]
            if named is not None and named.id in others:
                candidates = (named, actor) if actor is not None else ()
                actor, name = (named if actor is None else None), None
    else:
        actor, name = _resolve_phrase(replace(scene, others=spoken_of), source, words)
    if actor is not None:
        if not text.endswith(" by ", 0, source.start):  # "Asked by Roe, the mayor …": the next "he" is not Roe
            scene.say(source.start, actor.name, actor.id)
            scene.say_as(words, actor.name, actor.id)
        return replace(quotation, speaker=actor.id, speaker_name=actor.name)
    if candidates:
        return replace(quotation, candidates=tuple(a.name for a in candidates))
    if name is None and low not in _PRONOUNS and _is_phrase(scene.reading, source):
        name = _own_words(words)
    if name:
        scene.say(source.start, name, None)
        scene.say_as(words, name, None)
        return replace(quotation, speaker_name=name)
    return quotation


# said one of them, Ann Lowe; said one, Ann Lowe
_OF_THEM = re.compile(r"(?:\sof\s(?:them|the\s[a-z]+))?,\s")


def _named_behind(scene: _Scene, source: Span) -> Actor | None:
    """Return the person whose name stands behind "one" or "one of them", as an apposition."""
    behind = _OF_THEM.match(scene.reading.document.text, source.end)
    found = scene.mentions.starting_in(behind.end(), behind.end() + 1) if behind is not None else ()
    return next((a for _, m, a in found if a is not None and a.kind == "person" and m.name is not None), None)


def _one_of_them(scene: _Scene, source: Span) -> str | None:
    """Return a name for the "one" who speaks of the people who are the subject of a sentence before: "one miner"."""
    index = scene.reading.sentence_at(source.start)
    paragraph = scene.reading.paragraph_at(source.start)
    for at in range(index, max(-1, index - 3), -1) if index is not None else ():
        sentence = scene.reading.sentences[at]
        if scene.reading.paragraph_at(sentence.start) != paragraph:
            return None
        people = _subject_people(scene, at, source.start)
        if people is not None:
            last = people.casefold().split()[-1]
            token = next(t for t in sentence.tokens if t.text.casefold() == last)
            return f"one {token.lemma.casefold()}"
    return None


def _resolve_phrase(scene: _Scene, source: Span, words: str) -> tuple[Actor | None, str | None]:
    """Return the actor that a source other than a pronoun means, else a name for who speaks, or neither."""
    actor = _named(scene, source)
    if actor is not None and (both := _several(scene, source)) is not None:
        return None, both
    parts = _WORD.findall(words) or [""]
    owner = _owner(scene, source, parts)
    if (actor is None or actor.id == owner) and (holder := _of_country(scene, words)) is not None:
        return holder, None
    if actor is not None and actor.id == owner:
        # Whose lawyer, aide or doctor speaks does not speak himself.
        return None, _owned_name(scene, owner, parts) or _own_words(words)
    actor, name = _named_behind_office(scene, source, actor)
    if actor is None and name is None:
        actor, name = _whose_text(scene, source)
    if actor is None and name is None:
        actor, name = _issuer(scene, source)
    if actor is None and name is None:
        actor, name = _by_role(scene, source, words)
    if actor is None and name is None and owner:
        name = _owned_name(scene, owner, parts)
    return actor, name


def _of_country(scene: _Scene, words: str) -> Actor | None:
    """Return the one person of the story who has an office of a state: "Elra's president", "the Elran president"."""
    parts = [w.removesuffix("’s").removesuffix("'s") for w in _WORD.findall(words.split(",")[0])]
    if any(w in listed("of_someone") and len(parts) > n + 2 for n, w in enumerate(parts)):
        return None  # "the president of Elra International Airlines"
    wanted = {countries()[w].name for w in parts if w in countries()}
    states_of = {word.casefold(): country.name for word, country in countries().items()}  # roles have no capitals
    head = _role_head([w.casefold() for w in parts])
    if len(wanted) != 1 or head not in titles().offices:
        return None
    found = []
    for actor in scene.by_id.values():
        if actor.kind != "person" or actor.id in scene.others or actor.id in scene.nameless:
            continue
        for role in actor.roles:
            told = [w.removesuffix("’s").removesuffix("'s") for w in role.role.split()]
            states = {states_of[w.casefold()] for w in told if w.casefold() in states_of}
            if (
                states == wanted
                and _role_head([w.casefold() for w in told]) == head
                and not {"former", "ex"} & set(told)
            ):
                found.append(actor)
    people = _distinct(found)
    return people[0] if len(people) == 1 else None


def _owned_name(scene: _Scene, owner: str | None, parts: Sequence[str]) -> str | None:
    """Return "Jane Roe’s lawyer" for "her lawyer"; None where the source is longer or names the owner itself."""
    if not owner or parts[0].casefold() not in ("his", "her") or not 2 <= len(parts) <= 4:
        return None
    return f"{scene.by_id[owner].name}’s {' '.join(parts[1:])}"


def _list_others(scene: _Scene, quotation: Quotation, low: str) -> tuple[frozenset[str], bool]:
    """Return the actors that a third person as source cannot well mean, and whether he may speak of himself by name.

    Those are whom the words said name, and who stands between the cue and the words ("He called the president “a bum”",
    "“Roe is a friend,” he said"). Behind a clause without marks the tag may be of himself: "Roe is resigning, he said".
    """
    if low not in _PRONOUNS or quotation.source is None or quotation.cue is None:
        return frozenset(), False
    indirect = quotation.kind == "indirect"
    first = quotation.contents[0].start
    behind = indirect and first < quotation.cue.start
    ranges = [
        (c.start, min(c.end, c.start + _NEAR_START) if indirect and not behind else c.end) for c in quotation.contents
    ]
    if quotation.source.end <= quotation.cue.start and quotation.cue.end <= first:
        ranges.append((quotation.cue.end, min(first, quotation.cue.end + _NEAR_START)))
    others = frozenset(
        a.id
        for start, end in ranges
        for _, m, a in scene.mentions.starting_in(start, end)
        if a is not None and not m.pronoun and (indirect or m.name is not None or a.id in scene.nameless)
    )
    return others, behind


def _list_spoken_of(scene: _Scene, quotation: Quotation) -> frozenset[str]:
    """Return the people whom words in marks name: "“I met President Lund,” the president said" is not said by Lund."""
    if quotation.kind == "indirect":
        return frozenset()
    return frozenset(
        a.id
        for c in quotation.contents
        for _, m, a in scene.mentions.starting_in(c.start, c.end)
        if a is not None and m.name is not None and a.kind == "person"
    )


def _named(scene: _Scene, source: Span) -> Actor | None:
    """Return the actor that a source names: its head, neither whose it is nor what it is of."""
    text = scene.reading.document.text
    best: Actor | None = None
    for span, mention, actor in scene.mentions.touching(source.start, source.end):
        if actor is None or mention.pronoun:
            continue
        if actor.id in scene.nameless or (mention.name is None and actor.id in scene.others):
            continue
        if span.start < source.start and mention.name is not None and mention.name.start < source.start:
            # The source begins inside the mention ("Mr." cut off): it is still the one.
            pass
        place = mention.name if mention.name is not None else span
        behind = text[place.end : place.end + 2]
        if behind in ("’s", "'s") or (behind[:1] in ("’", "'") and text[place.end - 1] == "s"):
            continue
        before = _WORD.findall(text[source.start : max(source.start, span.start)])
        if before and _belongs_to_other(before):
            continue
        if _RELATIVE.search(text, source.start, max(source.start, span.start)):
            break
        if span.start > source.start and _is_told_of(scene.reading, source.start, span.start):
            break  # "a panel formed after the Harbour Board lost its chief"
        if actor.kind in ("person", "place", "country") and _DESCRIBES.match(text, place.end, source.end):
            continue  # "the Elra senator", "the Roe administration"
        if actor.kind in ("place", "country") and _ends_in_office(text, place.end, source.end):
            continue  # "US Defense Secretary"
        if actor.kind == "organization" and _is_of_body(text, place.end, source.end):
            continue  # "one White House official"
        if best is None:
            best = actor
            if actor.kind == "person":
                return best
        elif actor.kind == "person" and _is_apposition(text, source.start, span.start):
            return actor
    return best


def _ends_in_office(text: str, start: int, end: int) -> bool:
    """Return whether words go on to an office in capitals, without a comma: "Defense Secretary" behind "US"."""
    words = text[start:end].split()
    if not words or not text[start : start + 1].isspace() or not all(w[0].isupper() for w in words):
        return False
    return _role_head([words[-1].casefold()]) in titles().offices


def _is_of_body(text: str, start: int, end: int) -> bool:
    """Return whether a body's name is followed by the word for one of its people: "official" behind "White House"."""
    behind = re.compile(r"(?:\s[a-z-]+){1,3}(?=[\s,.]|$)").match(text, start, end)
    words = re.split(r"\s(?:of|for|in|on|at|from|to|with|who|familiar)\b", behind.group())[0].split() if behind else []
    people = titles().offices | titles().persons | {"source"}
    return bool(words) and words[-1].removesuffix("s") in people


def _is_told_of(reading: Reading, start: int, end: int) -> bool:
    """Return whether a participle that tells something of the noun before it stands in a range."""
    index = reading.sentence_at(start)
    tokens = reading.sentences[index].tokens if index is not None else ()
    inside = [t for t in tokens if start <= t.start < end]
    return any(t.relation == "acl" and t.xpos in ("VBN", "VBG") for t in inside[1:])


def _named_behind_office(scene: _Scene, source: Span, actor: Actor | None) -> tuple[Actor | None, str | None]:
    """Return the actor and name where a source goes on from a body over an office to a name that no mention has:
    "Harbour Committee Chairman Jonas Reed" is Reed and no committee.
    """
    text = scene.reading.document.text
    if actor is not None and actor.kind == "person":
        return actor, None
    head = _RELATIVE.split(text[source.start : source.end].split(",")[0], maxsplit=1)[0]
    words = list(re.finditer(r"[^\W_][\w’'.-]*", head))
    known = titles().offices | frozenset(titles().abbreviations)
    office = next((i for i in range(len(words) - 1, -1, -1) if _is_office(words[i].group(), known)), None)
    if office is None:
        return actor, None
    name = [m.group() for m in words[office + 1 :]]
    named = len(name) in (2, 3) and all(w[0].isupper() for w in name)
    if not named or (actor is not None and office == 0) or not words[office].group()[0].isupper():
        return actor, None
    # "Chairman of the Port Committee Rep. Jonas Reed"
    titled = words[office].group().casefold().rstrip(".") in titles().abbreviations
    titled = titled and office > 1 and words[office - 1].group().casefold() in titles().bodies
    of = (m.group() in listed("of_someone") and not _joins_a_name(words, i) for i, m in enumerate(words[:office]))
    if not titled and any(of):
        return actor, None  # "a spokesman for Committee Chairman Jonas Reed"
    found = " ".join(name)
    same = [a for a in scene.by_id.values() if a.kind == "person" and found in a.variants]
    return (same[0], None) if len(same) == 1 else (None, found)


def _joins_a_name(words: Sequence[re.Match[str]], at: int) -> bool:
    """Return whether "of" or "for" stands inside the name of a body: "Friends of Elra President Jonas Reed"."""
    before = words[at - 1].group() if at else ""
    people = titles().offices | titles().persons
    return before[:1].isupper() and before.casefold() not in people


def _is_office(word: str, known: frozenset[str]) -> bool:
    low = word.casefold().rstrip(".")
    return low in known or low.rpartition("-")[0] in known


def _several(scene: _Scene, source: Span) -> str | None:
    """Return the names of people who speak together ("Ann Lowe, 34, and Jonas Reed"), or None for one speaker."""
    text = scene.reading.document.text
    inside = [
        (s, a)
        for s, m, a in scene.mentions.touching(source.start, source.end)
        if (m.name or s).start >= source.start and s.end <= source.end and not m.pronoun
        if a is not None and a.kind == "person"
    ]
    named = [(s, a) for s, a in inside if a.id not in scene.nameless]
    joined: list[Actor] = []
    closed = False
    for n, (span, actor) in enumerate(named):
        between = text[named[n - 1][0].end : span.start] if n else ""
        if n and not closed and _JOINED.fullmatch(between):
            closed = True
        elif n and (closed or not _LISTED.fullmatch(between)):
            break
        joined.append(actor)
    people = _distinct(joined)
    if not closed or len(people) < 2:
        return None
    return join_names(a.name for a in people)


# "Ann Lowe, 34, and Jonas Reed"; of three, the first two stand with a comma between
_JOINED = re.compile(r"(?:,\s\d\d?,?|,[^,]*,)?,?\s(?:and|&)\s(?:the\s)?(?:[A-Z][\w.]*\s)*")
_LISTED = re.compile(r",\s(?:the\s)?(?:[A-Z][\w.]*\s)*")


def _belongs_to_other(before: Sequence[str]) -> bool:
    """Return whether the words before a name make it somebody else's: "a spokeswoman for", "the mayor of"."""
    words = [w.casefold() for w in before]
    while len(words) > 1 and words[-1] in listed("determiners") | _NEWS_ADJECTIVES:
        words.pop()
    return words[-1] in listed("of_someone")


def _is_apposition(text: str, start: int, at: int) -> bool:
    return text[start:at].rstrip().endswith((",", "—", "–", "-")) or "," not in text[start:at]


def _resolve_pronoun(
    scene: _Scene, source: Span, low: str, *, begins: int | None = None
) -> tuple[Actor | None, tuple[Actor, ...], str | None]:
    """Return the actor that a pronoun means, the candidates when it stays open, and the name of a group without one.

    `begins` is where the words begin that a tag stands behind: the sentences of them are not counted.
    """
    if low in ("i", "we", "you", "my", "our"):
        return None, (), None
    here = [a for s, m, a in scene.mentions.starting_in(source.start, source.start + 1) if s == source and m.pronoun]
    direct = next((a for a in here if a is not None and a.id not in scene.others), None)
    if direct is not None and low in _SINGULAR | {"they", "their", "them", "it", "its"} and not _fits(direct, low):
        direct = None
    if low in ("who", "which", "that"):
        found = _antecedent(scene, source, low)
        if found is not None:
            return found
        if _follows_noun(scene, source):
            return None, (), None  # "Lowe waved aside polling that has shown"
        people = ("person", "group")
        for span, _, actor in scene.mentions.all.reaching(source.start - _NEAR_BEFORE, source.start):
            if (
                span.end <= source.start
                and actor is not None
                and not scene.mentions.is_spoken(span.start)
                and (low == "that" or (actor.kind in people) == (low == "who"))
            ):
                return (actor if source.start - span.end <= _NEAR_BEFORE else direct), (), None
        return direct, (), None
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return direct, (), None
    if low == "it" and (issued := _issued_before(scene, source, index)) is not None:
        return issued
    nearer: list[Actor] = []
    first = scene.reading.sentence_at(begins) if begins is not None and begins < source.start else index
    reach = _REACH + index - (first if first is not None else index)
    for strict in (True, False):
        for back in range(reach):
            at = index - back
            if at < 0 or (at == 0 and scene.reading.title_sentence is not None and (strict or index > 3)):
                break  # the story names again whom its headline names
            limit = source.start if back == 0 else scene.reading.sentences[at].end
            found = _in_sentence(scene, at, limit, low, here=back == 0, strict=strict, direct=direct)
            if found is not None:
                # Several who stand nearer make a subject further back doubtful, unless it is one of them.
                if nearer and found[0] is not None and found[0] not in nearer:
                    return None, tuple(nearer), None
                return found
            if strict and low == "it" and (thing := _subject_thing(scene, at, limit)) is not None and (back or thing):
                return None, (), thing or None
            if strict and not nearer:
                text = scene.reading.document.text
                present = _distinct(
                    a
                    for s, a in _present(scene, scene.reading.sentences[at].start, limit, low)
                    if text[s.end : s.end + 2] not in ("’s", "'s")
                )
                nearer = present if len(present) > 1 else []
    return direct, (), None


# "in a statement", "in his letter to the board"
_IN_TEXT = re.compile(r"\bin\s(?:an?|the|his|her|its|their)\s(?:[\w-]+\s){0,2}?(?P<text>[\w-]+)\b")


def _issued_before(scene: _Scene, source: Span, index: int) -> _Found | None:
    """Return who said something in a text just before that "it" goes on: "Roe said in a statement. “…,” it went on"."""
    start = scene.reading.sentences[max(0, index - 1)].start
    text = scene.reading.document.text
    for place, name, actor_id in scene.said_in(start, source.start):
        at = scene.reading.sentence_at(place)
        end = min(scene.reading.sentences[at].end, source.start) if at is not None else place
        if any(m["text"].casefold() in listed("issued") for m in _IN_TEXT.finditer(text, place, end)):
            return (scene.by_id[actor_id], (), None) if actor_id is not None else (None, (), name)
        return None
    return None


def _of_known_sex(scene: _Scene, source: Span, low: str, actor: Actor | None) -> Actor | None:
    """Return the actor found for a pronoun, or the one named later and favoured by all else near it, where only of that
    one is known that the pronoun fits.
    """
    if actor is None or actor.gender is not None or low not in _SINGULAR:
        return actor
    here = scene.mentions.starting_in(source.start, source.start + 1)
    other = next((a for s, m, a in here if s == source and m.pronoun and a is not None), None)
    if other is None or other.id in scene.others or other.gender is None or not _fits(other, low):
        return actor
    last, latest = (scene.mentions.last_named(a, source.start) for a in (actor, other))
    spoke = scene.said_last.get(actor.id, -1)
    sentence_at = scene.reading.sentence_at
    return other if latest > max(last, spoke) and sentence_at(latest) != sentence_at(last) else actor


def _subject_thing(scene: _Scene, at: int, end: int) -> str | None:
    """Return the subject of a sentence before `end` as a name where it is a body or a text that no actor is ("the
    island’s security agency"), an empty string for any other thing, and None where it is an actor or there is none.
    """
    sentence = scene.reading.sentences[at]
    tokens = sentence.tokens
    told = (i for i in range(len(tokens)) if _is_nsubj(sentence, i) and not scene.mentions.is_spoken(tokens[i].start))
    subject = next((i for i in told if tokens[tokens[i].head].start < end), None)
    if subject is None or tokens[subject].upos != "NOUN" or tokens[subject].start >= end:
        return None
    head = sentence.tokens[subject]
    if any(a is not None for _, _, a in scene.mentions.touching(head.start, head.start + 1)):
        return None
    if _has_name_behind(scene, head.end):
        return None
    low = head.text.casefold()
    if low not in listed("organization_heads") | listed("not_a_person") | listed("texts"):
        return ""
    first = sentence.subtree(subject)[0]
    return _own_words(scene.reading.document.text[sentence.tokens[first].start : head.end])


def _antecedent(scene: _Scene, source: Span, low: str) -> _Found | None:
    """Return what "who" or "which" goes on about where that stands right before it: a mention, or a plain noun phrase
    that no actor is ("the groups, which argue"); None where something else stands there.
    """
    text = scene.reading.document.text
    stop = end_before(text, source.start, " ,—–-\u00a0")
    for _, mention, actor in scene.mentions.touching(stop - 1, stop):
        if actor is not None and not mention.pronoun:
            person = actor.kind in ("person", "group")
            return (actor, (), None) if person == (low == "who") or low == "that" else None
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return None
    tokens = scene.reading.sentences[index].tokens
    noun = next((i for i, t in enumerate(tokens) if t.end == stop), None)
    if noun is None or tokens[noun].upos != "NOUN" or (low == "that" and not _may_tell(tokens[noun].text)):
        return None
    first = noun
    while first > 0 and tokens[first - 1].relation.split(":")[0] in (
        "amod",
        "compound",
        "nummod",
        "det",
        "nmod",
        "flat",
    ):
        if tokens[first - 1].upos in ("PUNCT", "ADP"):
            break
        first -= 1
        if tokens[first].upos == "DET":
            break
    if first > 0 and tokens[first - 1].end == tokens[first].start:
        return None, (), None  # the second half of "Elra-era rules"
    if first > 0 and tokens[first - 1].text == ",":
        # "Jane Roe of Ostwick, a leading contender, who said": the apposition is of her.
        comma = tokens[first - 1].start
        for span, mention, actor in reversed(scene.mentions.starting_in(scene.reading.sentences[index].start, comma)):
            if actor is None or mention.pronoun or actor.kind != "person":
                continue
            if span.end <= comma and _PLACE_BEHIND.fullmatch(text, span.end, comma):
                return actor, (), None
    phrase = scene.reading.document.span(tokens[first].start, tokens[noun].end)
    if low in ("which", "that"):
        issuer, issued = _issuer(scene, phrase)  # "They released a statement which said"
        if issuer is not None or issued is not None:
            return issuer, (), issued
    words = text[phrase.start : phrase.end]
    known, name = _by_role(scene, phrase, words) if low == "who" else (None, None)
    return known, (), None if known is not None else name or _own_words(words)


def _tells(noun: str) -> bool:
    """Return whether a noun is a text or a survey, which says something: "a poll that found", "an ad that claims"."""
    return noun in listed("texts") or head_of(noun) is not None


def _may_tell(noun: str) -> bool:
    return _tells(noun.casefold()) or _is_speaker(noun)


def _follows_noun(scene: _Scene, source: Span) -> bool:
    """Return whether a plain noun stands right before "who" or "that", which goes on about it and no name before it."""
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return False
    stop = end_before(scene.reading.document.text, source.start, " ,—–-\u00a0")
    before = next((t for t in scene.reading.sentences[index].tokens if t.end == stop), None)
    return before is not None and before.upos == "NOUN"


def _in_sentence(
    scene: _Scene, at: int, end: int, low: str, *, here: bool, strict: bool, direct: Actor | None
) -> _Found | None:
    """Return what a sentence before a pronoun says of who is meant, or None to look further back.

    Who speaks in it or is its subject is meant before anybody else is (`strict`); then whoever is the only one in it.
    """
    sentence = scene.reading.sentences[at]
    if strict:
        for _, name, actor_id in scene.said_in(sentence.start, end):
            if actor_id is not None and actor_id not in scene.others and _fits(scene.by_id[actor_id], low):
                people = _subject_people(scene, at, end) if low == "they" else None
                if people is not None:  # "According to the Herald, the aides are worried. But they think"
                    return None, (), people
                return scene.by_id[actor_id], (), None
            if actor_id is None and _may_be_meant(name, low):
                return None, (), name
    chained = _subject_pronoun(scene, at, end, low) if strict and not here and low in _SINGULAR else None
    if chained is not None and chained.id not in scene.others:
        return chained, (), None
    present = _present(scene, sentence.start, end, low)
    if strict and low in _SINGULAR and (somebody := _subject_person(scene, at, end, low)) is not None:
        return None, (), somebody
    if strict and low == "they" and (several := _subject_people(scene, at, end)) is not None:
        return None, (), several
    if strict and not here and low == "they" and (both := _joint_subject(scene, at, end)) is not None:
        return both
    subjects = _distinct(a for s, a in present if _is_subject(scene, at, s))
    if strict and not (here and len(present) == 1):
        return (subjects[0], (), None) if len(subjects) == 1 else None
    if len(present) == 1:
        return present[0][1], (), None
    if len(present) > 1:
        known = _distinct(a for _, a in present if a.gender is not None and low in _SINGULAR)
        if len(known) == 1:
            return known[0], (), None
        remaining = _distinct(a for _, a in present)
        if direct is not None and direct in remaining:
            return direct, (), None
        return None, tuple(remaining), None
    return None


def _subject_pronoun(scene: _Scene, at: int, end: int, low: str) -> Actor | None:
    """Return the actor that the subject of a sentence means where that is he or she as well: "He grew up here. “…,” he
    said".
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    subject = None if root is None else next((c for c in sentence.children(root) if _is_nsubj(sentence, c)), None)
    if subject is None:
        return None
    token = sentence.tokens[subject]
    if token.text.casefold() != {"his": "he", "him": "he", "her": "she"}.get(low, low) or token.end > end:
        return None
    if scene.mentions.is_spoken(token.start):
        return None
    for span, mention, actor in scene.mentions.starting_in(token.start, token.start + 1):
        if mention.pronoun and span.end == token.end:
            return actor if actor is not None and _fits(actor, low) else None
    return None


def _subject_person(scene: _Scene, at: int, end: int, low: str) -> str | None:
    """Return the subject of a sentence before `end` in its own words where it is a person without an actor and fits the
    pronoun: "My mother has grown soft, but she says"; None for any other.
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    subject = (
        None
        if root is None
        else next((c for c in sentence.children(root) if c < root and _is_nsubj(sentence, c)), None)
    )
    if subject is None or sentence.tokens[subject].upos != "NOUN" or sentence.tokens[subject].end > end:
        return None
    head = sentence.tokens[subject]
    word = head.text.casefold()
    gender = titles().gender.get(word)
    if word not in people or _PLURAL_PEOPLE.search(word) is not None or scene.mentions.is_spoken(head.start):
        return None
    if gender is not None and gender != ("he" if low in ("he", "his", "him") else "she"):
        return None
    if any(a is not None for _, _, a in scene.mentions.touching(head.start, head.start + 1)):
        return None
    below = {sentence.tokens[c].relation: c for c in sentence.children(subject)}
    if "conj" in below or _has_name_behind(scene, head.end):
        return None  # "a lawyer and a doctor", "the party's treasurer, Ann Lowe"
    return _own_words(scene.reading.document.text[sentence.tokens[sentence.subtree(subject)[0]].start : head.end])


def _has_name_behind(scene: _Scene, end: int) -> bool:
    """Return whether a name in apposition stands behind a noun: "the party's treasurer, Ann Lowe, reported"."""
    text = scene.reading.document.text
    return text[end : end + 2] == ", " and text[end + 2 : end + 3].isupper()


def _subject_people(scene: _Scene, at: int, end: int) -> str | None:
    """Return the subject of a sentence before `end` in its own words where it is people without an actor: "The foreign
    ministers of both countries met. They said".
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    subject = None if root is None else next((c for c in sentence.children(root) if _is_nsubj(sentence, c)), None)
    if subject is None or sentence.tokens[subject].xpos != "NNS" or sentence.tokens[subject].end > end:
        return None
    head = sentence.tokens[subject]
    low = head.text.casefold()
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    known = low in titles().groups or low in listed("group") or low.removesuffix("s") in people
    if not known or scene.mentions.is_spoken(head.start):
        return None
    if any(a is not None for _, _, a in scene.mentions.touching(head.start, head.start + 1)):
        return None
    return _own_words(scene.reading.document.text[sentence.tokens[sentence.subtree(subject)[0]].start : head.end])


def _joint_subject(scene: _Scene, at: int, end: int) -> _Found | None:
    """Return the names of two people who are the subject of a sentence together ("Roe and Lund met. They said"); open
    between all whom it names where there are more.
    """
    start = scene.reading.sentences[at].start
    named = [
        (m.name, a)
        for s, m, a in scene.mentions.starting_in(start, end)
        if a is not None and a.kind == "person" and m.name is not None and not scene.mentions.is_spoken(s.start)
    ]
    joined = _distinct(a for name, a in named if is_subject(scene.reading, at, name.start))
    people = _distinct(a for _, a in named)
    if len(joined) < 2 or any(a.id in scene.nameless for a in people):
        return None
    return (None, (), " and ".join(a.name for a in joined)) if len(people) == 2 else (None, tuple(people), None)


def _is_nsubj(sentence: Sentence, index: int) -> bool:
    return sentence.tokens[index].relation in ("nsubj", "nsubj:pass")


def _is_subject(scene: _Scene, at: int, span: Span) -> bool:
    """Return whether a mention is its sentence's subject by the tree, or stands before a finite verb where the tree has
    none: "Sen. Ann Roe, a Lund Democrat, hailed".
    """
    text = scene.reading.document.text
    if text[span.end : span.end + 2] in ("’s", "'s"):
        return False
    sentence = scene.reading.sentences[at]
    if is_subject(scene.reading, at, span.start) or _is_inverted_subject(sentence, span):
        return True
    before = text[sentence.start : span.start].rstrip()
    if before and not before.endswith(","):
        return False
    behind = re.compile(r"(?:,[^.;:“”\"]{2,140},)?\s").match(text, span.end, sentence.end)
    verb = next((t for t in sentence.tokens if behind is not None and t.start == behind.end()), None)
    return verb is not None and verb.xpos in ("VBD", "VBZ", "VBP")


def _is_inverted_subject(sentence: Sentence, span: Span) -> bool:
    """Return whether a name stands right behind the verb of a sentence that begins with a place or a time and has no
    other subject: "At the wheel sat Ann Lowe".
    """
    tokens = sentence.tokens
    verb = next((i for i, t in enumerate(tokens) if t.end == span.start - 1), None)
    if verb is None or verb == 0 or tokens[verb].xpos not in ("VBD", "VBZ", "VBP"):
        return False
    first = next(t for t in tokens if t.upos != "PUNCT")
    places = first.upos in ("ADP", "ADV") or first.relation in ("advmod", "obl")
    return places and not any(_is_nsubj(sentence, i) for i in range(verb))


def _may_be_meant(name: str, low: str) -> bool:
    """Return whether a pronoun may mean somebody without a name: "an officer", "the rescuers"."""
    words = name.casefold().split()
    head = words[-1]
    if low == "it":
        return _is_text(name) or head in listed("organization_heads") | titles().bodies
    if _is_text(name):
        return False
    if words[0] in _SEVERAL:
        return low not in _SINGULAR
    if low in _SINGULAR:
        body = head in listed("organization_heads") or head in listed("not_a_person")
        return not body and _PLURAL_PEOPLE.search(head) is None and _is_somebody(name)
    return _PLURAL_PEOPLE.search(head) is not None


def _is_somebody(name: str) -> bool:
    """Return whether words that name no actor may be one person: a name, an office, or what people are called."""
    words = _WORD.findall(re.split(r"\s(?:of|for|in|from|at|with|on|to|familiar)\s", name, maxsplit=1)[0])
    if not words:
        return False
    head = words[-1].casefold()
    if words[-1][0].isupper() and words[0][0].isupper():
        return True
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    return head in people or head.rpartition("-")[2] in people or head == "source"


def _distinct(actors: Iterable[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return list(found.values())


def _present(scene: _Scene, start: int, end: int, low: str) -> list[tuple[Span, Actor]]:
    """Return the mentions of fitting actors in `[start, end)` outside words in marks, one actor once."""
    found = [
        (s, a)
        for s, m, a in scene.mentions.touching(start, end)
        if a is not None
        and a.id not in scene.others
        and not m.pronoun
        and _fits(a, low)
        and not scene.mentions.is_spoken(s.start)
    ]
    seen: dict[str, tuple[Span, Actor]] = {}
    for span, actor in found:
        seen.setdefault(actor.id, (span, actor))
    return list(seen.values())


def _fits(actor: Actor, low: str) -> bool:
    if low in _SINGULAR:
        gender = "he" if low in ("he", "his", "him") else "she"
        known = actor.gender or titles().gender.get(actor.name.split()[-1].casefold())
        return actor.kind == "person" and known in (None, gender)
    if low in ("they", "their", "them"):
        return actor.kind in ("group", "organization") or actor.gender == "they"
    return actor.kind in ("organization", "country", "group")


def _by_role(scene: _Scene, source: Span, words: str) -> tuple[Actor | None, str | None]:
    """Return the actor whose role a source gives ("the senator"), or the one before when it cannot be another."""
    parts = _WORD.findall(words.split(",")[0])
    if not parts:
        return None, None
    definite = parts[0].casefold() in ("the", "his", "her", "their", "its", "this", "that")
    cut = next(
        (i for i, w in enumerate(parts) if i and w.casefold() in listed("of_someone") | {"who", "which", "that"}),
        len(parts),
    )
    phrase = [w.casefold() for w in parts[:cut] if w.casefold() not in _DETERMINERS]
    if not phrase:
        return None, None
    head = phrase[-1]
    direct = next(
        (
            a
            for s, m, a in scene.mentions.touching(source.start, source.start + 1)
            if a is not None and not m.pronoun and s.start <= source.start and source.end <= s.end
        ),
        None,
    )
    owner = _owner(scene, source, parts)
    if direct is not None and (direct.id == owner or direct.id in scene.others or head in _UNNAMED):
        direct = None
    if direct is not None and direct.id not in scene.nameless and not _is_newcomer(scene, source, direct, head):
        return direct, None
    if parts[0].casefold() == "the" and len(parts) == 2 and head in scene.said_as:
        name, actor_id = scene.said_as[head]
        if actor_id is None or actor_id not in scene.others:
            return (scene.by_id[actor_id], None) if actor_id is not None else (None, name)
    if head in _UNNAMED:
        return None, None
    if definite and head in listed("issued"):
        return _author(scene, source)
    if head in listed("texts"):
        return None, None
    if not definite:
        return None, None
    index = scene.reading.sentence_at(source.start) or 0
    plural = _PLURAL_PEOPLE.search(head) is not None and not head.endswith("ss")
    known = _role_head(phrase)
    # "The senator from Elra": who is told to be of Elra stands out.
    told = {w.casefold() for w in parts[cut + 1 :] if w[0].isupper()}
    best: tuple[int, int, int, Actor] | None = None
    for number, at, actor in scene.mentions.last_with_role(head, known, source.start):
        if actor.id in scene.nameless or (plural and actor.kind == "person"):
            continue
        if actor.id == owner or actor.id in scene.others or _has_another_portfolio(actor, phrase):
            continue
        roles = " ".join(r.role.casefold() for r in actor.roles).split()
        own = [w.casefold() for w in _WORD.findall(actor.name)]
        shared = sum(1 for w in {*phrase[:-1], *told} if w in roles or (w in own and actor.kind != "person"))
        # Of those alike, the one of the nearest sentence, and in it the last.
        rank = (shared, at, number)
        if best is None or rank > best[:3]:
            best = (*rank, actor)
    if best is not None:
        return best[3], None
    # "The top engineer on the inquiry" brings in somebody new; "the engineer" may be somebody named before.
    one = cut == len(parts) and owner is None and not parts[cut - 1][:1].isupper()
    state = any(w in countries() for w in parts)  # "the Turkish president": which of two is so is not told
    one = one and len(phrase) == 1  # "the local health minister" is told apart from the minister before
    found = _only_one_before(scene, source, index, head, lone=state) if one else None
    if found is not None and (found.id in scene.others or _has_another_office(found, head)):
        found = None
    if len(parts) == 2 and parts[1] in countries() and _MAN_OF.search(head):
        found = _only_one_before(scene, source, index, head, lone=True)  # "The Elran" is the man before
        if found is not None and found.id in scene.others:
            found = None
    if found is None and direct is not None and not _is_newcomer(scene, source, direct, head):
        found = direct
    return found, None


# The Belgian, the Iraqi; the Dutch and the French are all of them.
_MAN_OF = re.compile(r"(?:an|i|ot|ard|ole|ane|erb|oat|eed|urk|inn)$")
_LAWMAKERS = frozenset(
    ["senator", "congressman", "congresswoman", "representative", "deputy", "legislator", "mp", "delegate"]
)
# What an office may be called by its kind. source: the ranks and offices of titles.toml, by what each is a kind of
_BROADER = {
    "officer": frozenset(["detective", "constable", "sergeant", "inspector", "superintendent", "lieutenant", "captain"])
    | {"colonel", "major", "general", "commander", "brigadier", "admiral", "marshal", "sheriff", "chief"},
    "lawmaker": _LAWMAKERS,
    "legislator": _LAWMAKERS,
    "politician": _LAWMAKERS | {"minister", "mayor", "governor", "councillor", "candidate", "leader"},
    "diplomat": frozenset(["ambassador", "envoy", "consul"]),
    "cleric": frozenset(["priest", "bishop", "archbishop", "cardinal", "pastor", "imam", "ayatollah", "rabbi"]),
    "executive": frozenset(["president", "director", "chief", "chairman", "chairwoman", "manager"]),
}


# Who speaks so is kept unnamed: "the person" goes back to nobody with a name.
_UNNAMED = frozenset(["person", "source"])


def _has_another_office(actor: Actor, head: str) -> bool:
    """Return whether an actor has an office and a source of the kind "the candidate" gives another one."""
    offices = titles().offices - {"nominee"}
    own = {_role_head(r.role.casefold().split()) for r in actor.roles} & offices
    if actor.kind != "person" or any(head in r.role.casefold().split() for r in actor.roles):
        return False  # "rebel leader Roe" is "the rebel"
    if own & _BROADER.get(head, frozenset()):
        return False  # "the inspector" is "the officer"
    return _role_head([head]) in offices and bool(own) and _role_head([head]) not in own


def _has_another_portfolio(actor: Actor, phrase: Sequence[str]) -> bool:
    """Return whether "the local health minister" cannot be an actor, as he is the minister of something else."""
    wanted = {w for w in phrase[:-1] if w not in _GENERAL}
    if phrase[-1] not in _CABINET or not wanted:
        return False
    own = [r.role.casefold().split() for r in actor.roles]
    of = [set(role) - {phrase[-1]} for role in own if _role_head(role) == _role_head(phrase)]
    return bool(of) and all(role and role.isdisjoint(wanted) for role in of)


_CABINET = ("minister", "secretary")
_GENERAL = _NEWS_ADJECTIVES | {"acting", "former", "senior", "top", "then"}


def _role_head(words: Sequence[str]) -> str:
    """Return the word that says what a role is, short forms and sexes levelled: "campaign manager" is a manager."""
    main = []
    for word in words:
        if word in listed("of_someone") or word in ("to", "who", "and"):
            break
        main.append(word.strip(".,"))
    head = main[-1] if main else ""
    head = titles().abbreviations.get(head, head)
    return titles().equals.get(head, head)


def _owner(scene: _Scene, source: Span, parts: Sequence[str]) -> str | None:
    """Return the actor whose lawyer, aide or doctor a source is, by id: nobody is his own; an empty string for one
    unknown and None where a source belongs to nobody.
    """
    low = parts[0].casefold()
    if low in ("his", "her"):
        scene = replace(scene, others=frozenset())
        actor = _resolve_pronoun(scene, scene.reading.document.span(source.start, source.start + len(low)), low)[0]
        return actor.id if actor is not None else ""
    text = scene.reading.document.text
    for _, mention, actor in scene.mentions.touching(source.start, source.end):
        place = mention.name
        inside = place is not None and source.start <= place.start and place.end < source.end
        if place is not None and inside and actor is not None and text[place.end : place.end + 2] in ("’s", "'s"):
            return actor.id
    return None


def _is_newcomer(scene: _Scene, source: Span, actor: Actor, head: str) -> bool:
    """Return whether a role is not that of an actor whom the same sentence names before it: "in support of Roe, the
    senator said" is of somebody else.
    """
    if actor.kind != "person" or any(head in r.role.casefold().split() for r in actor.roles):
        return False
    index = scene.reading.sentence_at(source.start)
    here = scene.reading.sentences[index].start if index is not None else source.start
    return any(
        a is actor and m.name is not None and s.end <= source.start
        for s, m, a in scene.mentions.starting_in(here, source.start)
    )


def _only_one_before(scene: _Scene, source: Span, index: int, head: str, *, lone: bool = False) -> Actor | None:
    """Return the only person (or organization) of the sentences just before, when the role can be nobody else's.

    `lone` asks that no other stands beside him there.
    """
    if head in listed("not_a_person") or head in listed("texts"):
        return None
    wanted = "organization" if head in listed("organization_heads") | titles().bodies else "person"
    if wanted == "person" and _PLURAL_PEOPLE.search(head) and not head.endswith("ss"):
        return None
    # Whoever is named in the same sentence is somebody else: "In words of support for Roe, the senator said".
    here = scene.reading.sentences[index].start
    before = scene.mentions.starting_in(here, source.start)
    beside = {a.id for _, m, a in before if a is not None and not m.pronoun}
    for strict in (False,) if lone else (True, False):
        for back in range(1, 4):
            at = index - back
            if at < 0:
                break
            sentence = scene.reading.sentences[at]
            found = _one_in(scene, at, sentence.start, sentence.end, wanted, strict=strict)
            if found is not None:
                return found if found.id not in beside else None
    return None


def _one_in(scene: _Scene, at: int, start: int, end: int, wanted: str, *, strict: bool) -> Actor | None:
    """Return the one actor of a kind that speaks in a sentence or is its subject; not `strict`, the only one in it."""
    for _, _, actor_id in scene.said_in(start, end):
        if actor_id is not None and scene.by_id[actor_id].kind == wanted:
            return scene.by_id[actor_id]
    present = [
        (s, a)
        for s, m, a in scene.mentions.starting_in(start, end)
        if a is not None
        and a.id not in scene.nameless
        and not m.pronoun
        and a.kind == wanted
        and not scene.mentions.is_spoken(s.start)
    ]
    subjects = _distinct(a for s, a in present if is_subject(scene.reading, at, s.start))
    if len(subjects) == 1:
        return subjects[0]
    found = _distinct(a for _, a in present)
    return found[0] if len(found) == 1 and not strict else None


def _author(scene: _Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return who wrote "the statement": the last one who spoke, of those that are no text themselves."""
    for at, name, actor_id in reversed(scene.said):
        if at < source.start and not _is_text(name) and (actor_id is not None or _is_speaker(name)):
            return (scene.by_id[actor_id], None) if actor_id is not None else (None, name)
    return None, None


def _is_speaker(name: str) -> bool:
    """Return whether words that name no actor may be somebody, people or a body: not "evidence"."""
    words = re.split(r"\s(?:of|for|in|from|at|with|on|to)\s", name.casefold(), maxsplit=1)[0].split()
    bodies = listed("organization_heads") | listed("not_a_person") | listed("issued") | titles().bodies
    return bool(words) and (_is_somebody(name) or words[-1] in bodies | titles().groups | listed("group"))


def _is_text(name: str) -> bool:
    words = name.casefold().split()
    return bool(words) and words[-1] in listed("texts") | words_of("written")


_TEXT_OF_THEIRS = re.compile(
    r"(his|her|their|its)\s(?:[\w-]+\s){0,2}?([\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)", re.IGNORECASE
)
_TEXT_OF = re.compile(
    r"(?P<owner>.{2,60}?)(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s){0,3}?(?P<text>[\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)"
)


def _whose_text(scene: _Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return whose words a source is: "Roe’s full tweet", "Mr Roe’s latest remarks", "her letter"; None for others."""
    text = scene.reading.document.text
    words = text[source.start : source.end]
    owned = _TEXT_OF_THEIRS.match(words)
    if owned is not None and (owned[2].casefold() in listed("texts") or head_of(owned[2].casefold()) is not None):
        low = {"his": "he", "her": "she", "their": "they", "its": "it"}[owned[1].casefold()]
        actor, _, name = _resolve_pronoun(scene, source, low)
        return actor, name if low == "it" else None
    match = _TEXT_OF.match(words)
    if match is None or match["text"].casefold() not in listed("texts"):
        return None, None
    end = source.start + match.end("owner")
    for span, mention, actor in scene.mentions.touching(end - 3, end + 3):
        place = mention.name if mention.name is not None else span
        if actor is not None and not mention.pronoun and abs(place.end - end) <= 2 and place.start >= source.start - 4:
            return actor, None
    return None, None


# "according to a tweet on Monday by Secretary Lowe"
_BY_BEHIND = re.compile(
    r"\s(?:on\s\w+day|last\s\w+|issued|posted|released|published|sent|\w+day)*\s?(?:by|from)\s(?P<by>(?:[\w’'.-]+\s?){1,8}?)(?=[.,;:]|$|\s(?:that|which|on|in)\s)"
)

# a short statement from her doctor declaring, a statement expressing her grief while describing
_TEXT_FROM = re.compile(
    r"an?\s(?:[\w-]+\s){0,2}?(?P<text>[\w-]+)"
    r"(?:$|\s(?:from|by)\s(?P<by>(?:(?!\w+ing\s)[\w’'.-]+\s?){1,6}?)(?:$|,|\s(?=\w+ing\s))|\s(?=\w+ing\s)|,)",
    re.IGNORECASE,
)


def _issuer(scene: _Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return the actor, or the name, of who issues the text that a source is: "Roe released a statement saying"; of a
    "letter from her doctor" it is the doctor, and nobody where he is not known.
    """
    text = scene.reading.document.text
    match = _TEXT_FROM.match(text, source.start, source.end)
    if match is None or not _tells(match["text"].casefold()):
        return None, None
    behind = _BY_BEHIND.match(text, source.end)
    if match["by"] is None and behind is not None:
        person = scene.reading.document.span(behind.start("by"), behind.end("by"))
        found = _named(scene, person)
        return (found, None) if found is not None and found.kind in ("person", "organization") else (None, None)
    if match["by"] is not None:
        person = scene.reading.document.span(match.start("by"), match.end("by"))
        found = _named(scene, person) or _by_role(scene, person, match["by"])[0]
        return (found, None) if found is not None and found.kind in ("person", "organization") else (None, None)
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return None, None
    sentence = scene.reading.sentences[index]
    inside = [i for i, t in enumerate(sentence.tokens) if source.start <= t.start < match.end("text")]
    thing = next((i for i in inside if sentence.tokens[i].relation in ("obj", "obl")), None)
    if thing is None or sentence.tokens[thing].head < 0:
        return None, None
    subject = find_subject(sentence, sentence.tokens[thing].head)
    if subject is None:
        return None, None
    who = scene.reading.span(*source_range(sentence, subject, sentence.tokens[thing].head))
    actor = _named(scene, who)
    if actor is not None:
        return actor, None
    low = sentence.tokens[subject].text.casefold()
    if low in ("he", "she", "it", "they"):
        actor, _, name = _resolve_pronoun(scene, who, low)
        return actor, name
    people = titles().offices | titles().persons | titles().bodies | titles().groups
    return None, (_own_words(text[who.start : who.end]) if low in people else None)


def _is_phrase(reading: Reading, source: Span) -> bool:
    """Return whether a source is a noun phrase, as far as syntax tells: "returned the favour", "in an interview" are
    none.
    """
    index = reading.sentence_at(source.start)
    if index is None:
        return True
    tokens = reading.sentences[index].tokens
    inside = [i for i, t in enumerate(tokens) if source.start <= t.start < source.end]
    if not inside or all(not t.upos for t in tokens):
        return True
    if tokens[inside[0]].text.casefold() == "no" or (
        tokens[inside[0]].upos in ("ADP", "PUNCT") and tokens[inside[0]].text.islower()
    ):
        return False
    stop = next((i for i in inside if tokens[i].text in (",", "who", "which", "that", "—", "–")), inside[-1] + 1)
    if any(i < stop and tokens[i].xpos in ("VBZ", "VBD", "VBP", "MD") for i in inside):
        return False
    if tokens[inside[0]].upos == "ADP" and tokens[inside[0]].text.casefold() in listed("of_someone"):
        return False
    tops = [i for i in inside if tokens[i].head not in inside]
    head = tokens[tops[0]] if tops else tokens[inside[0]]
    return head.upos not in ("VERB", "AUX") or (head.text[:1].isupper() and len(inside) <= 3)


def _own_words(words: str) -> str | None:
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
