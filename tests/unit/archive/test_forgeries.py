"""48 kinds of forgery: a report is edited and given a new digest; what says so plain, with the archive, and again.

Each kind is one edit that leaves the report in its shape, so that its digest, and mostly its spans, say nothing.
"""

from __future__ import annotations

import copy
import functools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.archive.test_archive import write_lines
from wirecheck.archive import Archive, open_archive
from wirecheck.model import digest_document
from wirecheck.report.digest import digest_report
from wirecheck.report.json import render_json
from wirecheck.report.verify import verify_report
from wirecheck.sample import sample_folder

Report = dict[str, Any]
FORGERIES: dict[str, Callable[[Report], object]] = {}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("forgeries")
    with sample_folder() as sample, open_archive(folder / "archive", create=True) as opened:
        opened.add([sample])
        text = next(d.text for d in opened.documents() if d.name == "coastwatch")
        lines = [
            {
                "name": "relay",
                "publisher": "The Relay",
                "published": "some day",
                "text": f"{text}\n\nSeen from the pier.",
            },
            {"name": "bakers", "text": "Bakers in Oder walked out on Tuesday over night pay. Ovens would stay cold."},
        ]
        opened.add([write_lines(folder / "a.jsonl", lines)])
        ids = {d.name: d.id for d in opened.documents()}
        opened.decide("same-origin", [ids["coastwatch"], ids["relay"]], who="Jo Lund", note="One text.")
        yield opened


@pytest.fixture(scope="module")
def report(archive: Archive) -> Report:
    archive.compare = functools.cache(archive.compare)  # type: ignore[method-assign]
    story = archive.story(next(d.id for d in archive.documents() if d.name == "relay"))
    made: Report = json.loads(render_json(archive.compare(story.id, earlier=False)))
    return made


def kind(said: str) -> Callable[[Callable[[Report], object]], Callable[[Report], object]]:
    def keep(edit: Callable[[Report], object]) -> Callable[[Report], object]:
        FORGERIES[said] = edit
        return edit

    return keep


def put(said: str, *place: str | int, value: Any) -> None:
    """Add a kind that sets one value; a function gets the old one."""

    def edit(report: Report) -> None:
        holder: Any = report
        for key in place[:-1]:
            holder = holder[key]
        old = holder[place[-1]]
        new = value(old) if callable(value) else value
        assert new != old
        holder[place[-1]] = new

    FORGERIES[said] = edit


def rest(many: list[Any]) -> list[Any]:
    return many[1:]


def rename(report: Report, index: int, *, location: str | None = None, text: tuple[str, str] = ("", "")) -> None:
    """Give a document another location or words of the same length, and everything the id that fits."""
    entry = report["documents"][index]
    old = entry["id"]
    new = digest_document(location or entry["location"], entry["text"].replace(*text) if text[0] else entry["text"])
    entry["location"] = location or entry["location"]
    made = json.dumps(report, ensure_ascii=False).replace(old, new)
    report.update(json.loads(made.replace(*text) if text[0] else made))


def list_own_word(report: Report, index: int) -> tuple[str, str]:
    """Return a word that one document alone has, and one of the same length."""
    others = " ".join(d["text"] for d in report["documents"] if d is not report["documents"][index])
    words = re.findall(r"\w{6,}", report["documents"][index]["text"])
    own = next(w for w in words if w.casefold() not in others.casefold())
    return own, own[::-1]


def mentions(value: Any, names: set[str]) -> bool:
    if isinstance(value, dict):
        return any(mentions(inner, names) for inner in value.values())
    return any(mentions(inner, names) for inner in value) if isinstance(value, list) else value in names


def leave_out(report: Report, names: set[str]) -> None:
    """Take out everything that rests on what has one of these names, until nothing does."""
    parts = [key for key, value in report.items() if isinstance(value, list) and key != "stories"]
    while True:
        gone = {e["id"] for part in parts for e in report[part] if mentions(e, names) and "id" in e}
        for part in parts:
            report[part] = [e for e in report[part] if not mentions(e, names)]
        for story in report["stories"]:
            story["documents"] = [d for d in story["documents"] if d not in names]
        if gone <= names:
            return
        names |= gone


def conflict(report: Report) -> Any:
    return next(p for p in report["points"] if p["verdict"] == "conflict")


def quoted(report: Report, relation: str) -> Any:
    return next(g for g in report["quote_groups"] if g["relation"] == relation)


# documents: their words and what is said of them
kind("a word of a text and everything on it")(lambda r: rename(r, 0, text=list_own_word(r, 0)))
kind("a document comes from elsewhere")(lambda r: rename(r, 0, location="https://elsewhere.example/a"))
put("the hash of the bytes", "documents", 0, "sha256", value="0" * 64)
put("the name of a document", "documents", 0, "name", value="The Gazette")
put("a publisher", "documents", 1, "publisher", value="The Gazette")
put("an address", "documents", 0, "url", value="https://gazette.example/1")
put("a headline", "documents", 0, "title", value="Ferry sails on")
put("where a headline stands", "documents", 0, "title_span", value=None)
put("an author", "documents", 0, "author", value="Jo Lund")
put("a date of publication", "documents", 0, "published", value="2025-10-13")
put("a document is a version of another", "documents", 0, "version_of", value="0" * 16)
put("the order of the documents", "documents", value=lambda many: many[::-1])
kind("a document stands twice")(lambda r: r["documents"].append(copy.deepcopy(r["documents"][0])))
kind("a document is left out")(lambda r: leave_out(r, {r["documents"][-1]["id"]}))


@kind("a conflicting paragraph is furniture")
def hide(report: Report) -> None:
    point = conflict(report)
    span = point["sides"][0]["spans"][0]
    entry = next(d for d in report["documents"] if d["id"] == span["document"])
    entry["furniture"].append(copy.deepcopy(span))
    report["points"].remove(point)
    report["timeline"] = [t for t in report["timeline"] if t["point"] != point["id"]]


@kind("everything is emptied")
def empty(report: Report) -> None:
    for key, value in report.items():
        if isinstance(value, list):
            report[key] = []


# the program
put("a version", "wirecheck", "version", value="0.0.9")
put("a setting", "wirecheck", "settings", "fetch_timeout_s", value=1.0)
kind("a setting that there is not")(lambda r: r["wirecheck"]["settings"].update(strict=True))
kind("a model")(lambda r: r["wirecheck"]["models"].update({"reading-model.onnx": "0" * 64}))
kind("a key is added")(lambda r: r.update(approved_by="Jo Lund"))
# what was found
put("the title of a story", "stories", 0, "title", value="A quiet day")
put("when a story began", "stories", 0, "from", value="2025-10-01")
put("the name of an actor", "actors", 0, "name", value="Jo Lund")
put("a role is left out", "actors", value=lambda many: [{**a, "roles": []} for a in many])
kind("a quotation gets other words")(lambda r: r["quotations"][0]["contents"][0].update(text="Nobody was hurt"))
put("who says it", "quotations", 0, "speaker_name", value="Jo Lund")
put("what is told is quoted", "quotations", 0, "kind", value=lambda old: "indirect" if old == "direct" else "direct")
kind("a quotation is left out")(lambda r: leave_out(r, {r["quotations"][0]["id"]}))
kind("an altered quotation is verbatim")(lambda r: quoted(r, "altered").update(relation="verbatim", differences=[]))
put("a reason of a quote group", "quote_groups", 0, "reason", value="All quote it alike.")
kind("a conflict is an agreement")(lambda r: conflict(r).update(verdict="agree", sides=[]))
put("a reason", "points", 0, "reason", value="All is well.")
kind("a value of a side")(lambda r: conflict(r)["sides"][0].update(value="none"))
kind("a side has the other's documents")(
    lambda r: conflict(r)["sides"][0].update(documents=conflict(r)["sides"][1]["documents"])
)
kind("a conflict is left out")(lambda r: leave_out(r, {conflict(r)["id"]}))
put("the order of the points", "points", value=lambda many: many[::-1])
put("how many origins", "points", 0, "origins", "count", value=lambda old: old + 1)
kind("a credit is left out")(lambda r: r.update(credits=rest(r["credits"])))
put("how much is shared", "reuse", 0, "left_share", value=0.0001)
kind("who has it from whom")(
    lambda r: r["lineage"][0].update(relation="credit" if r["lineage"][0]["relation"] != "credit" else "reprint")
)
put("an origin is two", "origins", value=lambda many: [*many, {**many[0], "id": f"{many[0]['id']}x"}])
kind("a time")(lambda r: r["timeline"][0].update(when="2025-10-01", precision="day"))
# what was met, and what people ruled
kind("a problem is invented")(
    lambda r: r["problems"].append({"location": "x.txt", "message": "the text is a forgery", "span": None})
)
kind("a problem is left out")(lambda r: r.update(problems=rest(r["problems"])))
put("who ruled", "decisions", 0, "who", value="Piet Haan")
kind("a ruling is left out")(lambda r: r.update(decisions=rest(r["decisions"])))
kind("a ruling is invented")(
    lambda r: r["decisions"].append({**copy.deepcopy(r["decisions"][0]), "number": 2, "ruling": "other-origin"})
)


def forge(report: Report, edit: Callable[[Report], object]) -> Report:
    forged = copy.deepcopy(report)
    edit(forged)
    forged["digest"] = digest_report(forged)
    assert forged != report
    return forged


def verify(archive: Archive, report: Report, *, again: bool) -> list[str]:
    """Return what the command says with an archive."""
    return verify_report(report, archive.document) or archive.hold(report, again=again)


def test_the_report_as_it_was_made_holds(archive: Archive, report: Report) -> None:
    assert verify_report(report) == []
    assert verify(archive, report, again=False) == []
    assert verify(archive, report, again=True) == []


@pytest.mark.parametrize("said", FORGERIES)
def test_a_forgery_is_caught_with_the_archive_and_again(archive: Archive, report: Report, said: str) -> None:
    forged = forge(report, FORGERIES[said])

    assert verify(archive, forged, again=True)


def test_how_many_are_caught_by_what(archive: Archive, report: Report) -> None:
    forged = {said: forge(report, edit) for said, edit in FORGERIES.items()}
    plain = {said for said, made in forged.items() if verify_report(made)}
    held = {said for said, made in forged.items() if verify(archive, made, again=False)}

    # The figures of docs/using.md; with --again too, all are caught.
    assert (len(forged), len(plain), len(held)) == (48, 4, 26)
