"""Speakers: the actors that the sources of quotations resolve to, or the open question between several.

A name in the source decides; else its role, held against the roles that the documents give; else, for pronouns, who
spoke last and who is the subject of the sentences before. What names nobody ("officials") keeps its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.annotators._clauses import find_subject, source_range
from wirecheck.annotators._lexicon import listed
from wirecheck.annotators._sources import head_of
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Quotation, Span
from wirecheck.resolve.speaker_names import (
    find_behind_office,
    find_named,
    find_named_behind,
    find_of_country,
    is_phrase,
    name_together,
    owned_name,
)
from wirecheck.resolve.speaker_repeats import list_surnames, take_from_repeats
from wirecheck.resolve.speaker_roles import (
    BY_BEHIND,
    MAN_OF,
    TEXT_FROM,
    TEXT_OF,
    TEXT_OF_THEIRS,
    find_author,
    find_only_one_before,
    follows_noun,
    has_another_office,
    has_another_portfolio,
    is_newcomer,
    is_telling_text,
    issued_before,
    may_tell,
)
from wirecheck.resolve.speaker_scene import (
    ANYBODY,
    DETERMINERS,
    EXPLETIVE,
    PLURAL_PEOPLE,
    PRONOUNS,
    SINGULAR,
    WORD,
    Found,
    Mentions,
    Scene,
    find_role_head,
    keep_own_words,
    list_distinct,
    place_of,
)
from wirecheck.resolve.speaker_subjects import (
    find_joint_subject,
    find_subject_pronoun,
    fits,
    list_others,
    list_present,
    list_spoken_of,
    may_be_meant,
    name_one_of_them,
    name_subject_people,
    name_subject_person,
    name_thing,
    prefer_known_sex,
    stands_as_subject,
)
from wirecheck.text.gazetteer import countries, titles
from wirecheck.text.words import end_before

# Sentences back to which a pronoun or a role reaches. Further back, news text repeats the name.
_REACH = 6


# Between a name and an apposition: "Jane Roe of Ostwick, a contender".
_PLACE_BEHIND = re.compile(r"(?:\s(?:of|from|in)\s[^,.;:]{2,40})?")


# Characters back to which "who" and "which" reach where nothing stands right before them.
_NEAR_BEFORE = 60


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
        mentions = Mentions(reading, [*known, *list_surnames(reading, known)], spoken)
        scene = Scene(reading, mentions, by_id, nameless)
        ordered = sorted(annotation.quotations, key=lambda q: place_of(q))
        done = {q.id: q for q in take_from_repeats(reading, [_resolve(scene, q) for q in ordered])}
        resolved.append(annotation.having(quotations=tuple(done[q.id] for q in annotation.quotations)))
    return tuple(resolved)


def _resolve(scene: Scene, quotation: Quotation) -> Quotation:
    source = quotation.source
    if source is None:
        return quotation
    text = scene.reading.document.text
    words = text[source.start : source.end]
    low = words.casefold().strip(" ,.")
    if low in ("one", "another") and (one := find_named_behind(scene, source)) is not None:
        scene.say(source.start, one.name, one.id)
        return replace(quotation, speaker=one.id, speaker_name=one.name)
    if low in ("one", "another") and quotation.kind != "indirect":
        some = name_one_of_them(scene, source)
        return replace(quotation, speaker_name=some) if some is not None else quotation
    if low in ANYBODY or (low == "it" and EXPLETIVE.match(text, source.end)):
        return quotation
    others, behind = list_others(scene, quotation, low)
    spoken_of = list_spoken_of(scene, quotation) if low.startswith(("the ", "his ", "her ")) else frozenset()
    whole, scene = scene, replace(scene, others=others)
    actor: Actor | None = None
    candidates: tuple[Actor, ...] = ()
    name: str | None = None
    if low in PRONOUNS:
        actor, candidates, name = _resolve_pronoun(scene, source, low, begins=quotation.whole.start)
        actor = prefer_known_sex(scene, source, low, actor)
        if others and behind and low in SINGULAR:
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
    if name is None and low not in PRONOUNS and is_phrase(scene.reading, source):
        name = keep_own_words(words)
    if name:
        scene.say(source.start, name, None)
        scene.say_as(words, name, None)
        return replace(quotation, speaker_name=name)
    return quotation


def _resolve_phrase(scene: Scene, source: Span, words: str) -> tuple[Actor | None, str | None]:
    """Return the actor that a source other than a pronoun means, else a name for who speaks, or neither."""
    actor = find_named(scene, source)
    if actor is not None and (both := name_together(scene, source)) is not None:
        return None, both
    parts = WORD.findall(words) or [""]
    owner = _owner(scene, source, parts)
    if (actor is None or actor.id == owner) and (holder := find_of_country(scene, words)) is not None:
        return holder, None
    if actor is not None and actor.id == owner:
        # Whose lawyer, aide or doctor speaks does not speak himself.
        return None, owned_name(scene, owner, parts) or keep_own_words(words)
    actor, name = find_behind_office(scene, source, actor)
    if actor is None and name is None:
        actor, name = _whose_text(scene, source)
    if actor is None and name is None:
        actor, name = _issuer(scene, source)
    if actor is None and name is None:
        actor, name = _by_role(scene, source, words)
    if actor is None and name is None and owner:
        name = owned_name(scene, owner, parts)
    return actor, name


def _resolve_pronoun(
    scene: Scene, source: Span, low: str, *, begins: int | None = None
) -> tuple[Actor | None, tuple[Actor, ...], str | None]:
    """Return the actor that a pronoun means, the candidates when it stays open, and the name of a group without one.

    `begins` is where the words begin that a tag stands behind: the sentences of them are not counted.
    """
    if low in ("i", "we", "you", "my", "our"):
        return None, (), None
    here = [a for s, m, a in scene.mentions.starting_in(source.start, source.start + 1) if s == source and m.pronoun]
    direct = next((a for a in here if a is not None and a.id not in scene.others), None)
    if direct is not None and low in SINGULAR | {"they", "their", "them", "it", "its"} and not fits(direct, low):
        direct = None
    if low in ("who", "which", "that"):
        found = _antecedent(scene, source, low)
        if found is not None:
            return found
        if follows_noun(scene, source):
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
    if low == "it" and (issued := issued_before(scene, source, index)) is not None:
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
            if strict and low == "it" and (thing := name_thing(scene, at, limit)) is not None and (back or thing):
                return None, (), thing or None
            if strict and not nearer:
                text = scene.reading.document.text
                present = list_distinct(
                    a
                    for s, a in list_present(scene, scene.reading.sentences[at].start, limit, low)
                    if text[s.end : s.end + 2] not in ("’s", "'s")
                )
                nearer = present if len(present) > 1 else []
    return direct, (), None


def _antecedent(scene: Scene, source: Span, low: str) -> Found | None:
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
    if noun is None or tokens[noun].upos != "NOUN" or (low == "that" and not may_tell(tokens[noun].text)):
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
    return known, (), None if known is not None else name or keep_own_words(words)


def _in_sentence(
    scene: Scene, at: int, end: int, low: str, *, here: bool, strict: bool, direct: Actor | None
) -> Found | None:
    """Return what a sentence before a pronoun says of who is meant, or None to look further back.

    Who speaks in it or is its subject is meant before anybody else is (`strict`); then whoever is the only one in it.
    """
    sentence = scene.reading.sentences[at]
    if strict:
        for _, name, actor_id in scene.said_in(sentence.start, end):
            if actor_id is not None and actor_id not in scene.others and fits(scene.by_id[actor_id], low):
                people = name_subject_people(scene, at, end) if low == "they" else None
                if people is not None:  # "According to the Herald, the aides are worried. But they think"
                    return None, (), people
                return scene.by_id[actor_id], (), None
            if actor_id is None and may_be_meant(name, low):
                return None, (), name
    chained = find_subject_pronoun(scene, at, end, low) if strict and not here and low in SINGULAR else None
    if chained is not None and chained.id not in scene.others:
        return chained, (), None
    present = list_present(scene, sentence.start, end, low)
    if strict and low in SINGULAR and (somebody := name_subject_person(scene, at, end, low)) is not None:
        return None, (), somebody
    if strict and low == "they" and (several := name_subject_people(scene, at, end)) is not None:
        return None, (), several
    if strict and not here and low == "they" and (both := find_joint_subject(scene, at, end)) is not None:
        return both
    subjects = list_distinct(a for s, a in present if stands_as_subject(scene, at, s))
    if strict and not (here and len(present) == 1):
        return (subjects[0], (), None) if len(subjects) == 1 else None
    if len(present) == 1:
        return present[0][1], (), None
    if len(present) > 1:
        known = list_distinct(a for _, a in present if a.gender is not None and low in SINGULAR)
        if len(known) == 1:
            return known[0], (), None
        remaining = list_distinct(a for _, a in present)
        if direct is not None and direct in remaining:
            return direct, (), None
        return None, tuple(remaining), None
    return None


def _by_role(scene: Scene, source: Span, words: str) -> tuple[Actor | None, str | None]:
    """Return the actor whose role a source gives ("the senator"), or the one before when it cannot be another."""
    parts = WORD.findall(words.split(",")[0])
    if not parts:
        return None, None
    definite = parts[0].casefold() in ("the", "his", "her", "their", "its", "this", "that")
    cut = next(
        (i for i, w in enumerate(parts) if i and w.casefold() in listed("of_someone") | {"who", "which", "that"}),
        len(parts),
    )
    phrase = [w.casefold() for w in parts[:cut] if w.casefold() not in DETERMINERS]
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
    if direct is not None and direct.id not in scene.nameless and not is_newcomer(scene, source, direct, head):
        return direct, None
    if parts[0].casefold() == "the" and len(parts) == 2 and head in scene.said_as:
        name, actor_id = scene.said_as[head]
        if actor_id is None or actor_id not in scene.others:
            return (scene.by_id[actor_id], None) if actor_id is not None else (None, name)
    if head in _UNNAMED:
        return None, None
    if definite and head in listed("issued"):
        return find_author(scene, source)
    if head in listed("texts"):
        return None, None
    if not definite:
        return None, None
    index = scene.reading.sentence_at(source.start) or 0
    plural = PLURAL_PEOPLE.search(head) is not None and not head.endswith("ss")
    known = find_role_head(phrase)
    # "The senator from Elra": who is told to be of Elra stands out.
    told = {w.casefold() for w in parts[cut + 1 :] if w[0].isupper()}
    best: tuple[int, int, int, Actor] | None = None
    for number, at, actor in scene.mentions.last_with_role(head, known, source.start):
        if actor.id in scene.nameless or (plural and actor.kind == "person"):
            continue
        if actor.id == owner or actor.id in scene.others or has_another_portfolio(actor, phrase):
            continue
        roles = " ".join(r.role.casefold() for r in actor.roles).split()
        own = [w.casefold() for w in WORD.findall(actor.name)]
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
    found = find_only_one_before(scene, source, index, head, lone=state) if one else None
    if found is not None and (found.id in scene.others or has_another_office(found, head)):
        found = None
    if len(parts) == 2 and parts[1] in countries() and MAN_OF.search(head):
        found = find_only_one_before(scene, source, index, head, lone=True)  # "The Elran" is the man before
        if found is not None and found.id in scene.others:
            found = None
    if found is None and direct is not None and not is_newcomer(scene, source, direct, head):
        found = direct
    return found, None


# Who speaks so is kept unnamed: "the person" goes back to nobody with a name.
_UNNAMED = frozenset(["person", "source"])


def _owner(scene: Scene, source: Span, parts: Sequence[str]) -> str | None:
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


def _whose_text(scene: Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return whose words a source is: "Roe’s full tweet", "Mr Roe’s latest remarks", "her letter"; None for others."""
    text = scene.reading.document.text
    words = text[source.start : source.end]
    owned = TEXT_OF_THEIRS.match(words)
    if owned is not None and (owned[2].casefold() in listed("texts") or head_of(owned[2].casefold()) is not None):
        low = {"his": "he", "her": "she", "their": "they", "its": "it"}[owned[1].casefold()]
        actor, _, name = _resolve_pronoun(scene, source, low)
        return actor, name if low == "it" else None
    match = TEXT_OF.match(words)
    if match is None or match["text"].casefold() not in listed("texts"):
        return None, None
    end = source.start + match.end("owner")
    for span, mention, actor in scene.mentions.touching(end - 3, end + 3):
        place = mention.name if mention.name is not None else span
        if actor is not None and not mention.pronoun and abs(place.end - end) <= 2 and place.start >= source.start - 4:
            return actor, None
    return None, None


def _issuer(scene: Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return the actor, or the name, of who issues the text that a source is: "Roe released a statement saying"; of a
    "letter from her doctor" it is the doctor, and nobody where he is not known.
    """
    text = scene.reading.document.text
    match = TEXT_FROM.match(text, source.start, source.end)
    if match is None or not is_telling_text(match["text"].casefold()):
        return None, None
    behind = BY_BEHIND.match(text, source.end)
    if match["by"] is None and behind is not None:
        person = scene.reading.document.span(behind.start("by"), behind.end("by"))
        found = find_named(scene, person)
        return (found, None) if found is not None and found.kind in ("person", "organization") else (None, None)
    if match["by"] is not None:
        person = scene.reading.document.span(match.start("by"), match.end("by"))
        found = find_named(scene, person) or _by_role(scene, person, match["by"])[0]
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
    actor = find_named(scene, who)
    if actor is not None:
        return actor, None
    low = sentence.tokens[subject].text.casefold()
    if low in ("he", "she", "it", "they"):
        actor, _, name = _resolve_pronoun(scene, who, low)
        return actor, name
    people = titles().offices | titles().persons | titles().bodies | titles().groups
    return None, (keep_own_words(text[who.start : who.end]) if low in people else None)
