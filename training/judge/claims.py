"""Claims with what each document has to say to them: from fact groups and from stories with complete gold.

The parts are those of the judge (`training.judge.data.part_of`): "train", "dev", and "test", which measures and is
never fitted on.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from training.judge.data import _documents, _spans_of, part_of, room
from wirecheck.annotators import annotate
from wirecheck.claims.reading import read_claim
from wirecheck.comparison.marks import SMALL
from wirecheck.language import read_sentences
from wirecheck.model import Document, digest_document
from wirecheck.text.alignment import is_negator
from wirecheck.text.sentences import split_paragraphs, split_sentences

KINDS = ("near", "same", "conflict", "compatible")
"""What a document has to say to a claim in the words of the fact groups: nothing, states, contradicts, differs."""


class Asked(NamedTuple):
    """One document that a claim is put to, what is right of it, and where it says so."""

    document: Document
    kind: str
    places: tuple[tuple[int, int], ...] = ()
    how: str = ""
    """What kind of conflict or difference it is, in the words of its source."""


class Case(NamedTuple):
    """A claim with the documents that it is put to; cases of one `group` are about one fact or story."""

    group: str
    claim: str
    asked: tuple[Asked, ...]


def make_document(name: str, text: str) -> Document:
    return Document(digest_document(name, text), name, name, text, "", language="en")


def list_groups(facts: Path, part: str) -> list[dict[str, Any]]:
    """Return the fact groups of one part, in the order of their files."""
    lines = [line for path in sorted(facts.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    groups: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [g for g in groups if part_of(room(g["id"], "facts")) == part]


def list_fact_cases(facts: Path, part: str, *, claims: int = 1, beside: int = 0) -> Iterator[Case]:
    """Yield cases of fact groups: the first `claims` statements of each fact, each other statement a document.

    With `beside`, each of them stands among as many statements of other groups, a paragraph each.
    """
    rng = random.Random(11)
    groups = list_groups(facts, part)
    for group in groups:
        others = [s for g in groups if g is not group for s in [*g["same"], *g["near"]]]
        for claim in group["same"][:claims]:
            rest = [("same", "", s) for s in group["same"] if s != claim]
            rest += [("conflict", e["kind"], e["text"]) for e in group["conflict"]]
            rest += [("compatible", e["difference"], e["text"]) for e in group["compatible"]]
            rest += [("near", "", s) for s in group["near"]]
            asked = []
            for number, (kind, how, statement) in enumerate(rest):
                around = rng.sample(others, beside)
                at = rng.randrange(beside + 1)
                text = "\n\n".join([*around[:at], statement, *around[at:]])
                start = text.index(statement)
                document = make_document(f"{group['id']}-{number:02}", text)
                asked.append(Asked(document, kind, ((start, start + len(statement)),), how))
            yield Case(group["id"], claim, tuple(asked))


def list_story_cases(stories: Path, part: str) -> Iterator[Case]:
    """Yield cases of stories with complete gold.

    A claim is what all agree on, or one alone tells, in the words of the gold; where two documents conflict, differ or
    only look alike, and of what one alone tells, the sentence of one of them too, put to each other one.
    """
    for folder in sorted(p.parent for p in stories.glob("w*/gold.json")):
        if part_of({"kind": "story", "name": folder.name}) == part:
            yield from _list_cases(folder)


def _list_cases(folder: Path) -> Iterator[Case]:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    documents = {d.name: d for d in _documents(folder)}
    texts = {name: d.text for name, d in documents.items()}

    def place(item: dict[str, Any]) -> dict[str, tuple[tuple[int, int], ...]]:
        found: dict[str, tuple[tuple[int, int], ...]] = {}
        for passage in item["passages"]:
            spans = tuple(_spans_of(texts, texts, passage))
            if spans:
                found[passage["doc"]] = (*found.get(passage["doc"], ()), *spans)
        return found

    against = [
        (place(i), k) for name, k in (("conflicts", "conflict"), ("compatible", "compatible")) for i in gold[name]
    ]

    def kind_of(name: str, where: dict[str, tuple[tuple[int, int], ...]]) -> Asked:
        """Return what a document has to say to what others agree on: where it differs from their words, that."""
        for other, kind in against:
            if name in other and any(_overlap(where[n], other.get(n, ())) for n in where):
                return Asked(documents[name], kind, other[name])
        return Asked(documents[name], "near")

    for item in gold["omissions"]:
        where = place(item)
        asked = [Asked(d, "same" if n in where else "near", where.get(n, ())) for n, d in sorted(documents.items())]
        yield Case(folder.name, item["what"], tuple(asked))
    for item in gold["agreements"]:
        where = place(item)
        asked = [Asked(documents[n], "same", where[n]) if n in where else kind_of(n, where) for n in sorted(documents)]
        yield Case(folder.name, item["what"], tuple(asked))
    sources = (("conflicts", "conflict"), ("compatible", "compatible"), ("near_misses", "near"), ("omissions", "near"))
    for name, kind in sources:
        for item in gold[name]:
            where = place(item)
            if name in ("conflicts", "compatible") and len(where) != 2:
                continue  # which of three take which side is not told
            for own in sorted(where):
                claim = _find_sentence(documents[own], where[own][0])
                others = [n for n in sorted(documents) if n != own and (n in where or name == "omissions")]
                how = item.get("difference") or item.get("kind") or name
                asked = [Asked(documents[n], kind, where.get(n, ()), how) for n in others]
                if claim and asked:
                    yield Case(folder.name, claim, tuple(asked))


def turn(cases: Iterable[Case]) -> Iterator[Case]:
    """Yield cases with their claims denied, and with one figure changed: what states a claim contradicts such a one.

    What is right of a document that differs from a claim or contradicts it is not known then, and it is left out.
    """
    for case in cases:
        asked = tuple(
            a if a.kind == "near" else a._replace(kind="conflict", how="turned")
            for a in case.asked
            if a.kind in ("near", "same")
        )
        for claim in (deny(case.claim), change_figure(case.claim)):
            if claim is not None and any(a.kind == "conflict" for a in asked):
                yield Case(case.group, claim, asked)


def deny(claim: str) -> str | None:
    """Return a claim with its main clause denied, or None where it has no verb to deny or denies already."""
    (sentence,) = read_sentences(claim, [(0, len(claim))])
    root = sentence.root
    if root is None or any(is_negator(t.text.lower()) for t in sentence.tokens):
        return None
    helping = [sentence.tokens[c] for c in sentence.children(root)]
    helping = [t for t in helping if t.relation.partition(":")[0] in ("aux", "cop")]
    if helping:
        return f"{claim[: helping[0].end]} not{claim[helping[0].end :]}"
    verb = sentence.tokens[root]
    does = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(verb.xpos)
    return f"{claim[: verb.start]}{does} not {verb.lemma}{claim[verb.end :]}" if does is not None else None


def change_figure(claim: str) -> str | None:
    """Return a claim with its first plain figure raised by a third, or None where it has none."""
    reading = read_claim(claim)
    for quantity in annotate(reading, without=("credits", "quotations")).quantities:
        if quantity.kind in ("ordinal", "score") or quantity.low != quantity.high:
            continue
        words = claim[quantity.span.start : quantity.span.end]
        digits = re.search(r"\d[\d,]*", words)
        if digits is not None:
            old = int(digits.group().replace(",", ""))
            new = f"{old + max(1, round(old / 3)):,}"
            at = quantity.span.start + digits.start()
            return f"{claim[:at]}{new}{claim[at + len(digits.group()) :]}"
        first = words.split()[0]
        if first.lower() in SMALL[2:16]:
            number = SMALL[SMALL.index(first.lower()) + 3]
            shown = number.capitalize() if first[0].isupper() else number
            return claim[: quantity.span.start] + shown + claim[quantity.span.start + len(first) :]
    return None


def _overlap(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def _find_sentence(document: Document, place: tuple[int, int]) -> str:
    """Return the sentence in which a passage begins."""
    for span in split_sentences(document, split_paragraphs(document)):
        if span.start <= place[0] < span.end:
            return " ".join(document.words(span).split())
    return ""
