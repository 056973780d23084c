"""What has changed between two states of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_report
from wirecheck.report.changes import list_changes, list_edits
from wirecheck.report.json import build_json

Text = st.text(st.sampled_from("ab12 .\n“”"), max_size=60)


def document(id: str, text: str, location: str | None = None, publisher: str | None = None) -> dict[str, Any]:
    return {
        **dict.fromkeys(("url", "title", "published", "modified", "version_of")),
        "id": id,
        "name": id,
        "text": text,
        "location": location or f"{id}.txt",
        "publisher": publisher or id.title(),
    }


def state(documents: list[dict[str, Any]], points: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"documents": documents, "points": points or [], "quotations": [], "quote_groups": [], "origins": []}


def point(
    id: str, verdict: str, documents: list[dict[str, Any]], sides: dict[str, str], kind: str = "quantity"
) -> dict[str, Any]:
    """Return a point; `sides` gives for the id of each document the words that it has in it."""
    by_id = {d["id"]: d for d in documents}
    spans = {
        i: [{"document": i, "start": (at := by_id[i]["text"].index(words)), "end": at + len(words), "text": words}]
        for i, words in sides.items()
    }
    return {
        "id": id,
        "verdict": verdict,
        "kind": kind,
        "reason": f"{' and '.join(sides)} differ.",
        "statements": [{"document": i, "spans": spans[i]} for i in sides],
        "sides": [{"value": words, "documents": [i], "spans": spans[i]} for i, words in sides.items()],
    }


def kinds(earlier: dict[str, Any], later: dict[str, Any]) -> list[str]:
    return [c.kind for c in list_changes(earlier, later)]


def test_two_equal_states_have_no_change() -> None:
    made = build_json(make_report())

    assert list_changes(made, made) == ()


def test_a_document_that_came_is_new_and_one_that_went_is_gone() -> None:
    herald, post = document("herald", "Two died."), document("post", "Two died.")
    other = document("late", "Two died.", publisher="Herald")

    (came,) = list_changes(state([herald]), state([herald, post]))
    (again,) = list_changes(state([herald]), state([herald, other]))
    (went,) = list_changes(state([herald, post]), state([herald]))

    assert (came.kind, came.documents, came.sentence) == (
        "document",
        ("post",),
        "New: Post, the first document of this publisher.",
    )
    assert again.sentence == "New: Herald."
    assert (went.kind, went.documents) == ("gone", ("post",))


def test_a_changed_text_at_one_place_is_a_version_with_its_words_and_its_figure() -> None:
    before = document("h1", "The ferry sank. Two people died. It rained.", "h.txt", "Herald")
    after = document("h2", "The ferry sank. Four people died. It rained.", "h.txt", "Herald")

    version, figure = list_changes(state([before]), state([after]))

    assert version.kind == "version"
    assert [(e.kind, before["text"][e.left.start : e.left.end], after["text"][e.right.start : e.right.end])
            for e in version.edits if e.left and e.right] == [("replaced", "Two", "Four")]  # fmt: skip
    assert figure.sentence == "Herald has “Four” where it had “Two”."


def test_a_version_with_a_note_of_correction_tells_it() -> None:
    note = "Correction: The article said that two people died."
    before = document("h1", "The ferry sank. Two people died. It rained.", "h.txt", "Herald")
    after = document("h2", f"The ferry sank. Four people died. It rained.\n\n{note}", "h.txt", "Herald")

    version = list_changes(state([before]), state([after]))[0]

    assert version.sentence == f"Herald changed its text in 2 places; its note says “{note}”"


def test_a_conflict_is_new_once_and_is_resolved_with_how() -> None:
    herald, post = document("herald", "Two died."), document("post", "Four died.")
    both = [herald, post]
    conflict = point("s1-p1", "conflict", both, {"herald": "Two died", "post": "Four died"})
    agree = {**conflict, "verdict": "agree"}
    mended = document("post2", "Two died.", "post.txt", "Post")

    (new,) = list_changes(state(both, [agree]), state(both, [conflict]))
    (ended,) = list_changes(state(both, [conflict]), state(both, [agree]))
    changes = list_changes(state(both, [conflict]), state([herald, mended]))

    assert kinds(state(both, [conflict]), state(both, [conflict])) == []
    assert new.sentence == "New conflict (the documents agreed on it before): herald and post differ."
    assert ended.sentence.startswith("No longer a conflict (the documents agree now)")
    (ended,) = [c for c in changes if c.kind == "resolved"]
    assert "its words no longer stand in Post" in ended.sentence
    assert [s.document for s in ended.earlier] == ["herald", "post"]


def test_a_second_conflict_of_the_same_sentences_is_a_new_one() -> None:
    herald, post = document("herald", "Two of 9 died."), document("post", "Four of 8 died.")
    both = [herald, post]
    first = point("s1-p1", "conflict", both, {"herald": "Two of 9 died", "post": "Four of 8 died"})
    second = {**first, "id": "s1-p2", "sides": [{**side, "value": side["value"][-6:]} for side in first["sides"]]}

    (change,) = list_changes(state(both, [first]), state(both, [second, {**first, "id": "s1-p3"}]))

    assert (change.kind, change.point) == ("conflict", "s1-p2")


def test_a_point_that_has_a_new_side_has_a_new_figure() -> None:
    texts = [document("a", "Two died."), document("b", "Four died."), document("c", "Six died.")]
    two = point("s1-p1", "conflict", texts, {"a": "Two died", "b": "Four died"})
    three = point("s1-p1", "conflict", texts, {"a": "Two died", "b": "Four died", "c": "Six died"})

    new, change = list_changes(state(texts[:2], [two]), state(texts, [three]))

    assert new.kind == "document"
    assert change.sentence == "A point has a new figure: “Six died” (C); before: “Four died”; “Two died”."


def test_what_a_document_said_before_is_no_new_figure_in_a_point_that_it_came_into() -> None:
    herald, post, late = document("herald", "Two died."), document("post", "Six died."), document("late", "Two died.")
    before = [point("s1-p1", "single", [herald], {"herald": "Two died"})]
    after = [
        point("s1-p1", "conflict", [herald, post, late], {"herald": "Two died", "post": "Six died", "late": "Two died"})
    ]

    assert "figure" not in kinds(state([herald, post], before), state([herald, post, late], after))
    assert "figure" in kinds(state([herald], before), state([herald, post, late], after))


def test_altered_quotations_and_origins_of_documents_that_came_are_told() -> None:
    report = make_report()
    only = report.documents[:1]
    bare = replace(report, documents=only, stories=(), problems=(), decisions=())

    found = list_changes(build_json(bare), build_json(report))

    assert {"document", "quotation", "conflict"} <= {c.kind for c in found}
    for change in found:
        for span in change.spans:
            assert report.document(span.document).words(span)


@given(Text, Text)
def test_edits_lie_within_both_texts_in_order_and_equal_texts_have_none(earlier: str, later: str) -> None:
    edits = list_edits(earlier, later)

    assert list_edits(earlier, earlier) == ()
    for _, (a, b), (c, d) in edits:
        assert 0 <= a <= b <= len(earlier)
        assert 0 <= c <= d <= len(later)
        assert a < b or c < d
