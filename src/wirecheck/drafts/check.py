"""The order of the checks of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from wirecheck.drafts.case import Case, read_case
from wirecheck.drafts.claims import check_claims
from wirecheck.drafts.names import check_names
from wirecheck.drafts.quotations import check_quotations
from wirecheck.drafts.values import check_values
from wirecheck.errors import UsageError
from wirecheck.guarding import guarding
from wirecheck.model import Document, DraftItem, DraftReport, Problem, Span
from wirecheck.places import Places
from wirecheck.settings import Settings


def check_documents(
    draft: Document, sources: Sequence[Document], problems: Iterable[Problem] = (), *, settings: Settings | None = None
) -> DraftReport:
    """Return what each quotation, figure, date, name and claim of a draft has to do with its sources.

    The order of the sources changes nothing. A text that a rule fails on has a problem for what is lost by it. Raises
    `UsageError` without a source.
    """
    from wirecheck import __version__
    from wirecheck.language import describe_models

    if not sources:
        raise UsageError("nothing to hold the draft against: give at least one source that can be read")
    settings = settings if settings is not None else Settings()
    met = list(problems)
    case = read_case(draft, sources, met)
    items: list[DraftItem] = []
    for check, lost in _CHECKS:
        with guarding(met, draft.location, f"its {lost} were not checked"):
            items += check(case, items)
    return DraftReport(
        draft=case.draft,
        documents=tuple(s.document for s in case.sources),
        items=tuple(sorted((_close(i) for i in items), key=lambda i: (i.span, i.kind))),
        problems=tuple(sorted(set(met), key=lambda p: p.key)),
        version=__version__,
        settings=settings.as_mapping(),
        models=describe_models(),
    )


def _close(item: DraftItem) -> DraftItem:
    """Return an item whose reason ends in one full stop, be it inside the last quotation marks."""
    return replace(item, reason=item.reason[:-1]) if item.reason.endswith((".”.", "!”.", "?”.")) else item


def _check_outside(
    check: Callable[[Case, Callable[[Span], bool]], Iterator[DraftItem]],
) -> Callable[[Case, Sequence[DraftItem]], list[DraftItem]]:
    """Return a check that leaves out what stands inside quotations, which are checked whole."""

    def check_rest(case: Case, items: Sequence[DraftItem]) -> list[DraftItem]:
        quoted = sorted(i.span for i in items if i.kind == "quotation")
        places = Places(quoted, lambda s: (s.start, s.end))
        return list(check(case, lambda span: any(places.touching(span.start, span.end))))

    return check_rest


_CHECKS: tuple[tuple[Callable[[Case, Sequence[DraftItem]], list[DraftItem]], str], ...] = (
    (lambda case, items: list(check_quotations(case)), "quotations"),
    (_check_outside(check_values), "figures and dates"),
    (_check_outside(check_names), "names"),
    (lambda case, items: list(check_claims(case)), "claims"),
)
