"""Exports of a report for other programs: one module each, defining one constant `EXPORT`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from wirecheck.errors import UsageError
from wirecheck.model import Document, Report, ReportPoint

# Ends of names that another program opens as its own.
_FOREIGN = frozenset(
    ["bib", "csv", "doc", "docx", "htm", "html", "json", "md", "ods", "odt", "pdf", "rtf", "xls", "xlsx"]
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a report is exported."""

    report: Report
    points: tuple[ReportPoint, ...]
    documents: tuple[Document, ...]
    """Those that were asked for, else those that the points rest on; all of them where nothing was filtered."""
    filtered: bool
    """Whether anything was asked for; else `points` and `documents` are all of the report."""


@dataclass(frozen=True, slots=True)
class Export:
    """A plug-in that writes a report for another program.

    `render` gives the whole file, the same bytes for the same report; it raises `MissingExtraError` where a package is
    missing. `ending` is how names of such files end, without the first dot: "docx", "csl.json".
    """

    name: str
    version: int
    ending: str
    summary: str
    render: Callable[[Selection], bytes]


def list_exports() -> tuple[Export, ...]:
    """Return all exports by name."""
    from wirecheck.plugins import discover

    found: tuple[Export, ...] = discover(__name__, "EXPORT")
    return found


def find_export(name: str) -> Export:
    """Return the export with this name; raises `UsageError` that lists the known ones."""
    for export in list_exports():
        if export.name == name:
            return export
    raise UsageError(f"no format {name!r}; there is {', '.join(e.name for e in list_exports())}")


def find_target(target: str) -> tuple[Export, str]:
    """Return the export and the file that `FORMAT:FILE`, or a file name with a known ending, asks for.

    Raises `UsageError` where neither says which format is meant.
    """
    known = {e.name: e for e in list_exports()}
    name, colon, rest = target.partition(":")
    if colon and name in known and rest:
        check_name(known[name], rest)
        return known[name], rest
    fitting = [e for e in known.values() if target.lower().endswith(f".{e.ending}")]
    if fitting:
        return max(fitting, key=lambda e: len(e.ending)), target
    endings = ", ".join(f".{e.ending}" for e in known.values())
    raise UsageError(f"what format is {target!r}? Write FORMAT:FILE, or end the name in one of {endings}")


def check_name(export: Export, file: str) -> None:
    """Raise `UsageError` for a file whose name ends as those of other programs do: a Word file is no x.pdf."""
    ending = PurePath(file).suffix.lower().removeprefix(".")
    if ending in _FOREIGN and ending != export.ending.rpartition(".")[2]:
        raise UsageError(f"{file} would be a {export.name} file under the name of another: end it in .{export.ending}")


def select(
    report: Report,
    *,
    verdict: str | Iterable[str] | None = None,
    kind: str | Iterable[str] | None = None,
    document: str | Iterable[str] | None = None,
) -> Selection:
    """Return what fits; see `Report.points` for the options and what they raise."""
    points = report.points(verdict=verdict, kind=kind, document=document)
    filtered = not (verdict is None and kind is None and document is None)
    if document is not None:
        documents = report.find_documents(document)
    elif filtered:
        used = {d for p in points for d in p.finding.documents}
        documents = tuple(d for d in report.documents if d.id in used)
    else:
        documents = report.documents
    return Selection(report, points, documents, filtered)


def export_report(
    report: Report,
    name: str,
    *,
    verdict: str | Iterable[str] | None = None,
    kind: str | Iterable[str] | None = None,
    document: str | Iterable[str] | None = None,
) -> bytes:
    """Return the file of a format, such as "docx", over what fits the filters.

    Raises `UsageError` for a format, verdict, kind or document that there is not, `MissingExtraError` where a package
    is missing.
    """
    return find_export(name).render(select(report, verdict=verdict, kind=kind, document=document))
