"""Words in marks that nobody says: titles of works, names of things, terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.annotators._lexicon import lexicon, listed
from wirecheck.annotators._utterances import WORD, RunPlace
from wirecheck.language.reading import Reading
from wirecheck.text.words import end_before


def is_name(reading: Reading, masked: str, place: RunPlace, words: Sequence[str]) -> bool:
    """Return whether a run names something rather than quotes: a work, a nickname, a term."""
    text = reading.document.text
    lead = [w.casefold() for w in WORD.findall(masked[place.lead[0] : place.lead[1]])][-3:]
    if not lead or len(words) > 12:
        return False
    inside = text[place.run.start : place.end].strip()
    while len(lead) > 1 and lead[-1] in ("the", "a", "an") and lead[-2] in ("as", *_NAMES_AS):
        lead.pop()  # "known as the “Harbour project”"
    named = lead[-2] if lead[-1] == "as" and len(lead) > 1 else lead[-1]
    if lead[-1] == "as" and named in _NAMES_AS:
        return True
    subject = lead[-2] if len(lead) > 1 and named == lead[-1] else ""
    active = (subject in listed("pronouns") and subject not in ("which", "who")) or _is_active(reading, place)
    agent = re.match(r"\s*by\s", masked[place.tail[0] : place.tail[0] + 5]) is not None
    if (
        named in listed("naming")
        and not active
        and not agent
        and not masked.endswith((":", ","), 0, end_before(masked, place.run.outer_start))
    ):
        return True
    if looks_like_title(inside, words) and (
        lead[-1] in listed("work") or (len(lead) > 1 and lead[-2] in listed("work"))
    ):
        return True
    # told “Elra on Air” that
    tail = masked[place.tail[0] : place.tail[1]]
    if lexicon().verb(lead[-1]) == "tell" and looks_like_title(inside, words) and re.match(r"\s\w", tail):
        return True
    # wrote books, most recently “Free Elra”; sang “Cold Water”; its “Sail On” campaign
    if looks_like_title(inside, words) and (
        lead[-1] in _PERFORMED or _WORKS.search(masked, *place.lead) or _THING_BEHIND.match(tail)
    ):
        return True
    # phrases such as “mostly calm”
    if (lead[-1] == "like" or lead[-2:] == ["such", "as"]) and _PHRASES.search(masked, *place.lead):
        return True
    # on Elra News’ “Harbour,”
    hosted = _HOSTED.search(masked, max(0, place.run.outer_start - 120), place.run.outer_start)
    if hosted is not None and looks_like_title(inside.rstrip(","), words):
        return True
    # on Radio Elra’s “Morning Watch”, an interview with “The Harbour Hour”
    shown = lead[-1] in ("on", "with", "for", "in") or lead[-1].endswith(("’s", "'s"))
    if shown and len(words) > 1 and looks_like_title(inside, words):
        return True
    # Robert “Bob” Roe, the “Bulldozer” plan
    stop = end_before(masked, place.run.outer_start)
    before = masked[max(0, stop - 1) : stop]
    first_before = WORD.findall(masked[place.lead[0] : place.lead[1]])[-1]
    behind = WORD.match(masked, place.tail[0] + 1) if place.tail[0] < len(masked) else None
    nick = len(words) <= 3 and first_before[:1].isupper() and behind is not None and behind.group()[:1].isupper()
    return nick and before not in ",:" and words[0][:1].isupper()


def _is_active(reading: Reading, place: RunPlace) -> bool:
    """Return whether the verb right before a run has somebody who says it: "which the Herald has called “…”"."""
    index = reading.sentence_at(place.run.outer_start)
    if index is None:
        return False
    sentence = reading.sentences[index]
    at = max((i for i, t in enumerate(sentence.tokens) if t.end <= place.run.outer_start), default=None)
    if at is None or sentence.tokens[at].upos != "VERB":
        return False
    below = {sentence.tokens[c].relation for c in sentence.children(at)}
    return "aux:pass" not in below and "nsubj" in below


_HOSTED = re.compile(r"\b(?:on|for|in|with)\s(?:[A-Z][\w.&-]*\s?){1,4}[’'](?:s\s|\s)$")


_PERFORMED = ("sang", "sings", "sing", "performed", "played")


_WORKS = re.compile(r"\b(?:books?|novels?|films?|albums?|songs?|memoirs?)\b")


_THING_BEHIND = re.compile(r"\s(?:campaign|movement|tour|slogan|initiative|rally|march|policy|hats?|signs?|shirts?)\b")


_PHRASES = re.compile(r"\b(?:phrases|words|terms|slogans|labels)\b[^.]{0,30}$")


_NAMES_AS = ("identified", "known")


def looks_like_title(inside: str, words: Sequence[str]) -> bool:
    """Return whether words are written like the title of a work: each long one with a capital."""
    long = [w for w in words if len(w) > 3]
    return (
        len(words) <= 10
        and bool(long)
        and all(w[0].isupper() or w[0].isdigit() for w in long)
        and words[0][0].isupper()
    )
