"""Telling: one sentence on what a document has to say to a claim, which its own words can verify."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.claims.reading import Beside
from wirecheck.claims.verdicts import Verdict
from wirecheck.model import ClaimDifference, Document, Quotation, Span

LONGEST_WORDS = 200
"""Characters of a document's words that a reason repeats."""
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "you", "who", "that", "one"])
"""Sources that name nobody to a reader of the sentence alone."""
MOSTLY = 0.5
"""Share of the bearing words that must stand in a quotation for them to be somebody's."""
LIKELY = 0.5
"""Likelihood from which on a silent document is said to say nothing of a claim; below it leaves it open."""
_DIFFERS: dict[ClaimDifference, str] = {
    "rounding": "one figure is the other, rounded",
    "precision": "one of them is more precise",
    "update": "they may be of different times",
    "different-measure": "they measure different things",
    "partial": "each tells a part that the other does not",
    "hedge": "one of them is less sure, or speaks of what is still to come",
}


def tell(name: str, beside: Beside, verdict: Verdict) -> str:
    """Return the reason of a verdict; `name` is what the document is called, its publisher where one is known."""
    document = beside.document
    if verdict.at is None:
        return f"{name} has no sentence that could be read."
    if verdict.verdict == "silent":
        nearest = _quote(document, [beside.sentences[verdict.at].span])
        said = "says nothing of it" if verdict.probability >= LIKELY else "leaves it open"
        return f"{name} {said}; what comes nearest is {nearest}."
    words = _quote(document, verdict.spans)
    quotation = _find_quotation(beside, verdict.spans)
    credit = "" if quotation is None else _credit(document, quotation)
    against = [a.value.detail for a in verdict.answers if a.value.comparison not in ("equal", "other-measure", "open")]
    if verdict.verdict == "states":
        return f"{name} states it{credit}: {words}."
    if verdict.verdict == "contradicts":
        excluded = [a.value.detail for a in verdict.answers if a.is_excluded and a.is_close]
        return f"{name} contradicts it{credit}: {words}{_brackets(excluded)}."
    assert verdict.difference is not None
    how = _DIFFERS[verdict.difference]
    return f"{name} tells it differently{credit}, and both can be right, as {how}: {words}{_brackets(against)}."


def _brackets(details: Sequence[str]) -> str:
    return f" ({'; '.join(details)})" if details else ""


def _find_quotation(beside: Beside, spans: Sequence[Span]) -> Quotation | None:
    """Return the quotation that most of the bearing words stand in, or None."""
    length = sum(s.length for s in spans)
    for quotation in beside.dossier.annotations_of(beside.document.id).quotations:
        inside = sum(c.overlap(s) for c in quotation.contents for s in spans)
        if inside > MOSTLY * length:
            return quotation
    return None


def _credit(document: Document, quotation: Quotation) -> str:
    """Return whose words a document gives, as a part of a sentence."""
    source = "" if quotation.source is None else _plain(document, quotation.source)
    if not source or source.casefold() in PRONOUNS:
        source = quotation.speaker_name or "somebody it quotes"
    return f", attributing it to {source}" if quotation.kind == "indirect" else f" in the words of {source}"


def _quote(document: Document, spans: Sequence[Span]) -> str:
    """Return words of a document in marks, parts of a sentence joined by an ellipsis, long ones cut."""
    words = " … ".join(_plain(document, s) for s in spans)
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
    words = words.strip('“”"').removesuffix(".")
    return f"“{words.replace('“', '‘').replace('”', '’').replace(chr(34), chr(39))}”"


def _plain(document: Document, span: Span) -> str:
    return " ".join(document.words(span).split())
