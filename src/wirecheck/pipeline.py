"""The order of work: the only module that knows it.

1 read   2 fingerprint   3 pair   4 group   5 annotate   6 resolve   7 state   8 trace   9 align   10 check   11 report
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wirecheck.annotators import annotate
from wirecheck.checks.run import run_checks
from wirecheck.comparison.story import compare_sentences
from wirecheck.guarding import guarding
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading, read_document
from wirecheck.lineage import list_origins, trace_lineage
from wirecheck.lineage.credits import list_credits
from wirecheck.lineage.families import find_owners
from wirecheck.model import Decision, Document, Problem, Quotation, QuoteGroup, Report, Story, StoryReport
from wirecheck.points import align_points
from wirecheck.points.paraphrase import Paraphrase
from wirecheck.points.quotations.groups import group_quotations, group_retellings
from wirecheck.points.quotations.parting import part_quotations
from wirecheck.progress import track
from wirecheck.report.build import build_timeline
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.reuse import find_reuse
from wirecheck.settings import Settings
from wirecheck.statements import find_statements
from wirecheck.stories import group_stories, one_story


def compare_documents(
    documents: Sequence[Document],
    problems: Iterable[Problem] = (),
    *,
    settings: Settings | None = None,
    decisions: Sequence[Decision] = (),
) -> Report:
    """Return the report over documents that have been read; their order changes nothing.

    `decisions` are what people ruled of them: those of origins are honoured, all are shown. A text that a rule fails
    on has a problem for what is lost by it, and nothing else is.
    """
    from wirecheck import __version__
    from wirecheck.language import describe_models

    settings = settings if settings is not None else Settings()
    ordered = tuple(sorted(documents, key=lambda d: (d.name, d.id)))
    stories = one_story(ordered) if settings.one_story else group_stories(ordered)
    by_id = {d.id: d for d in ordered}
    owners = find_owners(ordered, settings.publishers)
    met = list(problems)
    reports = []
    for story in stories:
        inside = [by_id[i] for i in story.documents]
        found = StoryReport(story)
        with guarding(met, inside[0].location, f"its story (documents: {len(inside)}) was not compared"):
            found = compare_story(story, inside, met, decisions=decisions, owners=owners)
        reports.append(found)
    return Report(
        documents=ordered,
        stories=tuple(reports),
        problems=tuple(sorted(set(met), key=lambda p: p.key)),
        version=__version__,
        settings=settings.as_mapping(),
        models=describe_models(),
        decisions=tuple(decisions),
    )


def compare_quotations(
    documents: Sequence[Document],
) -> tuple[tuple[Quotation, ...], tuple[QuoteGroup, ...], tuple[Paraphrase, ...]]:
    """Return the quotations of documents of one story, which are one utterance, and which parts retell which.

    This is `compare_story` up to there.
    """
    readings = tuple(read_document(d) for d in documents)
    annotations = tuple(annotate(r) for r in readings)
    actors = resolve_actors(readings, annotations)
    dossier = Dossier(one_story(documents)[0], readings, resolve_speakers(readings, annotations, actors), actors)
    statements, embeddings = find_statements(dossier)
    dossier = part_quotations(dossier.having(statements=statements, embeddings=embeddings))
    return dossier.quotations, *group_retellings(dossier)


def compare_story(
    story: Story,
    documents: Sequence[Document],
    problems: list[Problem],
    *,
    decisions: Sequence[Decision] = (),
    owners: Mapping[str, str] = {},
) -> StoryReport:
    """Return what is found of one story; what is lost of one of its documents is added to `problems`."""
    readings = tuple(_read(d, problems) for d in track(documents, "reading documents"))  # 2
    annotations = tuple(annotate(r, problems) for r in track(readings, "marking what is said"))  # 5
    actors = resolve_actors(readings, annotations)  # 6
    annotations = resolve_speakers(readings, annotations, actors)
    dossier = Dossier(story, readings, annotations, actors, decisions=tuple(decisions), owners=owners)
    statements, embeddings = find_statements(dossier)  # 7
    dossier = dossier.having(statements=statements, embeddings=embeddings)
    dossier = dossier.having(reuse=find_reuse(dossier))  # 8
    dossier = dossier.having(lineage=trace_lineage(dossier))
    dossier = part_quotations(dossier)  # 9
    points = align_points(dossier)
    compared = compare_sentences(dossier)
    groups = group_quotations(dossier, compared)
    findings = run_checks(dossier, points, problems, compared=compared)  # 10
    return StoryReport(
        story=replace(story, documents=tuple(d.id for d in dossier.documents)),
        actors=dossier.actors,
        quotations=dossier.quotations,
        quote_groups=groups,
        findings=findings,
        credits=tuple(c for d in dossier.documents for c in list_credits(dossier, d.id) if not c.own),
        reuse=dossier.reuse,
        lineage=dossier.lineage,
        origins=list_origins(dossier),
        timeline=build_timeline(dossier, findings),
    )


def _read(document: Document, problems: list[Problem]) -> Reading:
    """Return a document's reading; one without sentences where the text cannot be read."""
    with guarding(problems, document.location, "its sentences were not read"):
        return read_document(document)
    return Reading(document, (), ())
