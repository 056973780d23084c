"""What happened: the story, its documents, its dates, and how many origins stand behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from wirecheck.model import Document, Origin
from wirecheck.report.rows import Context, Evidence, Note, Part, Row, count_of, order_in_time
from wirecheck.report.sections import Section
from wirecheck.text.shown_dates import show_date, show_dates

_SHARED = ("conflict", "compatible", "agree")


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    documents = context.documents
    story = context.story.story
    publishers = {d.publisher for d in documents if d.publisher is not None}
    facts = count_of(len(documents), "document")
    if publishers:
        facts += f" from {count_of(len(publishers), 'publisher')}"
    dates = show_dates(story.first, story.last)
    if dates:
        facts += f", published {dates}"
    facts += f". {describe_origins(context)}" if len(documents) > 1 else ". Nothing to compare it with."
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    silent: Counter[str] = Counter()
    for finding in context.story.findings:
        for document in finding.documents:
            verdicts[document][finding.verdict] += 1
        if finding.verdict in _SHARED:
            silent.update(set(finding.silent))
    rows = tuple(_document_row(context, d, verdicts[d.id], silent[d.id]) for d in sorted(documents, key=order_in_time))
    return (Part("", rows, facts, shown=40, layout="documents"),)


def describe_origins(context: Context) -> str:
    """Return one or two sentences on how many origins the documents of a story have."""
    assert context.story is not None
    origins = context.story.origins
    shared = [o for o in origins if len(set(o.documents)) > 1]
    if not origins or not shared:
        return "No document was found to share its text with another; that they are independent is not established."
    who = "; ".join(_share(context, o) for o in shared)
    return f"At most {count_of(len(origins), 'origin')}: {who}."


def _share(context: Context, origin: Origin) -> str:
    names = context.names(origin.documents)
    return f"{names} share one ({origin.name})" if origin.name else f"{names} share one"


def _document_row(context: Context, document: Document, verdicts: Mapping[str, int], silent: int) -> Row:
    """Return a document as a row; `verdicts` counts the findings that it takes part in, by verdict."""
    about = [document.name] if context.shown(document.id) != document.name else []
    if document.published is not None:
        about.append(show_date(document.published))
    if document.author is not None:
        about.append(f"by {document.author}")
    about.append(count_of(_count_words(document), "word"))
    notes = [Note(" · ".join(about))]
    shares = [
        (verdicts["conflict"], count_of(verdicts["conflict"], "conflict")),
        (verdicts["agree"], count_of(verdicts["agree"], "agreement")),
        (verdicts["single"], f"alone on {verdicts['single']:,}"),
        (silent, f"silent on {silent:,}"),
    ]
    if len(context.documents) > 1 and any(n for n, _ in shares):
        notes.append(Note(" · ".join(told for n, told in shares if n)))
    title = document.title_span
    evidence = (Evidence("", context.show([title])),) if title is not None and title.length else ()
    return Row(
        id=f"d-{document.id}",
        label=context.shown(document.id),
        tone="plain",
        sentence=document.title or "(no headline)",
        notes=tuple(notes),
        evidence=evidence,
        documents=(document.id,),
    )


def _count_words(document: Document) -> int:
    """Return how many words the article has, furniture left out."""
    count, start = 0, 0
    for furniture in document.furniture:
        count += len(document.text[start : furniture.start].split())
        start = furniture.end
    return count + len(document.text[start:].split())


SECTION = Section(
    name="happened",
    version=1,
    title="What happened",
    summary="title, dates, documents, and how many origins they have",
    order=10,
    build=build,
)
