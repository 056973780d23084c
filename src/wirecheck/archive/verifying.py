"""Holding a report against the archive that it was made from: it must be what the archive gives of its story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wirecheck.archive.listing import Listing, frame_listing
from wirecheck.errors import UsageError
from wirecheck.report.differences import as_json, compare_parts, list_differences
from wirecheck.settings import Settings

if TYPE_CHECKING:
    from wirecheck.archive import Archive


def hold_report(archive: Archive, report: Mapping[str, Any], *, again: bool) -> list[str]:
    """Return where a report that was read from JSON is not what the archive gives of its story; nothing when it is.

    The report has been verified, so that its shape and spans hold. Held are its documents with all that is said of
    them, which of the story there are, settings, decisions, and that no problem is missing; with `again` the story is
    compared once more, and everything is held. What came into the archive since the report was made is listed too: it
    cannot be told from what was left out.
    """
    ids = [d["id"] for d in report["documents"]]
    if not ids:
        return ["documents: those of a story of the archive were expected; found none"]
    try:
        listing = archive.story(ids[0])
    except UsageError as error:
        return [f"documents[0]: {error}"]
    earlier = bool(set(ids) & set(listing.earlier))
    faults = _find_strangers(listing, ids, earlier=earlier)
    if faults:
        return faults
    if again:
        return list_differences(archive.compare(listing.id, earlier=earlier), report)
    return _hold_frame(archive, listing, report, earlier=earlier)


def _find_strangers(listing: Listing, ids: list[str], *, earlier: bool) -> list[str]:
    """Return which documents of the story are not in the report, and which of the report are not in the story."""
    expected = [*listing.documents, *(listing.earlier if earlier else ())]
    left_out = "of this story is not in the report: it was left out, or came into the archive since"
    faults = [f"documents: {ident} {left_out}" for ident in expected if ident not in ids]
    return faults + [
        f"documents[{number}]: {ident} is not of this story in the archive"
        for number, ident in enumerate(ids)
        if ident not in expected
    ]


def _hold_frame(archive: Archive, listing: Listing, report: Mapping[str, Any], *, earlier: bool) -> list[str]:
    made = as_json(frame_listing(archive.store, listing, Settings(), earlier=earlier))
    faults = compare_parts("wirecheck.settings", made["wirecheck"]["settings"], report["wirecheck"]["settings"])
    for part in ("documents", "stories"):
        faults += compare_parts(part, made[part], report[part])
    # Which point a decision has settled is known when the story has been compared.
    decisions = [_without_point(d) for d in report["decisions"]]
    faults += compare_parts("decisions", [_without_point(d) for d in made["decisions"]], decisions)
    for problem in made["problems"]:
        if problem not in report["problems"]:
            faults.append(f"problems: {problem['message']!r} of {problem['location']} is missing")
    return faults


def _without_point(decision: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in decision.items() if key != "point"}
