"""Who says a quotation: whether two quotations have one speaker."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, Span
from wirecheck.text.alignment import list_words

_NEAR_NAMES = 80.0
"""Likeness of two surnames, from 0 to 100, from which on they may be one name misspelled."""
MOSTLY = 0.5
"""Share of a sentence that stands in marks for it to be somebody's words."""
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def same_speaker(dossier: Dossier, left: Quotation, right: Quotation) -> bool | None:
    """Return whether two quotations have one speaker, or None when that is open.

    Open are a person and an organization, since a spokesman's words may elsewhere be those of the house, and two
    persons with one surname or nearly one ("Meyer", "Mayer"), who may be one person misnamed.
    """
    if left.speaker is not None and left.speaker == right.speaker:
        return True
    names = [(q.speaker_name or "").casefold() for q in (left, right)]
    if all(names) and names[0] == names[1]:
        return True
    if left.speaker is None or right.speaker is None:
        return None
    kinds = [actor.kind if (actor := dossier.actor(q.speaker)) is not None else "other" for q in (left, right)]
    if kinds != ["person", "person"]:
        return None
    return None if _may_be_one_name(*names) else False


def related_speakers(dossier: Dossier, left: Quotation, right: Quotation) -> bool:
    """Return whether two speakers are one, two names of one house, or a house and a person who speaks for it.

    "Tarn" and "the Tarn coast guard" share a word of their names; "Mara Quill, a coast guard spokeswoman" has it in
    her role.
    """
    if same_speaker(dossier, left, right):
        return True
    actors = [dossier.actor(q.speaker) for q in (left, right)]
    if any(a is None for a in actors):
        return False
    people = [a for a in actors if a is not None and a.kind == "person"]
    words = []
    for actor in actors:
        assert actor is not None
        named = [r.role for r in actor.roles] if actor.kind == "person" else [actor.name, *actor.variants]
        words.append({w.key[:5] for text in named for w in list_words(text) if len(w.key) >= 4 and w.is_content})
    return len(people) < 2 and bool(words[0] & words[1])


def speaks_for(dossier: Dossier, left: Quotation, right: Quotation) -> bool:
    """Return whether one speaker is a person and the other is not: a house has many voices."""
    actors = [dossier.actor(q.speaker) for q in (left, right)]
    return len({a.kind == "person" for a in actors if a is not None}) == 2


def is_named(quotation: Quotation) -> bool:
    """Return whether a quotation says by name whose words it holds, be it a name that resolves to no actor.

    "The ex-congressman" names nobody, and may be anybody's paraphrase of a name.
    """
    return quotation.speaker is not None or (quotation.speaker_name or "")[:1].isupper()


@lru_cache(maxsize=1 << 14)
def _may_be_one_name(left: str, right: str) -> bool:
    from rapidfuzz.fuzz import ratio

    here, there = ([w.key for w in list_words(n) if w.key not in _GENERATIONS] for n in (left, right))
    if not here or not there:
        return True
    given = here[0] != there[0] and len(here) > 1 and len(there) > 1 and here[0][0] != there[0][0]
    return not given and ratio(here[-1], there[-1]) >= _NEAR_NAMES


class Voices:
    """Whose words the sentences of a story are, where they are somebody's in marks."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.said: dict[str, list[tuple[int, int, Quotation]]] = {}
        for quotation in dossier.quotations:
            if quotation.kind != "indirect":
                for content in quotation.contents:
                    self.said.setdefault(content.document, []).append((content.start, content.end, quotation))
        for many in self.said.values():
            many.sort(key=lambda s: (s[0], s[1], s[2].id))

    def behind(self, sentence: Span) -> Quotation | None:
        """Return the quotation in marks that most of a sentence is, or None."""
        best: tuple[int, Quotation] | None = None
        many = self.said.get(sentence.document, [])
        at = max(0, bisect_left(many, sentence.start, key=lambda s: s[0]) - 4)
        for start, end, quotation in many[at:]:
            if start >= sentence.end:
                break
            inside = min(end, sentence.end) - max(start, sentence.start)
            if inside >= MOSTLY * sentence.length and (best is None or inside > best[0]):
                best = inside, quotation
        return best[1] if best is not None else None

    def say_two(self, left: Span, right: Span) -> str:
        """Return that two sentences are words in marks of two speakers, who are named, or "" where they are not.

        The like said by another is not the same.
        """
        ours, theirs = self.behind(left), self.behind(right)
        if ours is None or theirs is None or same_speaker(self.dossier, ours, theirs) is not False:
            return ""
        names = sorted(q.speaker_name or "somebody unnamed" for q in (ours, theirs))
        return f"two speakers: {names[0]} and {names[1]}"
