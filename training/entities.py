"""Names in sets that mark more than names: the run of words of a noun phrase that a newspaper would call one."""

from __future__ import annotations

import re

from training.sentences import ANY, ENTITY_TAGS, NOT_NEWS_MISC, OUTSIDE, Sentence

# Titles stand outside a person's name in UNER and in news style; GUM and MEANTIME keep them inside.
TITLES = frozenset(
    [
        "president",
        "professor",
        "prof.",
        "dr.",
        "dr",
        "mr.",
        "mr",
        "mrs.",
        "mrs",
        "ms.",
        "ms",
        "sir",
        "lord",
        "lady",
        "senator",
        "sen.",
        "representative",
        "rep.",
        "governor",
        "gov.",
        "general",
        "gen.",
        "colonel",
        "col.",
        "captain",
        "capt.",
        "lieutenant",
        "lt.",
        "sergeant",
        "sgt.",
        "judge",
        "justice",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "minister",
        "secretary",
        "chancellor",
        "prime",
        "vice",
        "mayor",
        "king-elect",
        "president-elect",
        "saint",
        "st.",
        "father",
        "rev.",
        "reverend",
        "bishop",
        "commander",
        "admiral",
        "major",
        "officer",
        "detective",
        "chief",
        "director",
        "ceo",
        "chairman",
    ]
)
INSIDE = frozenset(
    [
        "of",
        "the",
        "and",
        "&",
        "for",
        "de",
        "la",
        "van",
        "von",
        "der",
        "den",
        "el",
        "al",
        "bin",
        "-",
        "–",
        "/",
        "'s",
        "'",
        "’s",
        ".",
        "of",
    ]
)


def gum_entities(sentences: list[Sentence]) -> None:
    """Set the entity labels of the sentences of one GUM document from its MISC column.

    GUM marks whole noun phrases, named or not. A named one has a proper noun as its head; its name is the run of
    capitalised words about the head, without leading titles. Where no clean name comes out, the words stay open.
    """
    kinds = {"person": "PER", "organization": "ORG", "place": "LOC"}
    for sentence in sentences:
        assert sentence.upos is not None
        assert sentence.heads is not None
        spans, stack = [], []
        for at, misc in enumerate(sentence.misc):
            found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1) if found else ""):
                if part.startswith("("):
                    fields = part[1:].rstrip(")").split("-")
                    if part.endswith(")"):
                        spans.append((at, at + 1, fields[1]))
                    else:
                        stack.append((fields[0], at, fields[1]))
                else:
                    name = part.rstrip(")").split("-")[0]
                    for back in range(len(stack) - 1, -1, -1):
                        if stack[back][0] == name:
                            _, start, kind = stack.pop(back)
                            spans.append((start, at + 1, kind))
                            break
        allowed = [
            NOT_NEWS_MISC if upos == "PROPN" or word[:1].isupper() else OUTSIDE
            for upos, word in zip(sentence.upos, sentence.words, strict=True)
        ]
        taken = [False] * len(allowed)
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            if kind not in kinds:
                continue
            inside = range(start, end)
            heads = [
                at
                for at in inside
                if not start < sentence.heads[at] <= end
                and sentence.heads[at] - 1 != at
                and not (start <= sentence.heads[at] - 1 < end)
            ]
            if not heads:
                continue
            head = heads[0]
            if sentence.upos[head] != "PROPN":
                # "author Truman Capote", "the minister, John Howard": the name hangs on a common noun.
                assert sentence.relations is not None
                names = [
                    at
                    for at in inside
                    if sentence.heads[at] - 1 == head
                    and sentence.upos[at] == "PROPN"
                    and sentence.relations[at].split(":")[0] in ("flat", "appos")
                ]
                if not names:
                    continue
                head = names[0]
            label_name(sentence.words, start, end, head, kinds[kind], allowed, taken)
        sentence.entities = allowed


def label_name(
    words: list[str], start: int, end: int, head: int, kind: str, allowed: list[int], taken: list[bool]
) -> None:
    named = [word[:1].isupper() or word[:1].isdigit() or word.lower() in INSIDE for word in words]
    left = head
    while left > start and named[left - 1]:
        left -= 1
    right = head + 1
    while right < end and named[right]:
        right += 1
    while left < head and (
        words[left].lower() in INSIDE
        or not words[left][:1].isupper()
        or (kind == "PER" and words[left].lower() in TITLES)
    ):
        left += 1
    while right - 1 > head and words[right - 1].lower() in INSIDE:
        right -= 1
    if kind == "PER":
        for at in range(left, head):
            if words[at].lower() in TITLES:
                left = at + 1
    if ("and" in words[left:right] and kind != "ORG") or ("and" in words[left:right] and right - left == 3):
        for at in range(left, right):
            if not taken[at]:
                allowed[at] = ANY
        return
    if any(taken[left:right]):
        return
    if not words[head][:1].isupper() or (kind == "PER" and words[head].lower() in TITLES):
        for at in range(left, right):
            allowed[at] = ANY
        return
    if kind == "PER" and right - left > 4:
        for at in range(left, right):
            allowed[at] = ANY
            taken[at] = True
        return
    for at in range(left, right):
        allowed[at] = 1 << ENTITY_TAGS.index(("B-" if at == left else "I-") + kind)
        taken[at] = True


def weak_entities(sentence: Sentence) -> None:
    """Label a sentence with syntax alone by its tags: common words are no names, proper nouns stay open."""
    assert sentence.upos is not None
    sentence.entities = [
        ANY if upos in ("PROPN", "X", "SYM") else NOT_NEWS_MISC if word[:1].isupper() else OUTSIDE
        for upos, word in zip(sentence.upos, sentence.words, strict=True)
    ]
