"""Statements: the clauses of a story's documents, with arguments, attribution and time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.dossier import Dossier
from wirecheck.model import Statement

LONGEST = 600
"""Characters: a longer run is no passage that a reader takes in at once; such sentences are left out whole."""


def find_statements(dossier: Dossier) -> tuple[tuple[Statement, ...], NDArray[np.float32]]:
    """Return the statements of all documents, by document name, then place, and their embeddings, one row each."""
    statements: list[Statement] = []
    rows: list[NDArray[np.float32]] = []
    for reading, annotations in zip(dossier.readings, dossier.annotations, strict=True):
        document = reading.document
        for sentence in reading.sentences:
            words = document.text[sentence.start : sentence.end]
            if sentence.end - sentence.start > LONGEST or words.endswith("?") or len(words.split()) < 3:
                continue
            span = document.span(sentence.start, sentence.end)
            title = document.title_span
            statements.append(
                Statement(
                    id=f"{document.id}:{span.start}-{span.end}",
                    document=document.id,
                    span=span,
                    sentence=span,
                    relation="",
                    row=len(rows),
                    quantities=tuple(q for q in annotations.quantities if span.covers(q.span)),
                    dates=tuple(d for d in annotations.dates if span.covers(d.span)),
                    is_title=title is not None and span.overlap(title) > 0,
                )
            )
            rows.append(np.asarray(sentence.embedding, dtype=np.float32))
    matrix = np.stack(rows) if rows else np.zeros((0, 384), dtype=np.float32)
    return tuple(statements), matrix.astype(np.float32)
