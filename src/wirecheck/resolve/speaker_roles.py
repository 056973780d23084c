"""Whom a role or a text may mean where no document says it: the one before, by the kind of his office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.annotators._lexicon import listed
from wirecheck.annotators._sources import head_of
from wirecheck.model import Actor, Span
from wirecheck.resolve.coreference import is_subject
from wirecheck.resolve.speaker_scene import (
    NEWS_ADJECTIVES,
    PLURAL_PEOPLE,
    Found,
    Scene,
    find_role_head,
    is_somebody,
    is_text,
    list_distinct,
)
from wirecheck.text.gazetteer import titles
from wirecheck.text.words import end_before

# "in a statement", "in his letter to the board"
_IN_TEXT = re.compile(r"\bin\s(?:an?|the|his|her|its|their)\s(?:[\w-]+\s){0,2}?(?P<text>[\w-]+)\b")


def issued_before(scene: Scene, source: Span, index: int) -> Found | None:
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


def is_telling_text(noun: str) -> bool:
    """Return whether a noun is a text or a survey, which says something: "a poll that found", "an ad that claims"."""
    return noun in listed("texts") or head_of(noun) is not None


def may_tell(noun: str) -> bool:
    return is_telling_text(noun.casefold()) or _is_speaker(noun)


def follows_noun(scene: Scene, source: Span) -> bool:
    """Return whether a plain noun stands right before "who" or "that", which goes on about it and no name before it."""
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return False
    stop = end_before(scene.reading.document.text, source.start, " ,—–-\u00a0")
    before = next((t for t in scene.reading.sentences[index].tokens if t.end == stop), None)
    return before is not None and before.upos == "NOUN"


# The Belgian, the Iraqi; the Dutch and the French are all of them.
MAN_OF = re.compile(r"(?:an|i|ot|ard|ole|ane|erb|oat|eed|urk|inn)$")


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


def has_another_office(actor: Actor, head: str) -> bool:
    """Return whether an actor has an office and a source of the kind "the candidate" gives another one."""
    offices = titles().offices - {"nominee"}
    own = {find_role_head(r.role.casefold().split()) for r in actor.roles} & offices
    if actor.kind != "person" or any(head in r.role.casefold().split() for r in actor.roles):
        return False  # "rebel leader Roe" is "the rebel"
    if own & _BROADER.get(head, frozenset()):
        return False  # "the inspector" is "the officer"
    return find_role_head([head]) in offices and bool(own) and find_role_head([head]) not in own


def has_another_portfolio(actor: Actor, phrase: Sequence[str]) -> bool:
    """Return whether "the local health minister" cannot be an actor, as he is the minister of something else."""
    wanted = {w for w in phrase[:-1] if w not in _GENERAL}
    if phrase[-1] not in _CABINET or not wanted:
        return False
    own = [r.role.casefold().split() for r in actor.roles]
    of = [set(role) - {phrase[-1]} for role in own if find_role_head(role) == find_role_head(phrase)]
    return bool(of) and all(role and role.isdisjoint(wanted) for role in of)


_CABINET = ("minister", "secretary")


_GENERAL = NEWS_ADJECTIVES | {"acting", "former", "senior", "top", "then"}


def is_newcomer(scene: Scene, source: Span, actor: Actor, head: str) -> bool:
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


def find_only_one_before(scene: Scene, source: Span, index: int, head: str, *, lone: bool = False) -> Actor | None:
    """Return the only person (or organization) of the sentences just before, when the role can be nobody else's.

    `lone` asks that no other stands beside him there.
    """
    if head in listed("not_a_person") or head in listed("texts"):
        return None
    wanted = "organization" if head in listed("organization_heads") | titles().bodies else "person"
    if wanted == "person" and PLURAL_PEOPLE.search(head) and not head.endswith("ss"):
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


def _one_in(scene: Scene, at: int, start: int, end: int, wanted: str, *, strict: bool) -> Actor | None:
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
    subjects = list_distinct(a for s, a in present if is_subject(scene.reading, at, s.start))
    if len(subjects) == 1:
        return subjects[0]
    found = list_distinct(a for _, a in present)
    return found[0] if len(found) == 1 and not strict else None


def find_author(scene: Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return who wrote "the statement": the last one who spoke, of those that are no text themselves."""
    for at, name, actor_id in reversed(scene.said):
        if at < source.start and not is_text(name) and (actor_id is not None or _is_speaker(name)):
            return (scene.by_id[actor_id], None) if actor_id is not None else (None, name)
    return None, None


def _is_speaker(name: str) -> bool:
    """Return whether words that name no actor may be somebody, people or a body: not "evidence"."""
    words = re.split(r"\s(?:of|for|in|from|at|with|on|to)\s", name.casefold(), maxsplit=1)[0].split()
    bodies = listed("organization_heads") | listed("not_a_person") | listed("issued") | titles().bodies
    return bool(words) and (is_somebody(name) or words[-1] in bodies | titles().groups | listed("group"))


TEXT_OF_THEIRS = re.compile(
    r"(his|her|their|its)\s(?:[\w-]+\s){0,2}?([\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)", re.IGNORECASE
)


TEXT_OF = re.compile(
    r"(?P<owner>.{2,60}?)(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s){0,3}?(?P<text>[\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)"
)


# "according to a tweet on Monday by Secretary Lowe"
BY_BEHIND = re.compile(
    r"\s(?:on\s\w+day|last\s\w+|issued|posted|released|published|sent|\w+day)*\s?(?:by|from)\s(?P<by>(?:[\w’'.-]+\s?){1,8}?)(?=[.,;:]|$|\s(?:that|which|on|in)\s)"
)


# a short statement from her doctor declaring, a statement expressing her grief while describing
TEXT_FROM = re.compile(
    r"an?\s(?:[\w-]+\s){0,2}?(?P<text>[\w-]+)"
    r"(?:$|\s(?:from|by)\s(?P<by>(?:(?!\w+ing\s)[\w’'.-]+\s?){1,6}?)(?:$|,|\s(?=\w+ing\s))|\s(?=\w+ing\s)|,)",
    re.IGNORECASE,
)
