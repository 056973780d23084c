"""Tags: the verb and the source behind words in marks, before them, or in the line that leads up to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.annotators._clauses import find_cues, has_syntax, subject_at
from wirecheck.annotators._lexicon import lexicon
from wirecheck.annotators._reporting import Tag, subject_left, subject_right, tag_after, tag_before
from wirecheck.annotators._sources import outlet_name
from wirecheck.annotators._utterances import (
    TAG_END,
    WORD,
    RunPlace,
    find_sentence_subject,
    is_bare,
    is_sound,
    may_speak,
    widen_source,
)
from wirecheck.language import Token
from wirecheck.language.reading import Reading
from wirecheck.text.gazetteer import titles
from wirecheck.text.words import end_before

_NAME_LINE = re.compile(r"\s*(?:[—–―]|--?|:(?=\s\S[^.]{0,48}(?:\n|$)))\s*(?=[A-Z“\"@])")


_SPEAKER_COLON = re.compile(
    r"(?:[A-Z][\w.’'-]*|of|the|de|van|von|bin|al)(?:\s+(?:[A-Z][\w.’'-]*|of|the|de|van|von|bin|al)){0,5}\s*:\s*$"
)


def find_inner_tag(reading: Reading, masked: str, skip: frozenset[int], place: RunPlace, tag: Tag) -> Tag | None:
    """Return the tag before a run where the one behind it only says who reported that: "Lowe called it “vain”,
    according to the Herald". Whose words are quoted is told by the nearer verb.
    """
    if tag.source is None or (tag.lemma not in ("according", "report") and not _names_newsroom(masked, tag.source)):
        return None
    lead = find_lead_tag(reading, masked, skip, place)
    if lead is None or lead.source is None or not lexicon().is_in(lead.lemma, "say", "call", "judge"):
        return None
    return lead if lead.start < place.run.outer_start and lead.source != tag.source else None


def _names_newsroom(masked: str, source: tuple[int, int]) -> bool:
    return outlet_name().match(masked, source[0]) is not None


def find_tail_tag(reading: Reading, masked: str, skip: frozenset[int], place: RunPlace) -> Tag | None:
    """Return the tag behind a run: `she said`, `said Jane Roe`, `— Jane Roe`, `according to the mayor`."""
    text = reading.document.text
    start, end = place.tail
    inside = text[place.run.start : place.end].rstrip()
    behind = masked[start:end]
    if not WORD.search(behind):
        return _name_line(masked, text, place) or _next_tag(reading, masked, skip, place, inside)
    first = behind.lstrip(" \t\u00a0”’\"'")
    if inside.endswith(".") and not inside.endswith("..") and first[:1].isupper():
        return None
    if first[:1] in ";.?!":
        return None
    dash = _NAME_LINE.match(masked, start, end)
    if dash is not None:
        named = _name_line(masked, text, place)
        if named is not None:
            return named
    headline = _HEADLINE.match(masked, start, end)
    if headline is not None:
        return Tag(headline.start("cue"), headline.end("cue"), "say", headline.span("source"), inverted=True)
    tag = _put_behind(masked, start, end) or tag_after(masked, start, end, skip=skip)
    if tag is None:
        return _slot_tag(reading, masked, place, inside)
    if tag.lemma in ("continue", "begin") and tag.source is not None and not _is_speaking(reading, tag.source):
        return None  # "…”, talks over the harbour continued"
    if tag.source is None and not inside.endswith((",", "?", "!", "—", "…")) and first[:1] != ",":
        return None
    # "…" and then said …: the words before the run have their own subject.
    lead = masked[place.lead[0] : place.lead[1]].strip()
    if (
        lead
        and not lead.endswith((",", ":", "—", "–", "-", "\u25a0"))
        and first[:1] != ","
        and not inside.endswith((",", "?", "!"))
    ):
        return None
    return _passed_on(masked, end, tag, skip) or _refined(reading, masked, tag)


def _passed_on(masked: str, end: int, tag: Tag, skip: frozenset[int]) -> Tag | None:
    """Return the tag of whom another only tells the words of: "“Show me the way,” he said she had joked"."""
    if tag.inverted or not lexicon().is_in(tag.lemma, "say"):
        return None
    inner = tag_after(masked, tag.end, end, classes=("say",), skip=skip)
    if inner is None or inner.source is None or inner.inverted or inner.lemma == "according":
        return None
    begins = re.compile(r"\s(?:that\s)?").match(masked, tag.end)
    near = begins is not None and begins.end() == inner.source[0] and is_sound(masked, inner.source)
    behind = re.compile(r"(?:\s(?:him|her|them|me|us))?").match(masked, inner.end)
    return inner if near and behind is not None and TAG_END.match(masked, behind.end(), end) else None


def _next_tag(reading: Reading, masked: str, skip: frozenset[int], place: RunPlace, inside: str) -> Tag | None:
    """Return the tag that the end of a sentence parts from its words: "“What a day!” Sen. Ann Roe said on Monday."

    It says nothing else: no words of its own stand behind the verb.
    """
    start = place.tail[0]
    index = reading.sentence_at(start + 1) if masked[start : start + 1] == " " else None
    if index is None or not inside.endswith(("!", "?")) or reading.paragraph_at(start + 1) != place.paragraph:
        return None
    end = reading.sentences[index].end
    tag = tag_after(masked, start, end, classes=("say",), skip=skip) if "\u25a0" not in masked[start:end] else None
    if tag is None or tag.source is None or not is_sound(masked, tag.source):
        return None
    behind = masked[max(tag.end, tag.source[1]) : end]
    own = re.search(r"\b(?:that|he|she|they|it)\b", behind) is not None
    return tag if min(tag.start, tag.source[0]) == start + 1 and TAG_END.match(behind) and not own else None


def _put_behind(masked: str, start: int, end: int) -> Tag | None:
    """Return the tag of "…,” as the chief, Ann Lowe, put it"."""
    match = re.compile(
        r",?\s+as\s(?:[^.;:\u25a0]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.){2,90}?\s(?P<cue>puts?\sit|described\sit)\b"
    ).match(masked, start, end)
    source = subject_left(masked, start, match.start("cue")) if match is not None else None
    return Tag(*match.span("cue"), "put", source) if match is not None and source is not None else None


# What stands in the slot of a tag and says nothing: "“Cold Water,” a film, opened in May".
_NO_SPEECH = frozenset(
    [
        "opened",
        "came",
        "went",
        "made",
        "had",
        "did",
        "got",
        "took",
        "left",
        "became",
        "won",
        "lost",
        "ran",
        "died",
        "sold",
        "began",
        "ended",
        "appeared",
        "followed",
        "hit",
        "was",
        "helped",
        "led",
        "showed",
        "brought",
        "gave",
        "sent",
        "kept",
        "stood",
        "fell",
        "rose",
        "drew",
        "saw",
        "put",
        "set",
        "met",
        "paid",
        "held",
    ]
)


_PARTICLES = frozenset(["back", "in", "up", "out", "on"])


def _slot_tag(reading: Reading, masked: str, place: RunPlace, inside: str) -> Tag | None:
    """Return the tag of a verb that no list has in the slot behind a closing mark: "“They are late,” shrugged Lowe".

    The words in marks are a clause that a comma, a question or a call leaves open; one person stands beside the verb.
    """
    start, end = place.tail
    if not inside.endswith((",", "?", "!", "—")) or len(WORD.findall(inside)) < 3:
        return None
    index = reading.sentence_at(start + 1)
    if index is None or not has_syntax(reading.sentences[index]):
        return None
    tokens = [t for t in reading.sentences[index].tokens if start <= t.start < end and t.upos != "PUNCT"][:8]
    verb = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.upos == "VERB" and (t.xpos in ("VBD", "VBZ") or (i == 0 and t.xpos != "VBG"))
        ),
        None,
    )
    if verb is None or tokens[0].upos in ("CCONJ", "SCONJ", "ADP"):
        return None
    cue, rest = tokens[verb], tokens[verb + 1 :]
    finish = cue.end
    named_behind = len(rest) > 1 and rest[1].upos in ("PROPN", "DET", "PRON")
    particle = bool(rest) and (rest[0].relation == "compound:prt" or rest[0].text in _PARTICLES)
    if particle and (verb > 0 or named_behind):
        finish, rest = rest[0].end, rest[1:]
    elif cue.text.casefold() in _NO_SPEECH:
        return None
    if verb == 0:
        named = (
            rest
            and rest[0].start == finish + 1
            and (rest[0].upos == "PROPN" or rest[0].upos in ("DET", "NOUN", "PRON"))
        )
        source = subject_right(masked, finish, end) if named else None
        return Tag(cue.start, finish, cue.lemma, source, inverted=True) if source is not None else None
    if (
        inside.endswith(("?", "!"))
        and tokens[0].text[0].isupper()
        and rest
        and rest[0].upos not in ("ADV", "ADP", "CCONJ")
    ):
        return None
    if not _is_speaker_head(tokens[:verb]) or (rest and rest[0].upos in ("NOUN", "PROPN", "DET", "NUM", "ADJ")):
        return None
    source = subject_left(masked, start, cue.start)
    return Tag(cue.start, finish, cue.lemma, source) if source is not None and is_sound(masked, source) else None


def _is_speaker_head(tokens: Sequence[Token]) -> bool:
    """Return whether the words before a verb are he, she, a name or a person's word."""
    last = tokens[-1]
    low = last.text.casefold()
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    return low in ("he", "she") or last.upos == "PROPN" or low in people


_HEADLINE = re.compile(
    r",?\s(?P<cue>ran|read|reads|screamed|blared|said|says)\s"
    r"(?P<source>(?:the|a|an|one|its)\s(?:[\w-]+\s){0,2}(?:headline|banner|sign|placard|poster|caption)"
    r"(?:\s(?:in|of|on)\s(?:[Tt]he\s)?[A-Z]\w*(?:\s[A-Z]\w*){0,3})?)"
)


def _is_speaking(reading: Reading, source: tuple[int, int]) -> bool:
    """Return whether words may name who goes on to speak: not "talks over the harbour"."""
    index = reading.sentence_at(source[0])
    first = reading.document.text[source[0]]
    return first.isupper() or index is None or may_speak(reading, index, source)


def _refined(reading: Reading, masked: str, tag: Tag) -> Tag:
    """Return a tag with the source that syntax gives, where it gives one."""
    index = reading.sentence_at(tag.start)
    if index is None or tag.lemma in ("according", "—", ":") or not has_syntax(reading.sentences[index]):
        return tag
    if tag.source is not None and is_sound(reading.document.text, tag.source):
        return tag
    tag = replace(tag, source=None)
    verb = tag.end - 1
    found = subject_at(reading.sentences[index], verb)
    if found is None or found[1] - found[0] > 200 or "\u25a0" in masked[found[0] : found[1]]:
        return tag
    return tag if is_bare(masked, found) else replace(tag, source=found)


# The name alone in the paragraph below: "— Jane Roe."
_NAME_BELOW = re.compile(
    r"\s*\n\s*\n(?P<mark>[—–―-])\s?"
    r"(?P<name>(?:[A-Z][\w.’'-]*|of|de|van|von|al)(?:\s(?:[A-Z][\w’'-]*|of|de|van|von|al)){1,4})\.?[ ]*(?:\n|$)"
)


def _name_line(masked: str, text: str, place: RunPlace) -> Tag | None:
    """Return the tag of `"…" — Jane Roe, mayor`, where a dash and a name end the paragraph."""
    start = place.tail[0]
    newline = re.compile(r"[^\n]*\n?[^\n]*").match(masked, start)
    stop = newline.end() if newline is not None else start
    below = _NAME_BELOW.match(masked, start)
    if below is not None:
        at = below.start("mark")
        return Tag(at, at + 1, "—", below.span("name"), inverted=True)
    dash = _NAME_LINE.match(masked, start, stop)
    if dash is None:
        return None
    line = re.compile(r"[^\n\u25a0]*").match(masked, dash.end(), stop)
    if line is None or ("(@" in line.group() and WORD.search(masked, *place.lead)):
        return None  # the name signs the post, and somebody else is quoted in it
    named = line.group().rstrip(" .)\t")
    count = len(WORD.findall(named))
    words = lexicon()
    if not 1 <= count <= 14 or any(words.verb(w.casefold()) and not w[0].isupper() for w in WORD.findall(named)):
        return None
    mark = masked[start : dash.end()].strip()
    at = masked.index(mark, start)
    return Tag(at, at + len(mark), "—", (dash.end(), dash.end() + len(named)), inverted=True)


def find_lead_tag(reading: Reading, masked: str, skip: frozenset[int], place: RunPlace) -> Tag | None:
    """Return the tag before a run: in its own sentence, or in the line that leads up to it with a colon."""
    text = reading.document.text
    start, end = place.sentence[0], place.run.outer_start
    lead = masked[start:end]
    if WORD.search(lead):
        tag = _covering(reading, masked, place) or tag_before(masked, start, end, skip=skip, limit=place.sentence[1])
        put = _PUT_IT.search(masked, start, end)
        if put is not None:
            by = subject_left(masked, start, put.start())
            if by is not None and is_sound(masked, by):
                return Tag(put.start(), put.end("cue"), "put", by)
        if tag is not None and _leads_with_colon(reading, tag, lead):
            colon = start + lead.rindex(":")
            return Tag(colon, colon + 1, ":", find_sentence_subject(reading, masked, skip, start, colon))
        if tag is not None:
            return _filled(reading, masked, skip, start, tag)
        speaker = _SPEAKER_COLON.search(lead)
        before = lead[: speaker.start()] if speaker is not None else ""
        apart = (
            re.search(r"\b(?:from|in|of|at|near|to|for|on|with|the|magazine|newspaper)\s$", before) is not None
            and len(before.split()) > 3
        )
        if speaker is not None and not apart:
            colon = start + lead.rindex(":")
            named = text[start + speaker.start() : colon].rstrip()
            return Tag(colon, colon + 1, ":", (start + speaker.start(), start + speaker.start() + len(named)))
        if lead.rstrip().endswith(":"):
            colon = start + lead.rindex(":")
            return Tag(colon, colon + 1, ":", find_sentence_subject(reading, masked, skip, start, colon))
        return None
    # The run opens its sentence: a line before it may lead up to it.
    stop = end_before(masked, start)
    if not masked.endswith((":", ","), 0, stop) or place.paragraph == 0:
        return None
    index = reading.sentence_at(stop - 1)
    if index is None:
        return None
    low = reading.sentences[index].start
    tag = tag_before(masked, low, stop, classes=("say", "call"), skip=skip)
    if tag is not None:
        return _filled(reading, masked, skip, low, tag)
    if masked.endswith(":", 0, stop):
        return Tag(stop - 1, stop, ":", find_sentence_subject(reading, masked, skip, low, stop))
    return None


def _leads_with_colon(reading: Reading, tag: Tag, lead: str) -> bool:
    """Return whether words behind a colon are said by who the sentence is about, not by the subject of the last verb:
    "Lowe told reporters the pace at which the spikes came back suggested a pattern: “…”".
    """
    if not lead.rstrip().endswith(":") or tag.source is None or tag.inverted:
        return False
    index = reading.sentence_at(tag.source[0])
    if index is None:
        return False
    inside = [t for t in reading.sentences[index].tokens if tag.source[0] <= t.start < tag.source[1]]
    clause = any(t.xpos in ("VBD", "VBZ", "VBP") for t in inside) and all(t.text != "," for t in inside)
    return clause or not may_speak(reading, index, tag.source)


# "as the mayor put it in a letter, “…”"
_PUT_IT = re.compile(r"\b(?P<cue>puts?\sit)(?:\s[\w’'-]+){0,14}[,:]?\s*(?:[“\"‘'«]|``|'')?$")


def _covering(reading: Reading, masked: str, place: RunPlace) -> Tag | None:
    """Return the tag whose clause, by syntax, holds a run that is worked into a sentence.

    The outermost verb of saying has it; a verb right before the marks, or one that names something, has it first.
    """
    start, end = place.run.outer_start, place.end
    if masked[place.lead[0] : start].rstrip().endswith((",", ":")):
        return None
    index = reading.sentence_at(start)
    if index is None:
        return None
    sentence = reading.sentences[index]
    words_of = lexicon()
    cues = [
        c
        for c in find_cues(sentence, [(start, end)])
        if c.content is not None
        and c.start < start
        and c.content[0] <= start
        and end <= c.content[1] + 2
        and c.shape in ("clause", "infinitive", "object", "rest")
        and "\u25a0" not in masked[c.start : c.end]
    ]
    if not cues:
        return None
    near = max(cues, key=lambda c: c.start)
    close = len(WORD.findall(masked[near.end : start])) <= 1 and words_of.is_in(near.lemma, "say")
    beside = tag_before(masked, sentence.start, start)
    called = beside is not None and beside.start > near.start and words_of.is_in(beside.lemma, "call")
    if called and beside is not None and len(WORD.findall(masked[beside.end : start])) <= 2:
        return None  # "which the Herald describes as “…”": a nearer verb has the words
    if not close and not words_of.is_in(near.lemma, "call"):
        outer = [c for c in cues if words_of.is_in(c.lemma, "say")] or [
            c for c in cues if words_of.is_in(c.lemma, "think")
        ]
        near = min(outer, key=lambda c: c.start) if outer else near
    source = widen_source(masked, sentence, near)
    if source is not None and (masked.startswith("\u25a0", source[0]) or is_bare(masked, source)):
        source = None
    return Tag(near.start, near.end, near.lemma, source)


def _filled(reading: Reading, masked: str, skip: frozenset[int], start: int, tag: Tag) -> Tag:
    """Return a tag with a source: its own, the one that syntax gives, or the subject of the sentence."""
    if tag.inverted:
        return tag
    tag = _refined(reading, masked, tag)
    if tag.source is not None:
        return tag
    return replace(tag, source=find_sentence_subject(reading, masked, skip, start, tag.start))
