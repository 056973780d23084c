"""Parts of the app by themselves: forms, items, marks, the picture of reuse, the worker, what a check gave."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("starlette", reason="the app is not installed")

from tests.builders import make_report
from tests.tasks import count_slowly, end_at_once, refuse, sleep_on, tell_priority
from wirecheck.archive import Listing, Member
from wirecheck.errors import UsageError
from wirecheck.model import Report, Span
from wirecheck.settings import Settings
from wirecheck.web.checking import list_entries
from wirecheck.web.desk import Lately
from wirecheck.web.forms import read_place, read_wanted
from wirecheck.web.graph import draw_graph
from wirecheck.web.items import cut_text, find_next, list_items, select_items
from wirecheck.web.marks import Marks
from wirecheck.web.serve import _is_loopback, _listen, list_hosts
from wirecheck.web.tasks import Given, Pasted, Upload, clean_name, compare, read
from wirecheck.web.worker import MOST_WAITING, Worker


def one_story() -> Report:
    report = make_report()
    return replace(report, stories=report.stories[:1])


def listing_of(report: Report) -> Listing:
    members = tuple(Member(d.id, d.name, d.publisher, d.title, d.published, d.location) for d in report.documents)
    return Listing(f"s{report.documents[0].id[:8]}", "A story", None, None, members, (), (), 1)


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "/a\nb",
        "http:/x",
        "\x00/",
    ],
)
def test_what_is_no_place_of_the_app_leads_to_its_start(text: str) -> None:
    assert read_place(text) == "/"


def test_filters_of_an_address_are_bounded() -> None:
    wanted = read_wanted({"search": "x" * 9999, "least": "-4", "page": "9" * 40, "publisher": " The Herald "})

    assert len(wanted.search) == 2000
    assert (wanted.least, wanted.page, wanted.publisher) == (1, 1, "The Herald")


@pytest.mark.parametrize(
    "name",
    ["../../x.html", "/etc/passwd", "C:\\a\\b.txt", ".bashrc", "\u202ea.txt", "", "..", "a\x00b", "n" * 500 + ".html"],
)
def test_a_file_gets_a_label_that_is_no_path(name: str) -> None:
    label = clean_name(name)

    assert label
    assert not set(label) & set('/\\:\x00\u202e<>"')
    assert label not in (".", "..")
    assert len(label) <= 80


def test_what_a_form_gives_is_known_by_what_it_holds() -> None:
    first, _ = read(
        Given((Pasted("Ferry sinks\n\nTwo died."),), (Upload("a/b.txt", b"Ferry sinks\n\nTwo people died."),)),
        lambda s: None,
    )
    again, _ = read(
        Given((Pasted("Ferry sinks\r\n\r\nTwo died."),), (Upload("b.txt", b"Ferry sinks\n\nTwo people died."),)),
        lambda s: None,
    )

    assert [d.id for d in first] == [d.id for d in again]
    assert [d.name for d in first] == ["Text 1", "b"]
    assert first[0].publisher is None


def test_a_pasted_text_has_what_the_form_says_of_it() -> None:
    (document,), problems = read(
        Given((Pasted("Ferry sinks\n\nTwo died.", " The Herald ", "2025-02-01"),)), lambda s: None
    )

    assert (document.publisher, document.published, document.title) == ("The Herald", "2025-02-01", "Ferry sinks")
    assert problems == []


def test_nothing_that_can_be_read_is_a_mistake_in_words() -> None:
    with pytest.raises(UsageError, match=r"no document was read \(upload:\w+/a\.pdf: "):
        compare(Given((), (Upload("a.pdf", b"%PDF-1.4 nothing"),)), Settings(), lambda s: None)


def test_items_keep_their_names_and_the_next_one_is_not_yet_ruled_on() -> None:
    report = one_story()
    items = list_items(report)
    listed = select_items(items, "all")
    story = report.stories[0]
    turned = replace(report, stories=(replace(story, findings=story.findings[::-1]),))

    assert len({i.key for i in items}) == len(items)
    assert {i.key for i in items} == {i.key for i in list_items(turned)}
    decision = replace(report.decisions[0], ruling="settled", who="Jo", point=listed[0].id, spans=listed[0].spans)
    ruled = list_items(replace(report, decisions=(decision,)))
    assert find_next(select_items(ruled, "all"), "", "Jo") == ruled[1]
    assert find_next(select_items(ruled, "all"), "", "Ann") == ruled[0]
    assert find_next(select_items(ruled, "all"), listed[-1].key, "Jo") == ruled[1]
    assert find_next(ruled[:1], "", "Jo") is None


def test_a_text_cut_in_runs_is_the_text() -> None:
    for document in make_report().documents:
        spans = [Span(document.id, 3, 9), Span(document.id, 5, 20), Span("other", 0, 4)]
        runs = cut_text(document, spans)

        assert "".join(r.text for r in runs) == document.text
        assert "".join(r.text for r in runs if r.marked) == document.text[3:20]


def test_the_picture_is_the_same_for_the_same_report_and_names_every_document() -> None:
    report = one_story()
    graph = draw_graph(report)

    assert graph == draw_graph(one_story())
    assert [n.id for n in graph.nodes] == sorted(
        (n.id for n in graph.nodes), key=lambda i: (report.document(i).published or "9999", report.document(i).name)
    )
    assert {(x.left, x.right) for x in graph.links} >= {
        (x.source, x.to) for x in report.stories[0].lineage if x.source_is_document and x.directed
    }
    assert all(n.y < graph.height for n in graph.nodes)


def test_a_mark_is_found_under_any_id_that_the_story_had_and_by_its_reader_alone(tmp_path: Path) -> None:
    report = one_story()
    listing = listing_of(report)
    marks = Marks(tmp_path / "seen", tmp_path)
    assert marks.read("Jo", listing) is None
    marks.write("Jo", listing, report)

    later = replace(listing, id=f"s{report.documents[-1].id[:8]}")
    mark = marks.read("Jo", later)
    assert mark is not None
    assert mark.documents == {d.id for d in report.documents} == marks.look("Jo", later)
    assert marks.read("Ann", listing) is None
    for path in (tmp_path / "seen").rglob("*.gz"):
        path.write_bytes(b"\x1f\x8bbroken")
    assert marks.read("Jo", listing) is None


def test_marks_of_a_folder_that_cannot_be_written_are_none(tmp_path: Path) -> None:
    (tmp_path / "seen").write_text("a file")
    marks = Marks(tmp_path / "seen", tmp_path)
    marks.write("../../Jo", listing_of(one_story()), one_story())

    assert marks.look("../../Jo", listing_of(one_story())) is None


def test_only_the_last_few_values_are_held() -> None:
    held: Lately[int, str] = Lately(3)
    for number in range(1000):
        held.put(number, "x")
        held.get(0)

    assert len(held) == 3
    assert held.get(999) == "x"
    assert held.get(1) is None


def test_the_worker_lives_through_a_process_that_dies_a_mistake_and_a_task_that_takes_too_long() -> None:
    worker = Worker(limit_s=15)
    try:
        jobs = [
            worker.submit(end_at_once, title="a"),
            worker.submit(refuse, title="b"),
            worker.submit(sleep_on, 60, title="c"),
        ]
        last = worker.submit(sleep_on, 0, title="d", key="d")
        assert worker.submit(sleep_on, 0, title="d", key="d") is last
        for job in [*jobs, last]:
            assert job.over.wait(120)

        assert [j.state for j in jobs] == ["failed"] * 3
        assert "ended from outside" in jobs[0].error
        assert (jobs[1].error, jobs[1].is_mistake) == ("not so", True)
        assert "more than 15 seconds" in jobs[2].error
        assert (last.state, last.result, worker.count_ahead(last)) == ("done", "awake", 0)
    finally:
        worker.close()


def test_what_is_done_ahead_waits_for_what_is_asked_for_and_is_asked_for_itself() -> None:
    worker = Worker()
    try:
        running = worker.submit(sleep_on, 2, title="running")
        idle = [worker.submit(sleep_on, 0, title=name, key=name, ahead=1) for name in ("a", "b")]
        asked = worker.submit(sleep_on, 0, title="c")
        time.sleep(0.5)
        assert [worker.count_ahead(j) for j in (*idle, asked)] == [2, 3, 1]
        assert worker.submit(sleep_on, 0, title="b", key="b") is idle[1]  # somebody wants it now
        assert [worker.count_ahead(j) for j in (asked, idle[1], idle[0])] == [1, 2, 3]
        for job in (running, *idle, asked):
            assert job.over.wait(120)

        assert asked.begun < idle[1].begun < idle[0].begun
    finally:
        worker.close()


def test_what_is_done_ahead_is_set_aside_for_what_is_asked_for_and_done_again() -> None:
    worker = Worker()
    try:
        idle = worker.submit(count_slowly, 60, title="idle", ahead=1)
        give_up = time.monotonic() + 120
        while idle.total != 60 and time.monotonic() < give_up:
            time.sleep(0.02)
        assert (idle.said, idle.total) == ("Counting: one by one", 60)
        asked = worker.submit(tell_priority, title="asked")
        assert asked.over.wait(120)

        assert not idle.over.is_set()
        assert idle.over.wait(120)
        assert (idle.state, idle.result[0]) == ("done", 60)
        assert sys.platform != "linux" or idle.result[1] > asked.result
    finally:
        worker.close()


def test_the_list_that_was_shown_last_is_done_first_and_the_oldest_makes_room() -> None:
    worker = Worker()
    try:
        running = worker.submit(sleep_on, 3, title="running")
        time.sleep(0.2)
        first = [worker.submit(sleep_on, 0, title="first", key=n, ahead=1) for n in range(MOST_WAITING)]
        second = worker.submit(sleep_on, 0, title="second", key="second", ahead=2)

        assert first[-1].state == "failed"
        assert worker.find(first[-1].id) is None
        assert worker.submit(sleep_on, 0, title="first", key=1, ahead=3) is first[1]
        assert [worker.count_ahead(j) for j in (first[1], second, first[0])] == [1, 2, 3]
        assert running.over.wait(120)
        assert second.over.wait(120)
        assert first[1].begun < second.begun
    finally:
        worker.close()


def test_too_many_waiting_tasks_are_refused() -> None:
    worker = Worker()
    try:
        for _ in range(MOST_WAITING + 1):
            worker.submit(sleep_on, 60, title="a")
            time.sleep(0.01)
        with pytest.raises(UsageError, match="are waiting"):
            worker.submit(sleep_on, 60, title="a")
    finally:
        worker.close()


def test_a_claim_and_a_draft_are_listed_with_their_words() -> None:
    document = make_report().documents[0]
    span = Span(document.id, 0, 12)
    finding = SimpleNamespace(
        document=document.id, verdict="differs", difference="rounding", spans=(), nearest=span, reason="They differ."
    )
    (entry,) = list_entries(SimpleNamespace(documents=(document,), findings=(finding,)))
    item = SimpleNamespace(
        kind="figure", verdict="conflict", span=Span("draft", 0, 3), reason="No.", sources=(SimpleNamespace(span=span),)
    )
    draft = replace(document, id="draft", text="Six died.")
    (drafted,) = list_entries(SimpleNamespace(documents=(document,), items=(item,), draft=draft))

    assert (entry["label"], entry["tone"], entry["places"][0]["text"]) == (
        "differs, rounding",
        "differ",
        document.text[:12],
    )
    assert entry["places"][0]["name"].endswith("(nearest)")
    assert (drafted["label"], drafted["tone"], drafted["words"]) == ("figure: conflict", "conflict", "Six")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("desk.example", False),
    ],
)
def test_what_is_not_this_machine_is_warned_of(host: str, own: bool) -> None:
    assert _is_loopback(host) is own
    assert "127.0.0.1:8000" in list_hosts(host, 8000)
    assert "evil.example:8000" not in list_hosts(host, 8000)


@pytest.mark.parametrize("host", ["a\x00b", "\x1b[31m", f"{'x' * 70}.example", "no such name"])
def test_a_host_that_is_none_is_an_error_of_one_line(host: str) -> None:
    with pytest.raises(UsageError, match="nothing can listen"):
        _listen(host, 0)
