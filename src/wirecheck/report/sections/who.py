"""Who: the people, organizations, countries and places of the story, with the titles that documents give them."""

from __future__ import annotations

from collections import Counter

from wirecheck.model import Actor
from wirecheck.report.json import qualify
from wirecheck.report.rows import Context, Evidence, Mark, Note, Part, Row, count_of
from wirecheck.report.sections import Section

_TITLES = {
    "person": "People",
    "organization": "Organizations",
    "group": "Groups",
    "country": "Countries",
    "place": "Places",
    "other": "Others",
}


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    quoted = Counter(q.speaker for q in context.story.quotations if q.speaker is not None)
    parts = []
    for kind, title in _TITLES.items():
        rows = tuple(_actor_row(context, a, quoted[a.id]) for a in context.story.actors if a.kind == kind)
        if rows:
            parts.append(Part(title, rows, shown=8 if kind == "person" else 4, layout="brief"))
    return tuple(parts)


def _actor_row(context: Context, actor: Actor, quoted: int) -> Row:
    assert context.story is not None
    documents = context.sort(m.document for m in actor.mentions)
    told = [f"in {count_of(len(documents), 'document')}", count_of(len(actor.mentions), "mention")]
    if quoted:
        told.append({1: "quoted once", 2: "quoted twice"}.get(quoted, f"quoted {quoted} times"))
    notes = []
    for role in actor.roles:
        spans = sorted(role.spans, key=context.place)
        notes.append(Note(f"“{context.words(spans[0])}”" if spans else role.role, tuple(spans)))
    others = [v for v in actor.variants if v != actor.name]
    if others:
        notes.append(Note(f"Also: {', '.join(others)}"))
    first = {m.document: m for m in sorted(actor.mentions, key=context.place, reverse=True)}
    shown = [s for r in actor.roles for s in r.spans] or list(first.values())
    return Row(
        id=qualify(context.story, actor.id),
        label="",
        tone="plain",
        sentence=f"{actor.name}: {', '.join(told)}",
        notes=tuple(notes),
        evidence=(Evidence("", context.show(shown, [Mark(s, "value") for s in shown])),) if shown else (),
        documents=documents,
    )


SECTION = Section(
    name="who",
    version=1,
    title="Who",
    summary="people, organizations, countries and places, with their titles and names",
    order=60,
    build=build,
)
