"""What the sections of points share: a finding as a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wirecheck.model import Decision, Difference, Finding, Origins, Span, Verdict
from wirecheck.report.json import point_id
from wirecheck.report.rows import Context, Evidence, Mark, Note, Row, Tone, Why, count_of
from wirecheck.report.why import list_changes, list_terms, tell_relation, tell_values

LABELS: dict[str, str] = {
    "conflict": "Conflict",
    "compatible": "Can both be right",
    "agree": "Agree",
    "single": "Only one",
    "undecided": "Undecided",
}
TONES: dict[str, Tone] = {
    "conflict": "conflict",
    "compatible": "differ",
    "agree": "agree",
    "single": "single",
    "undecided": "open",
}
KINDS = {
    "event": "what happened",
    "quantity": "figures",
    "date": "dates",
    "order": "order of events",
    "role": "who is who",
    "position": "positions",
    "attribution": "who said it",
    "polarity": "yes or no",
    "wording": "wording",
}
# A reason up to this long stands on the line that counts the origins: about two lines of the terminal. That of a
# single origin stands there always: it is what the count rests on.
LONGEST_REASON = 160
# Judgements of one point that the page tells; the JSON has all, and `wirecheck why` prints them.
MOST_WHY = 2
RULED = {
    "settled": "settled",
    "disputed": "disputed",
    "same-fact": "one fact",
    "other-fact": "not one fact",
    "noted": "a note",
}
DIFFERENCES = {
    "rounding": "They differ by rounding.",
    "precision": "One is more precise than the other.",
    "update": "The later one may be an update of the earlier.",
    "different-measure": "They measure different things.",
}


def list_rows(context: Context, verdict: Verdict) -> tuple[Row, ...]:
    """Return the findings of a story with this verdict as rows, in the order of the report."""
    return tuple(point_row(context, number, finding) for number, finding in _numbered(context, verdict))


def list_compatible(context: Context) -> Iterator[tuple[Row, Difference | None]]:
    """Yield the compatible findings of a story as rows, each with the kind of difference."""
    for number, finding in _numbered(context, "compatible"):
        yield point_row(context, number, finding), finding.difference


def tell_ruling(decision: Decision) -> str:
    """Return a ruling on a point or a quotation as the line that stands with it."""
    said = f"{decision.who} ruled on {decision.at[:10]}: {RULED.get(decision.ruling, decision.ruling)}"
    return f"{said}. {decision.note}" if decision.note else f"{said}."


def _numbered(context: Context, verdict: Verdict) -> Iterator[tuple[int, Finding]]:
    if context.story is not None:
        for number, finding in enumerate(context.story.findings, start=1):
            if finding.verdict == verdict:
                yield number, finding


def point_row(context: Context, number: int, finding: Finding) -> Row:
    """Return a finding as a row; `number` counts the findings of the story from 1."""
    assert context.story is not None
    notes = []
    if finding.difference is not None and finding.difference != "partial":
        notes.append(Note(DIFFERENCES[finding.difference]))
    notes += list_origin_notes(context, finding.origins, finding.documents)
    named = point_id(context.story, number)
    notes += [Note(tell_ruling(d)) for d in context.report.decisions if d.point == named]
    return Row(
        id=named,
        label=LABELS[finding.verdict],
        tone=TONES[finding.verdict],
        sentence=finding.reason,
        evidence=tuple(_list_evidence(context, finding)),
        notes=tuple(notes),
        documents=context.sort(finding.documents),
        silent=context.sort(finding.silent),
        verdict=finding.verdict,
        kind=KINDS[finding.kind],
        why=tuple(_list_why(finding)),
    )


def _list_why(finding: Finding) -> Iterator[Why]:
    """Yield the strongest judgements behind a finding; of a single one what comes nearest, without its sum."""
    is_single = finding.verdict == "single"
    for judgement in finding.judgements[:MOST_WHY]:
        lead = "Like words" if judgement.blocker is not None else "Nearest" if is_single else "Held together"
        note = Note(f"{lead}: {tell_relation(judgement)}", (*judgement.left.spans, *judgement.right.spans))
        if is_single:
            yield Why(replace(note, spans=judgement.right.spans), ())
            continue
        changes = tuple(list_changes(judgement.features))
        told = (f"What would have changed it: {'; '.join(changes)}",) if changes else ()
        yield Why(note, list_terms(judgement.features), (*tell_values(judgement), *told))


def _list_evidence(context: Context, finding: Finding) -> Iterator[Evidence]:
    """Yield the words of a finding by side; the values are marked inside the statements that hold them."""
    stated = [s for one in finding.statements for s in one.spans]
    if not finding.sides:
        yield Evidence("", context.show(stated))
        return
    used: set[Span] = set()
    for side in finding.sides:
        shown = []
        for value in side.spans:
            around = sorted((s for s in stated if s.covers(value)), key=lambda s: (s.length, s.start))
            shown.append(around[0] if around else value)
        used.update(shown)
        words = {" ".join(context.words(s).split()) for s in shown}
        caption = "" if side.value.strip("“”\"' ") in words else side.value
        yield Evidence(caption, context.show(shown, [Mark(v, "value") for v in side.spans]))
    rest = [s for s in stated if s not in used]
    if rest:
        yield Evidence("Also on this point", context.show(rest))


def list_origin_notes(context: Context, origins: Origins | None, documents: tuple[str, ...]) -> Iterator[Note]:
    """Yield how many origins stand behind documents, and why; nothing where nothing is recorded.

    Of one document it tells where it has the point from, where that is known.
    """
    if origins is None or origins.independence == "not-recorded":
        return
    told = [g for g in origins.groups if g.reason]
    if len(documents) < 2:
        if origins.independence != "not-established":
            yield from (Note(g.reason, g.evidence) for g in told)
        return
    many = count_of(len(documents), "document")
    shared = [g for g in origins.groups if len(g.documents) > 1]
    if origins.independence == "independent":
        lead = f"{many}, {count_of(origins.count, 'independent origin')}"
    elif origins.count == 1:
        lead = f"{many}, 1 origin"
    elif origins.count < len(documents):
        lead = f"{many}, at most {count_of(origins.count, 'origin')}"
    else:
        yield Note(f"{many}; independence is not established.")
        yield from (Note(g.reason, g.evidence, detail=True) for g in told)
        return
    if len(told) == 1 and (origins.count == 1 or len(told[0].reason) <= LONGEST_REASON):
        yield Note(f"{lead}: {told[0].reason}", told[0].evidence)
        return
    who = "; ".join(f"{context.names(g.documents)} share one" for g in shared)
    yield Note(f"{lead}: {who}." if who and origins.count > 1 else f"{lead}.")
    for group in told:
        yield Note(group.reason, group.evidence, detail=True)
