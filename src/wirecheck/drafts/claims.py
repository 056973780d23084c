"""What a draft tells of somebody's words without marks: whether a source has it, and from whom."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.drafts.case import Case
from wirecheck.model import Backing, DraftItem, Quotation, Span
from wirecheck.text.alignment import align_words, is_negator, list_words, similarity

AGREES = 0.5
"""Likelihood from which on a sentence of a source states what the claim does."""
ALIKE = 0.55
"""Share of their words that two sentences have in common that are one, whatever the judge reads."""
COPIED = 0.7
"""The same from which on a claim follows a sentence so closely that another speaker is no chance."""
DENIED_SHARE = 0.75
"""The same where one of them is denied and the other is not."""


def check_claims(case: Case) -> Iterator[DraftItem]:
    """Yield an item for each claim that the draft attributes to somebody without marks."""
    for quotation in case.dossier.annotations_of(case.draft.id).quotations:
        if quotation.kind == "indirect" and quotation.source is not None:
            yield _check(case, quotation)


def _check(case: Case, claim: Quotation) -> DraftItem:
    span = claim.whole
    found = sorted(_list_near(case, span), key=lambda f: (-f[0], case.place(f[1])))
    denied = [s for _, s, _ in found if _is_denied(case, span, s)]
    found = [f for f in found if f[1] not in denied]
    if not found and denied:
        reason = f"{case.name([denied[0].document])} says the opposite: “{case.words(denied[0])}”."
        return DraftItem("claim", span, "conflict", reason, True, (Backing(denied[0]),))
    if not found:
        return DraftItem("claim", span, "not-found", _tell_missing(claim), look=True)
    best: dict[str, Span] = {}
    for _, near, _ in found:
        best.setdefault(near.document, near)
    spans = list(best.values())
    voices = [(s, case.quotation_at(s) or _voice_in(case, s)) for s in spans]
    sure = max(covered for _, _, covered in found) >= COPIED and case.names_speaker(claim)
    fitting = [s for s, v in voices if v is None or not sure or not case.is_other_speaker(claim, v, follows=True)]
    if fitting:
        names, one = case.name(s.document for s in fitting), len(fitting) == 1
        reason = f"{names} {'states' if one else 'state'} it too: “{case.words(fitting[0])}”."
        return DraftItem("claim", span, "supported", reason, False, tuple(Backing(s) for s in fitting))
    near, voice = voices[0]
    assert voice is not None
    reason = (
        f"{case.name([near.document])} has this from {voice.speaker_name}; the draft gives it to {claim.speaker_name}."
    )
    return DraftItem("claim", span, "other-speaker", reason, True, (Backing(near),))


def _tell_missing(claim: Quotation) -> str:
    who = f" from {claim.speaker_name}" if claim.speaker_name else ""
    return f"No source has this{who}."


def _list_near(case: Case, span: Span) -> Iterator[tuple[float, Span, float]]:
    """Yield the sentences of sources that state what a claim does, with how surely."""
    compared = case.compared
    text = case.draft.text
    own = list_words(text, span.start, span.end)
    for at in compared.sentences_in(span):
        for other in compared.partners.get(at, ()):
            ruling = compared.ruling(at, other)
            sentence = compared.sentences[other]
            theirs = list_words(case.dossier.document(sentence.document).text, sentence.start, sentence.end)
            common = similarity(own, theirs) if own and theirs else 0.0
            covered = common * (len(own) + len(theirs)) / 2.0 / max(1, len(own))
            agree = ruling.agree if ruling is not None else 0.0
            blocked = (min(at, other), max(at, other)) in compared.blocked
            if agree >= AGREES or covered >= ALIKE or (blocked and covered >= AGREES):
                yield max(agree, covered), sentence.span, covered


def _is_denied(case: Case, left: Span, right: Span) -> bool:
    """Return whether two sentences are alike but that one of them denies."""
    ours, theirs = (list_words(case.dossier.document(s.document).text, s.start, s.end) for s in (left, right))
    steps = align_words(ours, theirs)
    common = sum(s.left_end - s.left for s in steps if s.kind == "same")
    if common < DENIED_SHARE * len(ours):
        return False
    first = next((s.right for s in steps if s.kind == "same"), 0)
    last = max((s.right_end for s in steps if s.kind == "same"), default=0)
    denials = sum(is_negator(w.key) for w in ours), sum(is_negator(w.key) for w in theirs[first:last])
    return (denials[0] - denials[1]) % 2 == 1


def _voice_in(case: Case, span: Span) -> Quotation | None:
    """Return the one quotation of a sentence that is not all of it."""
    found = case.dossier.quotations_touching(span)
    return found[0] if len(found) == 1 else None
