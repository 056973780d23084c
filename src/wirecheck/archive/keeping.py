"""Comparisons that are kept: what was found of a story stays among the derived files until something in it changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

from wirecheck import __version__
from wirecheck.archive.deciding import place_decisions
from wirecheck.archive.listing import Listing, compare_framed, frame_listing
from wirecheck.archive.packing import pack, read_strings, unpack
from wirecheck.model import Problem, Report, StoryReport
from wirecheck.settings import Settings
from wirecheck.store import Derived, Store

# Comparisons that stay among the derived files, the newest; each takes some 100 KB. Which story will be opened next
# nobody knows, and one that is gone is compared again.
MOST_KEPT = 1000
# Rulings that a comparison follows; the others stand beside what it finds.
_FOLLOWED = ("same-origin", "other-origin")
_PREFIX = "report-"


def compare_kept(store: Store, derived: Derived, listing: Listing, settings: Settings, *, earlier: bool) -> Report:
    """Return the report over a story: what was found the last time, where all that it depends on is as it was."""
    given = frame_listing(store, listing, settings, earlier=earlier)
    found = find_kept(derived, listing, given)
    if found is None:
        found = compare_framed(given, settings)
        _write(derived, listing, given, found)
    return found


def keep_found(store: Store, derived: Derived, listing: Listing, settings: Settings, found: Report) -> None:
    """Keep a report over documents that were compared before they came into the archive, as that over their story.

    Nothing is kept unless the story has these documents and no others, as they were then, and no ruling that a
    comparison follows: then comparing it would find the same.
    """
    given = frame_listing(store, listing, settings, earlier=False)
    locations = {d.location for d in given.documents}
    problems = {p for p in found.problems if p.location in locations}
    if (
        len(found.stories) == 1
        and found.documents == given.documents
        and found.settings == given.settings
        and found.version == __version__
        and problems == set(given.problems)
        and not any(d.ruling in _FOLLOWED for d in given.decisions)
    ):
        _write(derived, listing, given, replace(found, problems=given.problems))


def _write(derived: Derived, listing: Listing, given: Report, found: Report) -> None:
    (story,) = found.stories
    value = {
        "story": pack(story),
        "problems": [pack(p) for p in found.problems],
        "version": found.version,
        "models": dict(found.models),
    }
    derived.write(_name(listing), key_of(given), value)
    derived.prune(_PREFIX, most=MOST_KEPT)


def find_kept(derived: Derived, listing: Listing, given: Report) -> Report | None:
    """Return the report that is kept of a story, with the rulings that stand now; None where there is none.

    `given` is what `frame_listing` gives of the story.
    """
    held = derived.read(_name(listing), key_of(given))
    if held is None:
        return None
    try:
        story = unpack(StoryReport, held["story"])
        problems: Sequence[Problem] = [unpack(Problem, p) for p in held["problems"]]
        models = read_strings(held["models"])
    except (ValueError, KeyError, TypeError):
        return None
    found = replace(given, stories=(story,), problems=tuple(problems), version=str(held["version"]), models=models)
    return rule_again(found, given)


def rule_again(found: Report, given: Report) -> Report:
    """Return a report with the rulings and the title that `frame_listing` gives of its story now."""
    (story,), (framed,) = found.stories, given.stories
    stories = (replace(story, story=replace(story.story, title=framed.story.title)),)
    return place_decisions(replace(found, stories=stories, decisions=given.decisions))


def key_of(given: Report) -> str:
    """Return a digest of all that a comparison depends on; the text of a document is in its id."""
    documents = [astuple(replace(d, text="", received=b"")) for d in given.documents]
    followed = [astuple(d) for d in given.decisions if d.ruling in _FOLLOWED]
    rest = [astuple(p) for p in given.problems]
    value = [
        __version__,
        documents,
        followed,
        rest,
        dict(given.settings),
        _describe_models(),
        _digest_publishers(given),
    ]
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode("ascii")).hexdigest()


def _name(listing: Listing) -> str:
    return f"{_PREFIX}{listing.id}"


def _digest_publishers(given: Report) -> str | None:
    """Return a digest of the user's list of publishers, which may change while its name does not."""
    path = given.settings.get("publishers")
    if not isinstance(path, str):
        return None
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return None  # the comparison says so


def _describe_models() -> list[tuple[str, int, int]]:
    """Return the names, sizes and times of the model files: their digests would be read for each view."""
    from wirecheck.language.reader import DATA

    return sorted((p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in DATA.glob("*.onnx"))
