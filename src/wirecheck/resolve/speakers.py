"""Speakers: the actors that the sources of quotations resolve to, or the open question between several.

A name in the source decides; else its role, held against the roles that the documents give; else, for pronouns, who
spoke last and who is the subject of the sentences before. What names nobody ("officials") keeps its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wirecheck.annotators._reporting import listed
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Mention, Quotation, Span
from wirecheck.resolve.coreference import is_subject

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
_PLURAL_PEOPLE = re.compile(r"(?:s|people|police|media|staff|men|women|children)$")


@dataclass
class _Scene:
    """What is known of one document while its quotations are gone through in order."""

    reading: Reading
    mentions: list[tuple[Span, Mention, Actor | None]]
    """By place, outside of words in marks as well as inside."""
    spoken: list[tuple[int, int]]
    """The words inside marks: names in them are of no use to a pronoun outside."""
    by_id: dict[str, Actor]
    nameless: frozenset[str] = frozenset()
    """Actors that no document names: known by a role alone."""
    said: list[tuple[int, str, str | None]] = field(default_factory=list)
    """Sources resolved so far: place, speaker's name, actor id."""

    def is_spoken(self, offset: int) -> bool:
        return any(a <= offset < b for a, b in self.spoken)


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
        scene = _Scene(
            reading,
            [(m.span, m, owner.get(m.span)) for m in annotation.mentions],
            sorted((c.start, c.end) for q in annotation.quotations if q.kind != "indirect" for c in q.contents),
            by_id,
            nameless,
        )
        ordered = sorted(annotation.quotations, key=lambda q: _place_of(q))
        done = {q.id: _resolve(scene, q) for q in ordered}
        resolved.append(annotation.having(quotations=tuple(done[q.id] for q in annotation.quotations)))
    return tuple(resolved)


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
    actor: Actor | None = None
    candidates: tuple[Actor, ...] = ()
    name: str | None = None
    if low in _PRONOUNS:
        actor, candidates, name = _resolve_pronoun(scene, source, low)
    else:
        actor = _named(scene, source)
        if actor is not None and (both := _several(scene, source)) is not None:
            scene.said.append((source.start, both, None))
            return replace(quotation, speaker_name=both)
        if actor is None:
            actor = _whose_text(scene, source)
        if actor is None:
            actor, name = _by_role(scene, source, words)
    if actor is not None:
        scene.said.append((source.start, actor.name, actor.id))
        return replace(quotation, speaker=actor.id, speaker_name=actor.name)
    if candidates:
        return replace(quotation, candidates=tuple(a.name for a in candidates))
    if name is None and low not in _PRONOUNS and _is_phrase(scene.reading, source):
        name = _own_words(words)
    if name:
        scene.said.append((source.start, name, None))
        return replace(quotation, speaker_name=name)
    return quotation


def _named(scene: _Scene, source: Span) -> Actor | None:
    """Return the actor that a source names: its head, neither whose it is nor what it is of."""
    text = scene.reading.document.text
    best: Actor | None = None
    for span, mention, actor in scene.mentions:
        if span.start >= source.end or span.end <= source.start or actor is None or mention.pronoun:
            continue
        if actor.id in scene.nameless:
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
        if best is None:
            best = actor
            if actor.kind == "person":
                return best
        elif actor.kind == "person" and _is_apposition(text, source.start, span.start):
            return actor
    return best


def _several(scene: _Scene, source: Span) -> str | None:
    """Return the names of people who speak together ("Ann Lowe, 34, and Jonas Reed"), or None for one speaker."""
    text = scene.reading.document.text
    inside = [
        (s, a)
        for s, m, a in scene.mentions
        if source.start <= s.start and s.end <= source.end and a is not None and a.kind == "person" and not m.pronoun
    ]
    named = [(s, a) for s, a in inside if a.id not in scene.nameless]
    people = _distinct(a for _, a in named)
    if len(people) < 2:
        return None
    first, last = named[0][0], named[-1][0]
    between = text[first.end : last.start]
    plain = re.fullmatch(r"(?:,\s\d\d?,?|,[^,]*,)?\s(?:and|&)\s(?:the\s)?(?:[A-Z][\w.]*\s)*", between)
    return " and ".join(a.name for a in people) if plain is not None else None


def _belongs_to_other(before: Sequence[str]) -> bool:
    """Return whether the words before a name make it somebody else's: "a spokeswoman for", "the mayor of"."""
    last = before[-1].casefold()
    if last in ("the", "a", "an") and len(before) > 1:
        last = before[-2].casefold()
    return last in listed("of_someone")


def _is_apposition(text: str, start: int, at: int) -> bool:
    return text[start:at].rstrip().endswith((",", "—", "–", "-")) or "," not in text[start:at]


def _resolve_pronoun(scene: _Scene, source: Span, low: str) -> tuple[Actor | None, tuple[Actor, ...], str | None]:
    """Return the actor that a pronoun means, the candidates when it stays open, and the name of a group without one."""
    if low in ("i", "we", "you", "my", "our"):
        return None, (), None
    direct = next((a for s, m, a in scene.mentions if s == source and m.pronoun and a is not None), None)
    if low in ("who", "which", "that"):
        before = [
            (s, a)
            for s, m, a in scene.mentions
            if s.end <= source.start and a is not None and not scene.is_spoken(s.start)
        ]
        if before and source.start - before[-1][0].end <= 60:
            close = before[-1]
            return close[1], (), None
        return direct, (), None
    index = scene.reading.sentence_at(source.start)
    if index is None:
        return direct, (), None
    nearer: list[Actor] = []
    for strict in (True, False):
        for back in range(_REACH):
            at = index - back
            if at < 0 or (at == 0 and scene.reading.title_sentence is not None and index > 3):
                break
            limit = source.start if back == 0 else scene.reading.sentences[at].end
            found = _in_sentence(scene, at, limit, low, here=back == 0, strict=strict, direct=direct)
            if found is not None:
                # Several who stand nearer make a subject further back doubtful, unless it is one of them.
                if nearer and found[0] is not None and found[0] not in nearer:
                    return None, tuple(nearer), None
                return found
            if strict and not nearer:
                present = _distinct(a for _, a in _present(scene, scene.reading.sentences[at].start, limit, low))
                nearer = present if len(present) > 1 else []
    return direct, (), None


_Found = tuple[Actor | None, tuple[Actor, ...], str | None]


def _in_sentence(
    scene: _Scene, at: int, end: int, low: str, *, here: bool, strict: bool, direct: Actor | None
) -> _Found | None:
    """Return what a sentence before a pronoun says of who is meant, or None to look further back.

    Who speaks in it or is its subject is meant before anybody else is (`strict`); then whoever is the only one in it.
    """
    sentence = scene.reading.sentences[at]
    if strict:
        for place, name, actor_id in reversed(scene.said):
            if not sentence.start <= place < end:
                continue
            if actor_id is not None and _fits(scene.by_id[actor_id], low):
                return scene.by_id[actor_id], (), None
            if actor_id is None and _may_be_meant(name, low):
                return None, (), name
    present = _present(scene, sentence.start, end, low)
    subjects = _distinct(a for s, a in present if is_subject(scene.reading, at, s.start))
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


def _may_be_meant(name: str, low: str) -> bool:
    """Return whether a pronoun may mean somebody without a name: "an officer", "the rescuers"."""
    head = name.casefold().split()[-1]
    if _is_text(name) or low == "it":
        return False
    if low in _SINGULAR:
        body = head in listed("organization_heads") or head in listed("not_a_person")
        return not body and _PLURAL_PEOPLE.search(head) is None
    return _PLURAL_PEOPLE.search(head) is not None


def _distinct(actors: Iterable[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id, actor)
    return list(found.values())


def _present(scene: _Scene, start: int, end: int, low: str) -> list[tuple[Span, Actor]]:
    """Return the mentions of fitting actors in `[start, end)` outside words in marks, one actor once."""
    found = [
        (s, a)
        for s, m, a in scene.mentions
        if start <= s.start < end and a is not None and not m.pronoun and _fits(a, low) and not scene.is_spoken(s.start)
    ]
    seen: dict[str, tuple[Span, Actor]] = {}
    for span, actor in found:
        seen.setdefault(actor.id, (span, actor))
    return list(seen.values())


def _fits(actor: Actor, low: str) -> bool:
    if low in _SINGULAR:
        gender = "he" if low in ("he", "his", "him") else "she"
        return actor.kind == "person" and actor.gender in (None, gender)
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
            for s, m, a in scene.mentions
            if a is not None and not m.pronoun and s.start <= source.start and source.end <= s.end
        ),
        None,
    )
    if direct is not None and direct.id not in scene.nameless:
        return direct, None
    if head in listed("texts") and definite:
        return _author(scene, source)
    if not definite:
        return None, None
    index = scene.reading.sentence_at(source.start) or 0
    plural = _PLURAL_PEOPLE.search(head) is not None and not head.endswith("ss")
    best: tuple[int, int, Actor] | None = None
    for span, mention, actor in scene.mentions:
        if span.start >= source.start:
            break
        if actor is None or actor.id in scene.nameless or mention.pronoun or (plural and actor.kind == "person"):
            continue
        at = scene.reading.sentence_at(span.start)
        if at is None:
            continue
        roles = " ".join(r.role.casefold() for r in actor.roles).split()
        own = [w.casefold() for w in _WORD.findall(actor.name)]
        shared = sum(1 for w in set(phrase) if w in roles or (w in own and actor.kind != "person"))
        if head not in roles and not (actor.kind != "person" and head in own):
            continue
        rank = (shared, -(index - at))
        if best is None or rank >= best[:2]:
            best = (*rank, actor)
    if best is not None:
        return best[2], None
    # "The top engineer on the inquiry" brings in somebody new; "the engineer" may be somebody named before.
    found = _only_one_before(scene, source, index, head) if cut == len(parts) else None
    return (found, None) if found is not None else (direct, None)


def _only_one_before(scene: _Scene, source: Span, index: int, head: str) -> Actor | None:
    """Return the only person (or organization) of the sentences just before, when the role can be nobody else's."""
    if head in listed("not_a_person") or head in listed("texts"):
        return None
    wanted = "organization" if head in listed("organization_heads") else "person"
    if wanted == "person" and _PLURAL_PEOPLE.search(head) and not head.endswith("ss"):
        return None
    for strict in (True, False):
        for back in range(4):
            at = index - back
            if at < 0:
                break
            sentence = scene.reading.sentences[at]
            limit = source.start if back == 0 else sentence.end
            found = _one_in(scene, at, sentence.start, limit, wanted, strict=strict)
            if found is not None:
                return found
    return None


def _one_in(scene: _Scene, at: int, start: int, end: int, wanted: str, *, strict: bool) -> Actor | None:
    """Return the one actor of a kind that speaks in a sentence or is its subject; not `strict`, the only one in it."""
    for place, _, actor_id in reversed(scene.said):
        if start <= place < end and actor_id is not None and scene.by_id[actor_id].kind == wanted:
            return scene.by_id[actor_id]
    present = [
        (s, a)
        for s, m, a in scene.mentions
        if start <= s.start < end
        and a is not None
        and a.id not in scene.nameless
        and not m.pronoun
        and a.kind == wanted
        and not scene.is_spoken(s.start)
    ]
    subjects = _distinct(a for s, a in present if is_subject(scene.reading, at, s.start))
    if len(subjects) == 1:
        return subjects[0]
    found = _distinct(a for _, a in present)
    return found[0] if len(found) == 1 and not strict else None


def _author(scene: _Scene, source: Span) -> tuple[Actor | None, str | None]:
    """Return who wrote "the statement": the last one who spoke, of those that are no text themselves."""
    for at, name, actor_id in reversed(scene.said):
        if at < source.start and not _is_text(name):
            return (scene.by_id[actor_id], None) if actor_id is not None else (None, name)
    return None, None


def _is_text(name: str) -> bool:
    words = name.casefold().split()
    return bool(words) and words[-1] in listed("texts")


_TEXT_OF_THEIRS = re.compile(
    r"(his|her|their)\s(?:[\w-]+\s){0,2}?([\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)", re.IGNORECASE
)
_TEXT_OF = re.compile(
    r"(?P<owner>.{2,60}?)(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s){0,3}?(?P<text>[\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)"
)


def _whose_text(scene: _Scene, source: Span) -> Actor | None:
    """Return whose words a source is: "Roe’s full tweet", "Mr Roe’s latest remarks", "her letter"; None for others."""
    text = scene.reading.document.text
    words = text[source.start : source.end]
    owned = re.match(
        r"(his|her|their)\s(?:[\w-]+\s){0,2}?([\w-]+)(?=\s(?:of|on|in|to|from|at|about)\s|[\s,.]*$)", words, re.I
    )
    if owned is not None and owned[2].casefold() in listed("texts"):
        return _resolve_pronoun(scene, source, {"his": "he", "her": "she", "their": "they"}[owned[1].casefold()])[0]
    match = _TEXT_OF.match(words)
    if match is None or match["text"].casefold() not in listed("texts"):
        return None
    end = source.start + match.end("owner")
    for span, mention, actor in scene.mentions:
        place = mention.name if mention.name is not None else span
        if actor is not None and not mention.pronoun and abs(place.end - end) <= 2 and place.start >= source.start - 4:
            return actor
    return None


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
    return " ".join(parts) or None
