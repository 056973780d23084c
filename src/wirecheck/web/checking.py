"""What came of a claim or a draft, as the app lists it: from `wirecheck-claim/1` and `wirecheck-draft/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_TONES = {
    **dict.fromkeys(("states", "supported", "verbatim"), "agree"),
    **dict.fromkeys(("contradicts", "conflict", "altered", "spliced", "other-speaker"), "conflict"),
    **dict.fromkeys(("differs", "rounded", "trimmed", "paraphrased"), "differ"),
    "not-found": "open",
}


def list_entries(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a claim or a draft: label and tone, what it is of, why, and the words in the documents."""
    return list(_list_claim(found) if "claim" in found else _list_draft(found))


def _list_claim(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in found["documents"]:
        spans = one["spans"] or ([one["nearest"]] if one["nearest"] else [])
        yield {
            "label": one["verdict"] + (f", {one['difference']}" if one.get("difference") else ""),
            "tone": _TONES.get(one["verdict"], "plain"),
            "name": one["name"],
            "document": one["document"],
            "words": "",
            "reason": one["reason"],
            "places": [{**span, "name": one["name"] if one["spans"] else "Nearest:"} for span in spans],
        }


def _list_draft(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    names = {d["id"]: d.get("publisher") or d["name"] for d in found.get("documents", ())}
    for one in found["items"]:
        places = [{**s["span"], "name": names.get(s["document"], s["document"])} for s in one["sources"] if s["span"]]
        yield {
            "label": f"{one['kind']}: {one['verdict']}",
            "tone": _TONES.get(one["verdict"], "plain"),
            "name": "",
            "document": "",
            "words": one["span"]["text"],
            "reason": one["reason"],
            "places": places,
        }
