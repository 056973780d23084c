"""Paraphrases: indirect speech in one document, the same said in marks in another."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A quotation in marks and the indirect speech of another document that says the same; `likeness` from 0 to 1."""

    direct: Quotation
    indirect: Quotation
    likeness: float


def find_paraphrases(dossier: Dossier) -> tuple[Paraphrase, ...]:
    """Return the paraphrases of a story, by place of the quotation in marks."""
    return ()
