"""Speakers by the same words further down, and mentions by surnames that are everyday words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Mention, Quotation, Span
from wirecheck.resolve.speaker_scene import WORD, Known

# So many words of a quotation that stand again further down are the same utterance.
_REPEATED_WORDS = 5


def take_from_repeats(reading: Reading, resolved: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations, those without an actor with that of the one further down that holds all their words.

    A first paragraph quotes "the top engineer" and leaves the name to the paragraph that has the words in full.
    """
    text = reading.document.text
    words = {
        q.id: [[w.casefold() for w in WORD.findall(text[c.start : c.end])] for c in q.contents]
        for q in resolved
        if q.kind != "indirect"
    }
    named = [q for q in resolved if q.id in words and q.speaker is not None]
    # The words that a run begins with tell where to look for the whole run.
    by_opening: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, quotation in enumerate(named):
        for key in {tuple(r[at : at + _REPEATED_WORDS]) for r in words[quotation.id] for at in range(len(r))}:
            by_opening[key].append(number)
    taken = []
    for quotation in resolved:
        runs = words.get(quotation.id, [])
        found = None
        if quotation.speaker is None and runs and all(len(run) >= _REPEATED_WORDS for run in runs):
            begun = [named[number] for number in by_opening.get(tuple(runs[0][:_REPEATED_WORDS]), ())]
            longer = [q for q in begun if q.whole.start > quotation.whole.end]
            holders = [q for q in longer if all(any(_holds(long, run) for long in words[q.id]) for run in runs)]
            found = holders[0] if len({q.speaker for q in holders}) == 1 else None
        taken.append(
            quotation
            if found is None
            else replace(quotation, speaker=found.speaker, speaker_name=found.speaker_name, candidates=())
        )
    return taken


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def list_surnames(reading: Reading, known: Sequence[Known]) -> list[Known]:
    """Return mentions by surname alone of people named in full above, where the surname is an everyday word ("West",
    "Young") and was left out for that; a proper noun by its part of speech, with no other proper noun beside it.
    """
    text = reading.document.text
    full: dict[str, list[tuple[Span, Mention, Actor]]] = {}
    for span, mention, actor in known:
        if actor is None or actor.kind != "person" or mention.name is None or mention.pronoun:
            continue
        name = text[mention.name.start : mention.name.end].split()
        if len(name) > 1 and name[-1].isalpha() and name[-1][0].isupper():
            full.setdefault(name[-1], []).append((span, mention, actor))
    lone = {w: f for w, f in full.items() if len({a.id for _, _, a in f}) == 1}
    taken = {i for s, _, _ in known for i in range(s.start, s.end)} if lone else set()
    found: list[Known] = []
    for sentence in reading.sentences:
        for at, token in enumerate(sentence.tokens):
            people = lone.get(token.text)
            if people is None or token.upos != "PROPN" or token.start in taken or people[0][0].start > token.start:
                continue
            beside = [*sentence.tokens[max(0, at - 1) : at], *sentence.tokens[at + 1 : at + 2]]
            if any(t.upos == "PROPN" or t.text in ("-", "the", "The") for t in beside):
                continue
            span = reading.document.span(token.start, token.end)
            found.append((span, Mention(span, "person", name=span), people[0][2]))
    return found
