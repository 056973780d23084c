"""Clauses without marks that somebody says, from verbs of saying, tags, and colons of headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.annotators._clauses import Cue, find_cues, has_left_subject
from wirecheck.annotators._lexicon import lexicon, list_tokens, listed
from wirecheck.annotators._reporting import Tag, subject_left, subject_right
from wirecheck.annotators._sources import head_of
from wirecheck.annotators._utterances import (
    TAG_END,
    WORD,
    Draft,
    find_sentence_subject,
    is_sound,
    is_speaker_word,
    list_no_verbs,
    may_speak,
    trim_clause,
    widen_source,
)
from wirecheck.language import Sentence
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations
from wirecheck.places import Places
from wirecheck.text.marks import Marked, mask_marked
from wirecheck.text.stems import load_common

# A clause of which marks hold more than this share is the direct quotation itself (PolNeAR's own line is .85).
_MOSTLY_MARKED = 0.85


_OBJECT_PRONOUNS = frozenset(["him", "her", "them", "us", "me", "himself", "herself", "itself", "themselves"])


def find_indirect(
    reading: Reading, runs: Sequence[Marked], behind: frozenset[int], annotations: Annotations
) -> list[Draft]:
    """Return the clauses that are attributed without marks, and those of which marks hold only a part.

    `behind` holds where the cues begin that stand behind words in marks: what follows such a cue is its source.
    """
    text = reading.document.text
    masked = mask_marked(text, runs)
    blocked = Places([(r.outer_start, r.outer_end) for r in runs], lambda b: b)
    skip = list_no_verbs(reading)
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        inside = list(blocked.touching(sentence.start, sentence.end))
        cues = _with_tags(sentence, masked, skip, find_cues(sentence, inside))
        taken: list[tuple[int, int]] = []
        before: tuple[int, int] | None = None
        last_end = sentence.start
        for cue in cues:
            ranges = [_before_next_cue(masked, c, skip, cue) for c in (cue.content, cue.more) if c is not None]
            parts = tuple(p for p in (trim_clause(text, c) for c in ranges) if p is not None)
            if not parts:
                continue
            whole = (parts[0][0], parts[-1][1])
            if cue.start in behind and whole[0] > cue.start:
                continue
            length = sum(b - a for a, b in parts)
            marked = sum(max(0, min(p[1], b) - max(p[0], a)) for p in parts for a, b in inside)
            if marked > _MOSTLY_MARKED * length:
                continue
            if any(a <= whole[0] and whole[1] <= b for a, b in taken) and cue.shape not in ("clause", "around"):
                continue
            if all(
                w.casefold() in listed("pronouns") | _OBJECT_PRONOUNS or len(w) < 2
                for p in parts
                for w in WORD.findall(text[p[0] : p[1]])
            ):
                continue
            taken.append(whole)
            source = cue.source if cue.lemma == "according" else widen_source(text, sentence, cue)
            source = _heard_from(text, cue, whole[0]) or source
            if source is not None and masked[source[0] : source[1]].startswith("\u25a0"):
                # “Nobody came,” Roe said, adding that: the tree took the subject from the words in marks
                source = find_sentence_subject(reading, masked, skip, sentence.start, cue.start)
            if source is None and cue.source is not None and before is not None:
                source = before  # the tree took the dateline for the subject of all verbs
            if before is not None and _GOES_ON.fullmatch(masked, max(last_end, before[1]), cue.start):
                relative = masked[before[0] : before[1]].casefold() in ("that", "which", "who")
                if masked[cue.start : cue.end].casefold().endswith("ing") and not relative:
                    source = before  # "The test was short, she said, adding that"
            before, last_end = source, cue.end
            if _says_nothing(sentence, cue) or _is_comment(reading, masked, sentence, cue, source):
                continue
            drafts.append(Draft(parts, "indirect", cue=(cue.start, cue.end), source=source, clause=whole))
    drafts += _find_headline(reading, masked, annotations)
    return drafts


# , she said on Monday, adding
_GOES_ON = re.compile(r"(?:\s[^,;:.\u25a0]{1,40})?,\s")


# What a thing or an event does where a verb of saying is used of it.
# source: FrameNet: Evidence, Cause_to_perceive, as far as the lists of verbs of saying, thinking and showing have them.
_TELLING = frozenset(
    ["signal", "indicate", "suggest", "reflect", "underscore", "underline", "highlight", "determine", "illustrate"]
)


def _heard_from(text: str, cue: Cue, before: int) -> tuple[int, int] | None:
    """Return from whom somebody hears what is said: "Jurors heard from the prosecutor that the doors were locked"."""
    if cue.lemma not in ("hear", "learn") or not text.startswith(" from ", cue.end):
        return None
    found = subject_right(text, cue.end + len(" from "), before)
    return found if found is not None and is_sound(text, found) else None


def _is_comment(reading: Reading, masked: str, sentence: Sentence, cue: Cue, source: tuple[int, int] | None) -> bool:
    """Return whether a cue tells what the paper makes of something: "He resigned, signaling a shift", "This move
    suggests"; what a survey or a body suggests is said.
    """
    word = masked[cue.start : cue.end].casefold()
    if word.endswith("ing") and cue.lemma in _TELLING:
        return masked[sentence.start : cue.start].rstrip().endswith((",", "—", "–"))
    if source is None or source[0] > cue.start:
        return False
    first = masked[source[0] : source[1]].split()[0].casefold()
    demonstrative = first in ("this", "that", "these", "those")
    if cue.lemma in _TELLING and masked[source[0] : source[1]].casefold() in ("this", "that", "it"):
        return True
    if not demonstrative and cue.lemma not in _TELLING:
        return False
    index = reading.sentence_at(source[0])
    words = masked[slice(*source)].split()
    text = any(head_of(w.casefold().strip(",")) is not None for w in words[:4])  # "surveys indicate"
    return index is not None and not text and not may_speak(reading, index, source)


_MODALS = frozenset(["can", "could", "may", "might", "must", "shall", "should", "will", "would"])


# A wish is told with a modal: "she would like to see".
_WISHED = frozenset(["like", "love", "prefer", "want", "wish"])


def _says_nothing(sentence: Sentence, cue: Cue) -> bool:
    """Return whether a cue that is no verb of saying tells what may happen and not what somebody thinks.

    "The bill would have allowed extraditions", "moderates will blame them". On 286 articles 86 clauses had such a
    modal; of 36 that were read one was speech. On PolNeAR's dev part precision rises by .008 and recall falls by .010.
    """
    if lexicon().is_in(cue.lemma, "say") or cue.token < 0 or cue.lemma in _WISHED:
        return False
    return any(sentence.tokens[c].text.casefold() in _MODALS for c in sentence.children(cue.token) if c < cue.token)


def _before_next_cue(masked: str, content: tuple[int, int], skip: frozenset[int], cue: Cue) -> tuple[int, int]:
    """Cut a clause before a cue that goes on with the same source ("…, adding that")."""
    start, end = content
    if cue.shape == "around":
        return content
    for match in _NEXT_CUE.finditer(masked, start, end):
        group = 1 if match.group(1) else 2
        word = match.group(group)
        lemma = lexicon().verb(word)
        if word == "according" or (
            lemma is not None
            and (lexicon().is_in(lemma, "say") or lemma in _TELLING)
            and match.start(group) not in skip
        ):
            return (start, match.start())
    return content


_NEXT_CUE = re.compile(
    r",\s+(\w+ing)\b"
    r"|,?\s+(?:and|but)\s+(?:(?:he|she|they|also|later|then|has|have|had|\w+ly)\s+){0,3}"
    r"(\w+ed|said|says|told|tells|wrote)\b"
)


def _with_tags(sentence: Sentence, masked: str, skip: frozenset[int], cues: list[Cue]) -> list[Cue]:
    """Return the cues of a sentence with those put right that stand as a tag in or behind what they attribute.

    "The bridge is safe, the mayor said on Monday." A comma before the source and nothing but an adverbial, a comma or
    the end behind the verb make a tag; that is read from the words, as trees of such sentences are often wrong.
    """
    words_of = lexicon()
    found = [c for c in cues if c.shape != "around" or c.lemma == "according"]
    kept_around = [c for c in cues if c.shape == "around" and c.lemma != "according"]
    tagged: set[int] = set()
    for token in list_tokens(masked, sentence.start, sentence.end):
        low = token.group().casefold()
        lemma = words_of.verb(low)
        if lemma not in listed("tag") or lemma is None or token.start() in skip or low.endswith("ing"):
            continue
        tag = _tag_at(masked, sentence, token.start(), token.end(), lemma)
        if tag is None:
            continue
        begin = min(tag.start, tag.source[0]) if tag.source is not None else tag.start
        finish = max(tag.end, tag.source[1]) if tag.source is not None else tag.end
        before = (sentence.start, begin)
        if len(WORD.findall(masked[before[0] : before[1]])) < 2 and "\u25a0" not in masked[before[0] : before[1]]:
            continue
        more = None
        if masked[finish : finish + 1] == "," and finish + 1 < sentence.end:
            rest = masked[finish + 1 : sentence.end].lstrip()
            if not _NEW_PART.match(rest) and len(WORD.findall(rest)) >= 2:
                more = (finish + 1, sentence.end)
        tagged.add(token.start())
        found.append(Cue(-1, lemma, tag.start, tag.end, tag.source, before, "around", more))
    found = [c for c in found if c.start not in tagged or c.token < 0]
    found += [c for c in kept_around if c.start not in tagged]
    return sorted(found, key=lambda c: (c.start, c.end))


_NEW_PART = re.compile(
    r"(?:and|but|while|as|although|though|which|who|when|where|after|before|because|\w+ing|\u25a0)\b|\u25a0",
    re.IGNORECASE,
)


def _tag_at(masked: str, sentence: Sentence, start: int, end: int, lemma: str) -> Tag | None:
    """Return the tag whose verb is `[start, end)` when it stands behind a comma: `, he said` or `, said the mayor`."""
    before = masked[sentence.start : start].rstrip()
    source = subject_left(masked, sentence.start, start)
    inverted = before.endswith((",", "—", "–", "\u25a0"))
    if inverted:
        verb = next((i for i, t in enumerate(sentence.tokens) if t.start == start), None)
        if verb is not None and has_left_subject(sentence, verb):
            return None
        source = subject_right(masked, end, sentence.end)
        ahead = before
        behind = masked[source[1] : sentence.end] if source is not None else ""
    else:
        ahead = masked[sentence.start : source[0]].rstrip() if source is not None else ""
        behind = masked[end : sentence.end]
    if (
        source is None
        or not is_sound(masked, source)
        or masked[source[0] : source[1]].casefold() in ("who", "which", "that")
    ):
        return None
    if not ahead.endswith((",", "—", "–", "\u25a0")) or not TAG_END.match(behind):
        return None
    # "On Monday, the mayor said": what stands before is an adverbial, not a clause.
    stop = sentence.start + len(ahead)
    finite = [
        t for t in sentence.tokens if t.start < stop and (t.xpos in ("VBD", "VBZ", "VBP", "MD") or t.upos == "AUX")
    ]
    if not finite:
        parts = _parts_subject(sentence, max(end, source[1]))
        return Tag(start, end, lemma, source, inverted=inverted) if parts else None
    first = WORD.search(ahead)
    if first is not None and first.group().casefold() in listed("opens_adverbial") and ahead.count(",") == 1:
        return None
    return Tag(start, end, lemma, source, inverted=inverted)


def _parts_subject(sentence: Sentence, end: int) -> bool:
    """Return whether a clause goes on with its verb behind a tag: "His thoughts, he added, were with her"."""
    behind = [t for t in sentence.tokens if t.start >= end]
    if not behind or behind[0].text != ",":
        return False
    verb = next((t for t in behind[1:] if t.upos not in ("ADV", "PART")), None)
    return verb is not None and verb.xpos in ("VBD", "VBZ", "VBP", "MD")


def _find_headline(reading: Reading, masked: str, annotations: Annotations) -> list[Draft]:
    """Return what a headline attributes with a colon: "Mayor: Bridge to reopen in May"."""
    sentence = reading.sentences[0] if reading.sentences else None
    if sentence is None or reading.paragraph_at(sentence.start) != 0:
        return []
    text = reading.document.text
    match = re.match(r"\s*([A-Z][^:\u25a0.?!]{1,48}):\s+(?=\S)", masked[sentence.start : sentence.end])
    if match is None:
        return []
    if len(match.group(1).split()) > 3 and text[sentence.start : sentence.end].rstrip().endswith((".", "!")):
        return []
    named = match.group(1).split()
    if len(named) > 5 or named[0].casefold() in listed("no_speakers") or named[-1].casefold() in listed("no_speakers"):
        return []
    first, last = sentence.start + match.start(1), sentence.start + match.end(1)
    whole = any(m.span.start == first and m.span.end == last for m in annotations.mentions)
    lone = len(named) == 1 and named[0].casefold() not in load_common()
    if not whole and not lone and not is_speaker_word(named[-1].casefold()):
        return []  # "Shifting Dynamics: A New Approach"
    content = trim_clause(text, (sentence.start + match.end(), sentence.end))
    if (
        content is None
        or len(WORD.findall(text[content[0] : content[1]])) < 3
        or "\u25a0" in masked[content[0] : content[1]][:2]
    ):
        return []
    source = (sentence.start + match.start(1), sentence.start + match.end(1))
    return [Draft((content,), "indirect", cue=(source[1], source[1] + 1), source=source, clause=content)]
