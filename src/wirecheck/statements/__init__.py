"""Statements: the clauses of a story's documents, with arguments, attribution and time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wirecheck.annotators._foreign import has_grammar
from wirecheck.language import Sentence, embed
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, PartialDate, Quotation, Span, Statement
from wirecheck.places import Places
from wirecheck.progress import track
from wirecheck.statements.clauses import OPENING, Clause, Tree, load_verbs
from wirecheck.statements.describe import (
    compose_text,
    find_arguments,
    find_modality,
    find_polarity,
)

LONGEST = 600
"""Characters: a longer run is no passage that a reader takes in at once; only its parts become statements."""
FEWEST_WORDS = 3
_CLOSING = {"”": "“", "’": "‘", '"': '"', ")": "(", "]": "["}
"""Marks that close a quotation or a bracket, with what opens it."""


class _Draft:
    """A statement before its embedding is known: its `text` is embedded, or without one its sentence lends its own."""

    def __init__(self, statement: Statement, text: str | None, sentence: Sentence) -> None:
        self.statement, self.text, self.sentence = statement, text, sentence


def find_statements(dossier: Dossier) -> tuple[tuple[Statement, ...], NDArray[np.float32]]:
    """Return the statements of all documents, by document name, then place, and their embeddings, one row each.

    Every clause of article text is one; questions, furniture and bare "he said" are none. The rows have unit length.
    """
    drafts = _list_drafts(dossier)
    texts = sorted({d.text for d in drafts if d.text is not None})
    row_of = {text: row for row, text in enumerate(texts)}
    vectors = embed(texts) if texts else np.zeros((0, 384), dtype=np.float32)
    matrix = np.zeros((len(drafts), 384), dtype=np.float32)
    statements = []
    for row, draft in enumerate(drafts):
        vector = draft.sentence.embedding if draft.text is None else vectors[row_of[draft.text]]
        matrix[row] = vector
        statements.append(replace(draft.statement, row=row))
    return tuple(statements), matrix


def list_statements(dossier: Dossier) -> tuple[Statement, ...]:
    """Return the statements of all documents without their embeddings, which cost a pass of the model each."""
    return tuple(replace(draft.statement, row=row) for row, draft in enumerate(_list_drafts(dossier)))


def _list_drafts(dossier: Dossier) -> list[_Draft]:
    return [
        draft
        for reading, annotations in track(
            tuple(zip(dossier.readings, dossier.annotations, strict=True)), "finding statements"
        )
        for draft in _draft_statements(dossier, reading, annotations)
    ]


def _draft_statements(dossier: Dossier, reading: Reading, annotations: Annotations) -> list[_Draft]:
    if not has_grammar(reading.document):
        return []
    places = _Findings(dossier, reading, annotations)
    drafts: dict[tuple[int, int], _Draft] = {}
    for sentence in reading.sentences:
        for draft in _read_sentence(places, reading, sentence):
            span = draft.statement.span
            drafts.setdefault((span.start, span.end), draft)
    return [drafts[key] for key in sorted(drafts)]


def _read_sentence(places: _Findings, reading: Reading, sentence: Sentence) -> list[_Draft]:
    text = reading.document.text
    whole = reading.span(sentence.start, sentence.end)
    title = reading.document.title_span
    is_title = title is not None and whole.overlap(title) > 0
    tree = Tree(sentence)
    if text[sentence.start : sentence.end].rstrip("\"'”’ ").endswith("?"):
        return []
    if not tree.clauses:
        if whole.length > LONGEST or len(text[sentence.start : sentence.end].split()) < FEWEST_WORDS:
            return []
        return [_Draft(places.fill(whole, whole, "", is_title=is_title), None, sentence)]
    word_count = sum(t.upos != "PUNCT" for t in tree.tokens)
    drafts = []
    for clause in tree.clauses:
        span = _span(tree, clause, reading)
        if span.length > LONGEST or not _says_something(tree, clause):
            continue
        statement = places.fill(span, whole, _relation(tree, clause), is_title=is_title, tree=tree, clause=clause)
        covers_all = len(clause.own) >= word_count
        composed = compose_text(tree, clause, places.name_at)
        drafts.append(_Draft(statement, None if covers_all and not clause.inherited else composed, sentence))
    return drafts


def _span(tree: Tree, clause: Clause, reading: Reading) -> Span:
    """Return the run of text of a clause; an apposition is shown with what it describes where they are neighbours."""
    first, last = clause.first, clause.last
    if clause.relation == "appos":
        above = tree.tokens[clause.head].head
        start = min(tree.phrase(above), default=first)
        if start < first and first - start <= 12:
            first = start
    while first < last and tree.tokens[first].upos == "PUNCT" and tree.tokens[first].text not in OPENING:
        first += 1
    first = _start_of_word(tree, first)
    start = tree.tokens[first].start
    return reading.span(start, _close(tree, last, reading.document.text, start))


def _start_of_word(tree: Tree, first: int) -> int:
    """Return the token at which the word starts that a clause starts inside of: "$" of "35m", a name of "’s"."""
    while first > 0 and tree.tokens[first - 1].end == tree.tokens[first].start:
        if tree.tokens[first - 1].upos == "PUNCT" or tree.tokens[first - 1].text in OPENING:
            break
        first -= 1
    return first


def _close(tree: Tree, last: int, text: str, start: int) -> int:
    """Return the end of a clause, behind the mark right after it that closes a bracket or quotation open in it."""
    end = tree.tokens[last].end
    inside = text[start:end]
    for token in tree.tokens[last + 1 : last + 3]:
        opening = _CLOSING.get(token.text)
        if opening is not None:
            closed = inside.count(token.text) if opening != token.text else inside.count(opening) // 2 * 2
            return token.end if inside.count(opening) > closed else end
        if token.text not in ",.!?":
            break
    return end


def _relation(tree: Tree, clause: Clause) -> str:
    head = tree.tokens[clause.head]
    if head.upos in ("VERB", "AUX"):
        particle = [tree.lemma(c) for c in tree.children[clause.head] if tree.tokens[c].relation == "compound:prt"]
        return " ".join([tree.lemma(clause.head), *particle])
    return "be" if tree.kin(clause.head, "cop", "nsubj") or clause.relation == "appos" else ""


def _says_something(tree: Tree, clause: Clause) -> bool:
    """Return whether a clause has content of its own, which "he said" and "the statement read" have not."""
    words = [i for i in clause.own if tree.tokens[i].upos not in ("PUNCT", "SYM")]
    if len(words) < FEWEST_WORDS:
        return False
    content = [i for i in words if tree.tokens[i].upos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")]
    if not content:
        return False
    objects = tree.kin(clause.head, "obj", "obl", "xcomp", "advcl")
    if clause.head in tree.with_content_clause:
        return bool(objects)
    if tree.lemma(clause.head) in load_verbs()["reporting"]:
        return bool(objects) or clause.relation != "parataxis"
    return True


class _Findings:
    """The annotations and mentions of one document, found by place."""

    def __init__(self, dossier: Dossier, reading: Reading, annotations: Annotations) -> None:
        self.reading = reading
        document = reading.document.id
        self.mentions = sorted(
            (m.start, m.end, actor.id) for actor in dossier.actors for m in actor.mentions if m.document == document
        )
        self.mentioned = Places(self.mentions, lambda m: (m[0], m[1]))
        self.names = {actor.id: actor.name for actor in dossier.actors}
        self.starts = [m[0] for m in self.mentions]
        self.quoted = Places(
            sorted(
                ((content, q) for q in annotations.quotations for content in q.contents),
                key=lambda pair: (pair[0], pair[1].id),
            ),
            lambda pair: (pair[0].start, pair[0].end),
        )
        self.quantities = dossier.quantities_of[annotations.document]
        self.dates = dossier.dates_of[annotations.document]

    def actor_at(self, offset: int) -> str | None:
        """Return the actor of the shortest mention that holds a character, or None."""
        best: tuple[int, str] | None = None
        index = bisect_right(self.starts, offset)
        for start, end, actor in self.mentions[max(0, index - 12) : index]:
            if offset < end and (best is None or end - start < best[0]):
                best = (end - start, actor)
        return best[1] if best is not None else None

    def name_at(self, offset: int) -> str | None:
        """Return the name of the actor that a character speaks of, or None."""
        actor = self.actor_at(offset)
        return self.names[actor] if actor is not None else None

    def actors_in(self, span: Span) -> tuple[str, ...]:
        """Return the ids of all actors mentioned inside a span, sorted."""
        return tuple(sorted({a for _, _, a in self.mentioned.touching(span.start, span.end)}))

    def quotation_of(self, span: Span) -> Quotation | None:
        """Return the quotation in which most of a span lies, direct speech first, or None."""
        near = list(self.quoted.touching(span.start, span.end))
        for direct in (True, False):
            for content, quotation in near:
                if (quotation.kind != "indirect") == direct and 2 * content.overlap(span) > span.length:
                    return quotation
        return None

    def fill(
        self,
        span: Span,
        sentence: Span,
        relation: str,
        *,
        is_title: bool,
        tree: Tree | None = None,
        clause: Clause | None = None,
    ) -> Statement:
        """Return the statement of a span with all annotations that lie inside it."""
        quotation = self.quotation_of(span)
        own = self._owns(tree, clause)
        return Statement(
            id=f"{span.document}:{span.start}-{span.end}",
            document=span.document,
            span=span,
            sentence=sentence,
            relation=relation,
            row=0,
            arguments=find_arguments(tree, clause, span.document, self.actor_at)
            if tree is not None and clause is not None
            else (),
            actors=self.actors_in(span),
            polarity=find_polarity(tree, clause) if tree is not None and clause is not None else "positive",
            modality=find_modality(tree, clause) if tree is not None and clause is not None else "actual",
            quantities=tuple(
                q for q in self.quantities.starting_in(span.start, span.end) if span.covers(q.span) and own(q.span)
            ),
            dates=tuple(d for d in self.dates.starting_in(span.start, span.end) if span.covers(d.span) and own(d.span)),
            setting=self._setting(tree, clause),
            attributed_to=quotation.speaker if quotation is not None else None,
            quotation=quotation.id if quotation is not None else None,
            is_title=is_title,
        )

    def _setting(self, tree: Tree | None, clause: Clause | None) -> tuple[PartialDate, ...]:
        """Return the dates of the clauses that a clause hangs on, as far as they share its time."""
        if tree is None or clause is None:
            return ()
        found: list[PartialDate] = []
        at = clause
        while at.inherited and at.relation in ("advcl", "acl", "conj") and at.parent in tree.clause_of:
            at = tree.clause_of[at.parent]
            around = self.reading.span(tree.tokens[at.first].start, tree.tokens[at.last].end)
            own = self._owns(tree, at)
            inside = self.dates.starting_in(around.start, around.end)
            found += [d for d in inside if around.covers(d.span) and own(d.span)]
        return tuple(sorted(set(found), key=lambda d: d.span))

    @staticmethod
    def _owns(tree: Tree | None, clause: Clause | None) -> Callable[[Span], bool]:
        """Return a test of whether a span belongs to the clause itself and not to a clause inside it."""
        if tree is None or clause is None:
            return lambda span: True
        starts = {tree.tokens[i].start for i in clause.own}
        ends = {tree.tokens[i].end for i in clause.own}
        return lambda span: span.start in starts or span.end in ends
