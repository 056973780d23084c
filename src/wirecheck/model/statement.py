"""Statements: clauses with their arguments, attribution and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.model.annotation import PartialDate, Quantity
from wirecheck.model.span import Span

Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "future", "possible", "required", "conditional", "question"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One participant of a statement: its words, its head lemma and, where it resolves, its actor."""

    relation: Literal["subject", "object", "oblique", "complement"]
    span: Span
    head: str
    """Lemma of the head word, lower case."""
    actor: str | None = None
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause: who or what, relation, value, when, attributed to whom.

    `span` is a contiguous run of the document that a person can read on its own. `row` is its row in the matrix of
    embeddings that the step returns beside the statements.
    """

    id: str
    document: str
    span: Span
    sentence: Span
    relation: str
    """Lemma of the predicate, lower case; "" for a headline fragment without one."""
    row: int
    arguments: tuple[Argument, ...] = ()
    actors: tuple[str, ...] = ()
    """Ids of all actors mentioned inside the span, sorted."""
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    setting: tuple[PartialDate, ...] = ()
    """Dates of the clauses around it that also say when it was ("On Monday a fire broke out, killing two")."""
    attributed_to: str | None = None
    """Actor id of the speaker, when the clause is attributed."""
    quotation: str | None = None
    """Id of the quotation that the clause is part of."""
    is_title: bool = False
