"""The slots in which a newsroom is credited: it reports, somebody told it, something stood in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wirecheck.annotators._lexicon import listed
from wirecheck.annotators._scene import OPENS_CLAUSE, REACH, Found, Scene
from wirecheck.annotators._sources import CAPITAL, Phrase, any_of, is_own, outlet_name, resolve_outlet, words_of
from wirecheck.text.gazetteer import organizations, titles

_ADVERB = (
    r"(?:(?:also|first|later|earlier|separately|initially|previously|exclusively|reportedly|recently|has|have|had|is|was|"
    r"then|now)\s)*"
)


@cache
def _reports() -> re.Pattern[str]:
    """Return what follows a newsroom that reports: "’s Jane Roe reported", ", which is state-run, says"."""
    verb = any_of(words_of("reporting"))
    return re.compile(
        rf"(?:[’']s\s(?:{CAPITAL}\s){{1,3}})?(?:,\s(?:an?|the|which)\s[^,.;:“”\"]{{3,50}},|,)?\s?(?:(?:which|who)\s)?{_ADVERB}(?P<verb>{verb})(?![\w-])"
    )


_FOUND = re.compile(
    r"\s(?:report|investigation|poll|survey|analysis|tally)\s(?:\w+\s)?(?:says|said|found|showed|shows|revealed)\b"
)
_WORK = re.compile(r"\s(?:interview|poll|survey|report|article|story|op-ed|editorial|analysis)\b")
_WORKS_FOR = re.compile(
    r"\b(?:writer|reporter|editor|columnist|correspondent|journalist|anchor|host|contributor|analyst|photographer)\s"
    r"(?:for|at|of|with|from)\s(?:the\s)?$"
)
_AUDIENCE = frozenset(["viewers", "readers", "listeners", "reporters", "audiences"])
_TELLING = frozenset(["told", "tells", "telling", "citing", "quoting"])
_TO = frozenset(["to", "on", "with", "in", "for", "by", "from", "via", "through"])
_SMALL = frozenset(["the", "a", "an", "his", "her", "its", "their", "local", "state", "news"])


def credit_newsroom(scene: Scene, phrase: Phrase) -> Iterator[Found]:
    range_ = _around_newsroom(scene, phrase)
    if range_ is None:
        return
    name, kind = phrase.name, phrase.kind
    if phrase.head:
        before = [
            m
            for m in outlet_name().finditer(scene.document.text, 0, scene.words[phrase.first].start)
            if m["loose"] is None
        ]
        first = scene.words[phrase.first].low
        if phrase.loose and not before and first == "the":
            return
        if phrase.head in (
            "paper",
            "newspaper",
            "magazine",
            "broadcaster",
            "network",
            "website",
            "site",
            "publication",
        ):
            if first == "this" or first == "our":
                yield Found(*range_, "own interview", "person", own=True)
                return
            if not before and first == "the" and phrase.last - phrase.first == 2:
                return
        if before and first == "the" and phrase.last - phrase.first == 2:
            name, kind = resolve_outlet(before[-1].group())  # "according to the newspaper": the one named before
    yield Found(*range_, name, kind, own=is_own(name, scene.document))


def _around_newsroom(scene: Scene, phrase: Phrase) -> tuple[int, int] | None:
    """Return the characters of a credit around a newsroom, or None where it is only mentioned."""
    words, masked = scene.words, scene.masked
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    if (
        phrase.last - phrase.first <= 2
        and re.match(r"\sof\s(?:the\s)?[A-Z]", masked[end : end + 9])
        and not phrase.head
    ):
        return None  # "the Journal of the Harbour Society"
    at = phrase.first - 1
    while at >= 0 and words[at].low in _SMALL and not phrase.head:
        at -= 1
    work = _WORK.match(masked, end)
    if at >= 0 and words[at].low in ("of", "for", "to") and at > 0 and words[at - 1].low in _AUDIENCE:
        at -= 2  # "told viewers of"
    if at >= 0:
        before = words[at]
        if before.low in _TELLING or (before.low == "to" and at > 0 and words[at - 1].low == "according"):
            first = at - 1 if before.low == "to" else at
            return words[first].start, work.end() if work is not None else end
        if before.low == "per":
            return before.start, end
        if before.low in _TO or before.low == "of":
            led = _leads(scene, at)
            if (
                phrase.head
                and led is not None
                and not (
                    scene.words[led].low in _SAID
                    or scene.words[led].low.startswith(("interview", "sp", "talk", "report", "ran"))
                )
            ):
                led = None  # "appeared on television programs"
            if led is not None and not (before.low == "of" and words[led].low not in _COUNTS):
                return words[led].start, work.end() if work is not None else end
        inverted = before.low in ("said", "reported", "wrote", "says", "reports") and masked[end : end + 1] in (
            ".",
            ",",
            ";",
        )
        if inverted and not phrase.loose:
            return before.start, end
    if phrase.loose and not phrase.head:
        told = re.compile(rf"\s{_ADVERB}(?:report|reports|reported|reporting|wrote|revealed)\b").match(masked, end)
        return (start, told.end()) if told is not None and re.search(r"[a-z,\u25a0]\s$", masked[:start]) else None
    right = _reports().match(masked, end) or _FOUND.match(masked, end)
    if right is not None and re.search(r"\bcalled\son\b", masked[right.start() : right.end() + 4]):
        return None  # "called on the mayor to resign"
    works_for = _WORKS_FOR.search(masked, max(0, start - 40), start) is not None
    if at >= 0 and words[at].low in ("of", "at", "from", "for") and right is not None:
        return None
    if right is not None and not works_for and masked[end : end + 1] in (" ", ",", "’", "'"):
        return start, right.end()
    joint = re.compile(r",?\s(?:and|or)\s|,\s").match(masked, end)
    if joint is not None and not works_for:
        other = outlet_name().match(masked, joint.end())
        if other is not None and _reports().match(masked, other.end()):
            return start, end  # "CNN and The Washington Post reported"
    if at >= 0 and words[at].low == "in" and work is not None:
        return words[at].start, work.end()
    return None


_COUNTS = frozenset(["report", "reports", "poll", "survey", "tally", "count", "story", "analysis", "interview"])


def _leads(scene: Scene, at: int) -> int | None:
    """Return the word that leads over the preposition at `at` to a newsroom: "said … on", "an interview with"."""
    for back in range(at - 1, max(-1, at - 1 - REACH), -1):
        word = scene.words[back]
        if word.text in (";", ":", "—", "–", "(", ")", ".", "!", "?") or word.low in OPENS_CLAUSE:
            return None
        if word.low in words_of("spoke") or (
            word.low in _SAID and scene.words[at].low in ("to", "on", "in", "via", "by")
        ):
            return back
    return None


_SAID = frozenset(
    ["said", "says", "wrote", "writes", "told", "announced", "posted", "complained", "argued", "claimed", "recalled"]
)


def find_told(scene: Scene) -> Iterator[Found]:
    """Yield "told Rudaw": somebody told something to a named organization that is no body of a state."""
    begins = {w.start: i for i, w in enumerate(scene.words)}
    for mention in scene.mentions:
        at = begins.get(mention.span.start)
        if mention.kind != "organization" or mention.name is None or not at:
            continue
        if scene.words[at - 1].low not in ("told", "tells"):
            continue
        name = scene.document.text[mention.name.start : mention.name.end]
        if is_body(name):
            continue
        name, kind = resolve_outlet(name)
        yield Found(scene.words[at - 1].start, mention.name.end, name, kind, own=is_own(name, scene.document))


def is_body(name: str) -> bool:
    """Return whether an organization's name is that of a body of a state, a party or a league, by its words."""
    words = [w.casefold() for w in name.split()]
    known = organizations().known | frozenset(organizations().acronyms)
    heads = (
        {w.casefold() for w in organizations().heads} | titles().bodies | listed("group") | listed("organization_heads")
    )
    return name in known or name.removeprefix("the ") in known or not words or any(w in heads for w in words)
