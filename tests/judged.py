"""The small fictional report with judgements behind two of its points, and all reports that a form is tried on."""

from __future__ import annotations

import math
from dataclasses import replace

from tests.builders import find_span, make_hostile_report, make_report
from wirecheck.model import Feature, Judgement, Nearest, Report, Stated, ValueComparison


def make_judged_report() -> Report:
    """Return the report with a judgement behind its first point, and what comes nearest to its single one."""
    report = make_report()
    story = report.stories[0]
    first, single = story.findings[0], next(f for f in story.findings if f.verdict == "single")
    herald, post = (next(d for d in report.documents if d.name == name) for name in ("herald", "post"))
    stated = {s.document: s for s in first.statements}
    features = (
        Feature("to begin with", "", "", -1.0),
        Feature("both give 14", "", "", 2.0),
        Feature("words that both have", "ferry", "ferry", 0.5),
    )
    probability = 1 / (1 + math.exp(-1.5))
    value = ValueComparison(
        "quantity",
        find_span(herald, "14 people"),
        find_span(post, "17 people"),
        "excluded",
        "“14 people” and “17 people” exclude each other",
    )
    judgement = Judgement(stated[herald.id], stated[post.id], "contradicts", probability, features, (value,))
    near = find_span(post, "The captain was relieved of duty on Wednesday, after all passengers were ashore.")
    low = Judgement(
        single.statements[0],
        Stated(post.id, (near,)),
        "other",
        1 / (1 + math.exp(2.0)),
        (Feature("to begin with", "", "", -2.0),),
    )
    judged = {
        id(first): replace(first, judgements=(judgement,)),
        id(single): replace(single, judgements=(low,), nearest=(Nearest(post.id, near, low.probability),)),
    }
    findings = tuple(judged.get(id(f), f) for f in story.findings)
    return replace(report, stories=(replace(story, findings=findings),))


REPORTS = {"report": make_report, "hostile": make_hostile_report, "judged": make_judged_report}
