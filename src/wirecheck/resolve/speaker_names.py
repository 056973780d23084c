"""Who a source names: its head, neither whose it is nor what it is of; several who speak together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.annotators._lexicon import listed
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Span
from wirecheck.resolve.speaker_scene import NEWS_ADJECTIVES, WORD, Scene, find_role_head, list_distinct
from wirecheck.text.gazetteer import countries, titles
from wirecheck.text.words import join_names

# A name with a noun behind it says what sort of thing the noun is.
_DESCRIBES = re.compile(
    r"\s(?!(?:and|or|of|in|for|on|at|from|to|who|which|with|that|also|as|then|later|again|himself|herself)\b)"
    r"[a-z]{3,}(?<!ly)\b"
)


# What stands behind it is told of the source and is not the source: "the emir, whose country Roe helped".
_RELATIVE = re.compile(r",?\s(?:whose|whom|who|which|where)\s")


# said one of them, Ann Lowe; said one, Ann Lowe
_OF_THEM = re.compile(r"(?:\sof\s(?:them|the\s[a-z]+))?,\s")


def find_named_behind(scene: Scene, source: Span) -> Actor | None:
    """Return the person whose name stands behind "one" or "one of them", as an apposition."""
    behind = _OF_THEM.match(scene.reading.document.text, source.end)
    found = scene.mentions.starting_in(behind.end(), behind.end() + 1) if behind is not None else ()
    return next((a for _, m, a in found if a is not None and a.kind == "person" and m.name is not None), None)


def find_of_country(scene: Scene, words: str) -> Actor | None:
    """Return the one person of the story who has an office of a state: "Elra's president", "the Elran president"."""
    parts = [w.removesuffix("’s").removesuffix("'s") for w in WORD.findall(words.split(",")[0])]
    if any(w in listed("of_someone") and len(parts) > n + 2 for n, w in enumerate(parts)):
        return None  # "the president of Elra International Airlines"
    wanted = {countries()[w].name for w in parts if w in countries()}
    states_of = {word.casefold(): country.name for word, country in countries().items()}  # roles have no capitals
    head = find_role_head([w.casefold() for w in parts])
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
                and find_role_head([w.casefold() for w in told]) == head
                and not {"former", "ex"} & set(told)
            ):
                found.append(actor)
    people = list_distinct(found)
    return people[0] if len(people) == 1 else None


def owned_name(scene: Scene, owner: str | None, parts: Sequence[str]) -> str | None:
    """Return "Jane Roe’s lawyer" for "her lawyer"; None where the source is longer or names the owner itself."""
    if not owner or parts[0].casefold() not in ("his", "her") or not 2 <= len(parts) <= 4:
        return None
    return f"{scene.by_id[owner].name}’s {' '.join(parts[1:])}"


def find_named(scene: Scene, source: Span) -> Actor | None:
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
        before = WORD.findall(text[source.start : max(source.start, span.start)])
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
    return find_role_head([words[-1].casefold()]) in titles().offices


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


def find_behind_office(scene: Scene, source: Span, actor: Actor | None) -> tuple[Actor | None, str | None]:
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


def name_together(scene: Scene, source: Span) -> str | None:
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
    people = list_distinct(joined)
    if not closed or len(people) < 2:
        return None
    return join_names(a.name for a in people)


# "Ann Lowe, 34, and Jonas Reed"; of three, the first two stand with a comma between
_JOINED = re.compile(r"(?:,\s\d\d?,?|,[^,]*,)?,?\s(?:and|&)\s(?:the\s)?(?:[A-Z][\w.]*\s)*")


_LISTED = re.compile(r",\s(?:the\s)?(?:[A-Z][\w.]*\s)*")


def _belongs_to_other(before: Sequence[str]) -> bool:
    """Return whether the words before a name make it somebody else's: "a spokeswoman for", "the mayor of"."""
    words = [w.casefold() for w in before]
    while len(words) > 1 and words[-1] in listed("determiners") | NEWS_ADJECTIVES:
        words.pop()
    return words[-1] in listed("of_someone")


def _is_apposition(text: str, start: int, at: int) -> bool:
    return text[start:at].rstrip().endswith((",", "—", "–", "-")) or "," not in text[start:at]


def is_phrase(reading: Reading, source: Span) -> bool:
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
