"""Who may be meant by a pronoun in a sentence before it: its subject by the tree, people and bodies with no actor."""

from __future__ import annotations

import re

from wirecheck.annotators._lexicon import listed
from wirecheck.language import Sentence
from wirecheck.model import Actor, Quotation, Span
from wirecheck.resolve.coreference import is_subject
from wirecheck.resolve.speaker_scene import (
    PLURAL_PEOPLE,
    PRONOUNS,
    SEVERAL,
    SINGULAR,
    Found,
    Scene,
    is_nsubj,
    is_somebody,
    is_text,
    keep_own_words,
    list_distinct,
)
from wirecheck.text.gazetteer import titles

# Characters from the start of a clause in which a name is whom it is about; further in, "he" may still be the same man.
_NEAR_START = 60


def name_one_of_them(scene: Scene, source: Span) -> str | None:
    """Return a name for the "one" who speaks of the people who are the subject of a sentence before: "one miner"."""
    index = scene.reading.sentence_at(source.start)
    paragraph = scene.reading.paragraph_at(source.start)
    for at in range(index, max(-1, index - 3), -1) if index is not None else ():
        sentence = scene.reading.sentences[at]
        if scene.reading.paragraph_at(sentence.start) != paragraph:
            return None
        people = name_subject_people(scene, at, source.start)
        if people is not None:
            last = people.casefold().split()[-1]
            token = next(t for t in sentence.tokens if t.text.casefold() == last)
            return f"one {token.lemma.casefold()}"
    return None


def list_others(scene: Scene, quotation: Quotation, low: str) -> tuple[frozenset[str], bool]:
    """Return the actors that a third person as source cannot well mean, and whether he may speak of himself by name.

    Those are whom the words said name, and who stands between the cue and the words ("He called the president “a bum”",
    "“Roe is a friend,” he said"). Behind a clause without marks the tag may be of himself: "Roe is resigning, he said".
    """
    if low not in PRONOUNS or quotation.source is None or quotation.cue is None:
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


def list_spoken_of(scene: Scene, quotation: Quotation) -> frozenset[str]:
    """Return the people whom words in marks name: "“I met President Lund,” the president said" is not said by Lund."""
    if quotation.kind == "indirect":
        return frozenset()
    return frozenset(
        a.id
        for c in quotation.contents
        for _, m, a in scene.mentions.starting_in(c.start, c.end)
        if a is not None and m.name is not None and a.kind == "person"
    )


def prefer_known_sex(scene: Scene, source: Span, low: str, actor: Actor | None) -> Actor | None:
    """Return the actor found for a pronoun, or the one named later and favoured by all else near it, where only of that
    one is known that the pronoun fits.
    """
    if actor is None or actor.gender is not None or low not in SINGULAR:
        return actor
    here = scene.mentions.starting_in(source.start, source.start + 1)
    other = next((a for s, m, a in here if s == source and m.pronoun and a is not None), None)
    if other is None or other.id in scene.others or other.gender is None or not fits(other, low):
        return actor
    last, latest = (scene.mentions.last_named(a, source.start) for a in (actor, other))
    spoke = scene.said_last.get(actor.id, -1)
    sentence_at = scene.reading.sentence_at
    return other if latest > max(last, spoke) and sentence_at(latest) != sentence_at(last) else actor


def name_thing(scene: Scene, at: int, end: int) -> str | None:
    """Return the subject of a sentence before `end` as a name where it is a body or a text that no actor is ("the
    island’s security agency"), an empty string for any other thing, and None where it is an actor or there is none.
    """
    sentence = scene.reading.sentences[at]
    tokens = sentence.tokens
    told = (i for i in range(len(tokens)) if is_nsubj(sentence, i) and not scene.mentions.is_spoken(tokens[i].start))
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
    return keep_own_words(scene.reading.document.text[sentence.tokens[first].start : head.end])


def find_subject_pronoun(scene: Scene, at: int, end: int, low: str) -> Actor | None:
    """Return the actor that the subject of a sentence means where that is he or she as well: "He grew up here. “…,” he
    said".
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    subject = None if root is None else next((c for c in sentence.children(root) if is_nsubj(sentence, c)), None)
    if subject is None:
        return None
    token = sentence.tokens[subject]
    if token.text.casefold() != {"his": "he", "him": "he", "her": "she"}.get(low, low) or token.end > end:
        return None
    if scene.mentions.is_spoken(token.start):
        return None
    for span, mention, actor in scene.mentions.starting_in(token.start, token.start + 1):
        if mention.pronoun and span.end == token.end:
            return actor if actor is not None and fits(actor, low) else None
    return None


def name_subject_person(scene: Scene, at: int, end: int, low: str) -> str | None:
    """Return the subject of a sentence before `end` in its own words where it is a person without an actor and fits the
    pronoun: "My mother has grown soft, but she says"; None for any other.
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    subject = (
        None if root is None else next((c for c in sentence.children(root) if c < root and is_nsubj(sentence, c)), None)
    )
    if subject is None or sentence.tokens[subject].upos != "NOUN" or sentence.tokens[subject].end > end:
        return None
    head = sentence.tokens[subject]
    word = head.text.casefold()
    gender = titles().gender.get(word)
    if word not in people or PLURAL_PEOPLE.search(word) is not None or scene.mentions.is_spoken(head.start):
        return None
    if gender is not None and gender != ("he" if low in ("he", "his", "him") else "she"):
        return None
    if any(a is not None for _, _, a in scene.mentions.touching(head.start, head.start + 1)):
        return None
    below = {sentence.tokens[c].relation: c for c in sentence.children(subject)}
    if "conj" in below or _has_name_behind(scene, head.end):
        return None  # "a lawyer and a doctor", "the party's treasurer, Ann Lowe"
    return keep_own_words(scene.reading.document.text[sentence.tokens[sentence.subtree(subject)[0]].start : head.end])


def _has_name_behind(scene: Scene, end: int) -> bool:
    """Return whether a name in apposition stands behind a noun: "the party's treasurer, Ann Lowe, reported"."""
    text = scene.reading.document.text
    return text[end : end + 2] == ", " and text[end + 2 : end + 3].isupper()


def name_subject_people(scene: Scene, at: int, end: int) -> str | None:
    """Return the subject of a sentence before `end` in its own words where it is people without an actor: "The foreign
    ministers of both countries met. They said".
    """
    sentence = scene.reading.sentences[at]
    root = sentence.root
    subject = None if root is None else next((c for c in sentence.children(root) if is_nsubj(sentence, c)), None)
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
    return keep_own_words(scene.reading.document.text[sentence.tokens[sentence.subtree(subject)[0]].start : head.end])


def find_joint_subject(scene: Scene, at: int, end: int) -> Found | None:
    """Return the names of two people who are the subject of a sentence together ("Roe and Lund met. They said"); open
    between all whom it names where there are more.
    """
    start = scene.reading.sentences[at].start
    named = [
        (m.name, a)
        for s, m, a in scene.mentions.starting_in(start, end)
        if a is not None and a.kind == "person" and m.name is not None and not scene.mentions.is_spoken(s.start)
    ]
    joined = list_distinct(a for name, a in named if is_subject(scene.reading, at, name.start))
    people = list_distinct(a for _, a in named)
    if len(joined) < 2 or any(a.id in scene.nameless for a in people):
        return None
    return (None, (), " and ".join(a.name for a in joined)) if len(people) == 2 else (None, tuple(people), None)


def stands_as_subject(scene: Scene, at: int, span: Span) -> bool:
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
    return places and not any(is_nsubj(sentence, i) for i in range(verb))


def may_be_meant(name: str, low: str) -> bool:
    """Return whether a pronoun may mean somebody without a name: "an officer", "the rescuers"."""
    words = name.casefold().split()
    head = words[-1]
    if low == "it":
        return is_text(name) or head in listed("organization_heads") | titles().bodies
    if is_text(name):
        return False
    if words[0] in SEVERAL:
        return low not in SINGULAR
    if low in SINGULAR:
        body = head in listed("organization_heads") or head in listed("not_a_person")
        return not body and PLURAL_PEOPLE.search(head) is None and is_somebody(name)
    return PLURAL_PEOPLE.search(head) is not None


def list_present(scene: Scene, start: int, end: int, low: str) -> list[tuple[Span, Actor]]:
    """Return the mentions of fitting actors in `[start, end)` outside words in marks, one actor once."""
    found = [
        (s, a)
        for s, m, a in scene.mentions.touching(start, end)
        if a is not None
        and a.id not in scene.others
        and not m.pronoun
        and fits(a, low)
        and not scene.mentions.is_spoken(s.start)
    ]
    seen: dict[str, tuple[Span, Actor]] = {}
    for span, actor in found:
        seen.setdefault(actor.id, (span, actor))
    return list(seen.values())


def fits(actor: Actor, low: str) -> bool:
    if low in SINGULAR:
        gender = "he" if low in ("he", "his", "him") else "she"
        known = actor.gender or titles().gender.get(actor.name.split()[-1].casefold())
        return actor.kind == "person" and known in (None, gender)
    if low in ("they", "their", "them"):
        return actor.kind in ("group", "organization") or actor.gender == "they"
    return actor.kind in ("organization", "country", "group")
