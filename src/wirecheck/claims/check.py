"""The step: a claim and documents in, one finding for each document out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from wirecheck.annotators._foreign import has_grammar
from wirecheck.claims.reading import Beside, read_beside, read_claim
from wirecheck.claims.telling import tell
from wirecheck.claims.verdicts import decide
from wirecheck.errors import UsageError
from wirecheck.guarding import guarding
from wirecheck.model import ClaimFinding, ClaimReport, Document, Problem

LONGEST = 1000
"""Characters of a claim: it is one sentence, and the judge looks at no more of it."""


def check_documents(
    claim: str, documents: Sequence[Document], problems: Iterable[Problem] = (), *, day: str | None = None
) -> ClaimReport:
    """Return what each document has to say to a claim; the order of the documents changes nothing.

    `day`, ISO 8601, is when the claim was made; without it "on Friday" is a Friday of any week. Raises `UsageError` for
    a claim without a word that says something, for one that is too long, and for a day that is none.
    """
    claim = check_claim_text(claim)
    asked = read_claim(claim, check_day(day))
    ordered = tuple(sorted(documents, key=lambda d: (d.name, d.id)))
    met = list(problems)
    names = Counter(d.shown_name for d in ordered)
    findings = [_silent(d, "could not be read") for d in ordered]
    readable = [n for n, d in enumerate(ordered) if has_grammar(d)]
    for n in sorted(set(range(len(ordered))) - set(readable)):
        findings[n] = _silent(ordered[n], "is not in English")
    for n, beside in zip(readable, read_beside(asked, [ordered[n] for n in readable], met), strict=True):
        if beside is not None:
            document = ordered[n]
            with guarding(met, document.location, "the claim was not held against it"):
                name = document.shown_name if names[document.shown_name] == 1 else document.name
                findings[n] = _conclude(name, beside)
    return ClaimReport(claim, ordered, tuple(findings), tuple(sorted(set(met), key=lambda p: p.key)), day)


def check_claim_text(claim: str) -> str:
    """Return a claim on one line; raises `UsageError` where no word of it says anything, or where it is too long."""
    from wirecheck.comparison.marks import find_keys
    from wirecheck.language.words import split_words

    claim = " ".join(claim.split())
    keys = find_keys([claim[a:b] for a, b in split_words(claim)])
    if not any(keys.stems) and not any(keys.figures):
        raise UsageError(f"a claim was expected, a sentence such as “The bridge was closed on Monday”; found {claim!r}")
    if len(claim) > LONGEST:
        raise UsageError(f"a claim of one sentence, {LONGEST} characters at most, was expected; it has {len(claim)}")
    return claim


def check_day(day: str | None) -> str | None:
    """Return a day as it is given; raises `UsageError` for what is no day such as 2025-02-13."""
    from datetime import date

    if day is None:
        return None
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise UsageError(f"a day such as 2025-02-13 was expected; found {day!r}") from error


def _silent(document: Document, why: str) -> ClaimFinding:
    return ClaimFinding(document.id, "silent", None, 1.0, (), f"{document.shown_name} {why}.", None)


def _conclude(name: str, beside: Beside) -> ClaimFinding:
    verdict = decide(beside)
    return ClaimFinding(
        document=beside.document.id,
        verdict=verdict.verdict,
        difference=verdict.difference,
        probability=verdict.probability,
        spans=verdict.spans,
        reason=tell(name, beside, verdict),
        nearest=None if verdict.at is None else beside.sentences[verdict.at].span,
        values=tuple(a.value for a in verdict.answers),
    )
