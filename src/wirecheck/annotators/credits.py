"""Credits: words that say that information comes from something one can look up, or from another newsroom.

A view of the attributions of a document: a place where words or information come from somebody is a credit where the
source is a newsroom, a text or a post, or where the clause says in what it was written ("in a statement", "on
Twitter", "told the Herald"). Spoken words, a body without a text ("the centre estimates") and everything inside
quotation marks are none. What a publisher was told itself is marked `own`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from wirecheck.annotators import Annotator
from wirecheck.annotators._lexicon import listed
from wirecheck.annotators._newsrooms import credit_newsroom, find_told, is_body
from wirecheck.annotators._scene import Found, Scene
from wirecheck.annotators._sources import clean, find_newsrooms, find_texts, is_own, list_words, resolve_outlet
from wirecheck.annotators._texts import credit_text
from wirecheck.annotators._wire import find_wire_marks
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Credit, Span
from wirecheck.text.marks import find_marked, mask_marked

__all__ = ["ANNOTATOR", "find_credits", "is_own"]


def find_credits(reading: Reading, annotations: Annotations) -> Iterator[Credit]:
    """Yield the credits of a reading, the longest first where two overlap."""
    document = reading.document
    masked = mask_marked(document.text, find_marked(document.text, [(p.start, p.end) for p in reading.paragraphs]))
    title = reading.title_sentence
    marks = list(find_wire_marks(document))
    yield from marks
    for sentence in reading.sentences:
        words = tuple(list_words(masked, sentence))
        inside = tuple(
            q for q in annotations.quotations if q.cue is not None and sentence.start <= q.cue.start < sentence.end
        )
        named = tuple(m for m in annotations.mentions if sentence.start <= m.span.start < sentence.end)
        scene = Scene(document, masked, sentence, words, inside, named, sentence is title)
        found = sorted(_find_in(scene), key=lambda f: (f.start, -f.end, f.kind))
        end = -1
        for one in found:
            span = reading.span(one.start, one.end)
            if one.start < end or (scene.is_title and one.kind == "social") or any(m.span.overlap(span) for m in marks):
                continue
            end = one.end
            covers = reading.span(sentence.start, sentence.end)
            yield Credit(span, one.credited, one.kind, own=one.own, covers=covers)


def _find_in(scene: Scene) -> Iterator[Found]:
    found = [f for p in find_newsrooms(scene.masked, scene.words) for f in credit_newsroom(scene, p)]
    found += [f for p in find_texts(scene.words) for f in credit_text(scene, p)]
    found += _find_unnamed(scene)
    found += [f for f in find_told(scene) if not any(f.start < g.end and g.start < f.end for g in found)]
    yield from found
    for more in _find_by_verb(scene):
        if not any(f.start < more.end and more.start < f.end for f in found):
            yield more


# --- what the attribution layer knows of the verb --------------------------------------------------------------------

_WROTE = frozenset(
    ["wrote", "writes", "writing", "tweeted", "retweeted", "tweets", "tweeting", "posted", "posts", "blogged"]
)
_REPORTED = frozenset(["report", "reports", "reported", "reporting"])


def _find_by_verb(scene: Scene) -> Iterator[Found]:
    """Yield the attributions whose verb says that they were written or reported: "she wrote", "Meridian reported"."""
    document = scene.document
    for quotation in scene.quotations:
        cue, source = quotation.cue, quotation.source
        assert cue is not None
        word = document.text[cue.start : cue.end].casefold()
        if scene.masked[cue.start] == "\u25a0" or not (word in _WROTE or word in _REPORTED):
            continue
        if quotation.kind == "indirect":
            between = document.text[cue.end : quotation.whole.start]
            behind = quotation.whole.end <= cue.start
            if word.startswith("post") or not (
                behind or "that" in between.split() or word in _REPORTED or "tweet" in word
            ):
                continue
        who = document.text[source.start : source.end] if source is not None else ""
        if word in _REPORTED and not (source is not None and _is_newsroom(scene, source)):
            continue
        start, end = cue.start, cue.end
        if source is not None and source.end <= cue.start <= source.end + 24 and source.length <= 80:
            start = source.start
        elif source is not None and cue.end <= source.start <= cue.end + 2 and source.length <= 60:
            end = source.end
        if word in _REPORTED and (start, end) == (cue.start, cue.end):
            continue
        if word in _REPORTED:
            name, kind = resolve_outlet(who.split(",")[0])
            yield Found(start, end, name, kind, own=is_own(name, document))
            continue
        social = "tweet" in word or word.startswith(("post", "blog"))
        name = (
            "Twitter" if "tweet" in word else "social media" if social else f"text of {clean(who)}" if who else "a text"
        )
        yield Found(start, end, name, "social" if social else "document")
    cues = {q.cue.start for q in scene.quotations if q.cue is not None}
    for verb, after in pairwise(scene.words):
        told = verb.low in _TWEETED and verb.upos == "VERB" and after.low not in ("about", "at", "to")
        if told and verb.start not in cues and not scene.is_title:
            yield Found(verb.start, verb.end, "Twitter", "social")


def _is_newsroom(scene: Scene, source: Span) -> bool:
    """Return whether a source that reports is a name and no person, country or body of a state."""
    words = (
        scene.document.text[source.start : source.end].split(",")[0].removeprefix("the ").removeprefix("The ").split()
    )
    if not words or not all(w[0].isupper() or w in ("of", "for", "and", "the") for w in words):
        return False
    if is_body(" ".join(words)) or words[0].casefold() in listed("pronouns"):
        return False
    return not any(m.kind in ("person", "country", "place", "group") and m.span.overlap(source) for m in scene.mentions)


_TWEETED = frozenset(["tweeted", "retweeted"])


# --- credits that name nobody ----------------------------------------------------------------------------------------

_REPORTS = re.compile(
    r"\b(?:[Aa]ccording\sto|[Bb]y|[Pp]er)\s(?:(?:several|some|various|multiple|local|media|news"
    r"|published|press|initial|early|earlier|unconfirmed|other)\s){0,3}(?:reports|media\saccounts|news\saccounts|press\saccounts)\b"
    r"|\b(?:(?:[Mm]edia|[Nn]ews|[Ll]ocal|[Pp]ress|[Pp]ublished|[Ii]nitial|[Ee]arly)\s(?:media\s|news\s)?reports|Reports)\s(?:\w+\s)?"
    r"(?:said|say|stated|indicated?|suggest(?:ed)?|claimed|showed)\b"
)
_FIRST = re.compile(
    r"\b(?:was|were)\s(?:the\s)?first\sto\s(?:report|publish|reveal)\b(?:\s(?:\w+\s){0,4}\w+)?"
    r"|\bfirst\sbroke\sthe\s(?:story|news)\b|\bbroke\sthe\sstory\b"
)
_OWN = re.compile(
    r"\b(?:told|tells)\s(?:this\s(?:newspaper|website|publication|magazine|reporter"
    r"|paper)|our\s(?:correspondent|reporter|newspaper))\b|\b[Ii]n\san\s(?:exclusive\s)?interview(?=\s?(?:[,.;]"
    r"|on\s\w+day|\w+day))"
)


def _find_unnamed(scene: Scene) -> Iterator[Found]:
    start, end = scene.sentence.start, scene.sentence.end
    for match in _REPORTS.finditer(scene.masked, start, end):
        yield Found(match.start(), match.end(), "reports that are not named", "publisher")
    for match in _FIRST.finditer(scene.masked, start, end):
        yield Found(match.start(), match.end(), "whoever reported it first", "publisher")
    for match in _OWN.finditer(scene.masked, start, end):
        yield Found(match.start(), match.end(), "own interview", "person", own=True)


ANNOTATOR = Annotator(
    name="credits",
    version=3,
    kind="credits",
    summary="Other publishers, agencies, broadcasts, documents and posts that a document names as its source.",
    order=50,
    find=find_credits,
)
