"""Files and folders to documents: what is read, and what is said of the rest."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from pathlib import Path

import pytest

from wirecheck.model import Document, Problem
from wirecheck.readers import read_bytes, read_paths
from wirecheck.settings import Settings

BODY = (
    "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said.\n\n"
    "“We ran for our lives,” said Ida Moor, who had been on the upper deck with her two sons when it began to turn.\n"
)


def read_all(*paths: Path | str) -> tuple[tuple[Document, ...], list[str]]:
    documents, problems = read_paths([str(p) for p in paths], settings=Settings())
    return documents, [p.message for p in problems]


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def test_a_text_is_read_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "post.txt", "Ferry sinks off Port Elra\n\n" + BODY)
    (document,), problems = read_all(path)

    assert problems == []
    assert document.name == "post"
    assert document.text == "Ferry sinks off Port Elra\n\n" + BODY
    assert document.title == "Ferry sinks off Port Elra"
    assert document.language == "en"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.received == path.read_bytes()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"], ids=str
)
def test_a_text_is_the_same_in_each_encoding(encoding: str, tmp_path: Path) -> None:
    text = BODY + "It cost £5 – “too much”, said the café owner.\n"
    (document,), problems = read_all(write(tmp_path / "a.txt", text.encode(encoding)))

    assert problems == []
    assert document.text == text


def test_line_ends_of_other_systems_are_one(tmp_path: Path) -> None:
    (document,), _ = read_all(write(tmp_path / "a.txt", BODY.replace("\n", "\r\n")))

    assert document.text == BODY


def test_bytes_that_cannot_be_decoded_are_said_and_nothing_else_is_lost(tmp_path: Path) -> None:
    data = (BODY + "The café was closed. ¡É la vie! Ça va, señor?\n").encode() + b"cut \xe2\x80"
    (document,), problems = read_all(write(tmp_path / "a.txt", data))

    assert document.text.startswith(BODY)
    assert problems == ["UTF-8 was expected; 1 place could not be decoded"]


def test_control_characters_are_shown_and_said(tmp_path: Path) -> None:
    (document,), problems = read_all(write(tmp_path / "a.txt", BODY + "\x1b[31mred\x07"))

    assert "\ufffd[31mred\ufffd" in document.text
    assert problems == ["2 control characters shown as U+FFFD"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a text was expected; the file is empty"),
        (b" \n\t\n", "a text was expected; the file is empty"),
        (b"...!\n", "a text was expected; the file holds no words"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "a text was expected; this is a JPEG image"),
        (b"BM6 abc", "a text was expected; this is an image"),
        (bytes(range(256)) * 4, "a text was expected; these bytes are binary"),
    ],
    ids=["empty", "blank", "marks", "photo", "bitmap", "binary"],
)
def test_what_is_no_text_is_a_problem(data: bytes, message: str, tmp_path: Path) -> None:
    documents, problems = read_all(write(tmp_path / "a.txt", data), write(tmp_path / "b.txt", BODY))

    assert [d.name for d in documents] == ["b"]
    assert problems == [message]


def test_a_page_whose_only_words_are_escapes_of_controls_is_a_problem(tmp_path: Path) -> None:
    documents, problems = read_all(write(tmp_path / "a.html", rb"<html>\u0000\u0000"))

    assert not documents
    assert problems[-1] == "a page with an article was expected; it holds no words"


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    documents, problems = read_all(path)

    assert documents == ()
    assert problems == ["the file cannot be read: Permission denied"]


def test_a_larger_file_than_allowed_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    documents, problems = read_paths([str(path)], settings=Settings(largest_file_bytes=20))

    assert documents == ()
    assert [p.message for p in problems] == ["at most 20 bytes were expected; the file is larger and was not read"]


def test_a_language_other_than_english_is_said(tmp_path: Path) -> None:
    text = (
        "Die Fähre sank am Montag vor der Küste, und zwölf Menschen starben, wie die Küstenwache am Abend mitteilte. "
    )
    (document,), problems = read_all(write(tmp_path / "a.txt", text * 2))

    assert document.language == "de"
    assert problems == ["language: de; compared by wording only"]


def test_a_short_text_has_no_language(tmp_path: Path) -> None:
    (document,), problems = read_all(write(tmp_path / "a.txt", "Ferry sinks.\n"))

    assert document.language is None
    assert problems == []


def test_folders_are_read_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/c.txt"):
        write(tmp_path / name, BODY + name)
    documents, problems = read_all(tmp_path)

    assert [d.name for d in documents] == ["z", "b"]
    assert problems == []


def test_links_that_lead_out_of_a_folder_are_problems(tmp_path: Path) -> None:
    given, elsewhere = tmp_path / "given", tmp_path / "elsewhere"
    for folder in (given / "inner", elsewhere):
        folder.mkdir(parents=True)
    (elsewhere / "key.txt").write_text(BODY, "utf-8")
    (given / "inner" / "a.txt").write_text(BODY, "utf-8")
    try:
        (given / "out.txt").symlink_to(elsewhere / "key.txt")
        (given / "log.txt").symlink_to("/proc/kmsg")
        (given / "up").symlink_to(elsewhere)
        (given / "b.txt").symlink_to(Path("inner") / "a.txt")
        (tmp_path / "link").symlink_to(given)
    except OSError:
        pytest.skip("links cannot be made here")
    documents, problems = read_paths([str(tmp_path / "link")], settings=Settings())

    assert [d.text for d in documents] == [BODY]
    assert [(Path(p.location).name, p.message.split(";")[0]) for p in problems] == [
        ("b.txt", "given 2 times"),
        ("log.txt", "a link out of the folder"),
        ("out.txt", "a link out of the folder"),
        ("up", "a link to a folder"),
    ]
    assert len(read_all(given / "out.txt")[0]) == 1


def test_a_folder_without_files_is_a_problem(tmp_path: Path) -> None:
    documents, problems = read_all(tmp_path)

    assert documents == ()
    assert problems == ["a folder with documents was expected; it holds none"]


def test_a_folder_of_photographs_gives_a_problem_for_each(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / f"{number}.jpg", b"\xff\xd8\xff\xe0" + bytes(300))
    documents, problems = read_paths([str(tmp_path)], settings=Settings())

    assert documents == ()
    assert [Path(p.location).name for p in problems] == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_path_given_often_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    documents, problems = read_all(*[path] * 9, tmp_path)

    assert len(documents) == 1
    assert problems == ["given 10 times; read once"]


def test_the_same_text_at_two_places_is_two_documents_and_said(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", BODY), write(tmp_path / "b.txt", BODY)
    documents, problems = read_all(first, second)

    assert len({d.id for d in documents}) == 2
    assert problems == [f"same text as {first}"]


def test_names_are_made_unique(tmp_path: Path) -> None:
    for folder in ("x", "y", "z"):
        write(tmp_path / folder / "a.txt", BODY + folder)
    documents, _ = read_all(tmp_path)

    assert [d.name for d in documents] == ["a", "a-2", "a-3"]


def test_jsonl_gives_a_document_a_line_and_a_bad_line_stops_nothing(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": BODY, "name": "post", "publisher": "Elra Post", "published": "2025-03-03"}),
        "{not json",
        json.dumps({"title": "no text"}),
        json.dumps(["a list"]),
        "",
        json.dumps({"text": BODY + "More.", "title": "Ferry sinks", "published": "soon"}),
    ]
    path = write(tmp_path / "all.jsonl", "\n".join(lines))
    documents, problems = read_paths([str(path)], settings=Settings())

    assert [(d.name, d.location) for d in documents] == [("post", f"{path}:1"), ("all-6", f"{path}:6")]
    assert documents[0].publisher == "Elra Post"
    assert documents[0].received == lines[0].encode()
    assert documents[1].text == "Ferry sinks\n\n" + BODY + "More."
    assert documents[1].words(documents[1].title_span) == "Ferry sinks"  # type: ignore[arg-type]
    assert [(p.location, p.message.split(";")[0]) for p in problems] == [
        (f"{path}:2", "one JSON object was expected on the line"),
        (f"{path}:3", '"text" was expected to be a string'),
        (f"{path}:4", 'an object with "text" was expected'),
        (f"{path}:6", "published: a date such as 2025-02-13 was expected"),
    ]


def test_a_title_that_the_text_begins_with_is_not_set_before_it_again(tmp_path: Path) -> None:
    line = json.dumps({"text": "FERRY SINKS\n\n" + BODY, "title": "Ferry sinks"})
    (document,), _ = read_all(write(tmp_path / "a.jsonl", line))

    assert document.text.startswith("FERRY SINKS\n\nThe ferry")
    assert document.title == "Ferry sinks"
    assert document.title_span is not None
    assert document.title_span.start == 0


def test_a_json_file_with_a_list_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps([{"text": BODY}, {"text": BODY + "More."}], indent=1))
    documents, problems = read_all(path)

    assert [d.name for d in documents] == ["a-1", "a-2"]
    assert problems == []


def test_half_a_gzip_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"{BODY} {n} {hashlib.sha256(bytes([n])).hexdigest()}"}) for n in range(40))
    packed = gzip.compress(lines.encode())
    whole, _ = read_all(write(tmp_path / "whole.jsonl.gz", packed))
    half, problems = read_all(write(tmp_path / "half.jsonl.gz", packed[: len(packed) // 2]))

    assert len(whole) == 40
    assert 1 <= len(half) < 40
    assert "gzip was expected to end; the file is cut off" in problems


def test_a_bomb_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt.gz", gzip.compress(b"a " * 100_000))
    documents, problems = read_paths([str(path)], settings=Settings(largest_file_bytes=10_000))

    assert documents == ()
    assert [p.message for p in problems] == ["at most 10000 bytes were expected; gzip holds more"]


def test_standard_input_is_jsonl() -> None:
    stdin = io.BytesIO(json.dumps({"text": BODY, "name": "post"}).encode())
    documents, problems = read_paths(["-"], settings=Settings(), stdin=stdin)

    assert [(d.name, d.location) for d in documents] == [("post", "-:1")]
    assert problems == ()


def test_lone_surrogates_are_shown_and_said() -> None:
    (document,), problems = read_bytes("a.jsonl", b'{"text": "The ferry \\ud83d sank."}')

    assert document.text == "The ferry \ufffd sank."
    assert problems == (Problem("a.jsonl:1", "1 control character or lone surrogate shown as U+FFFD"),)


PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry sinks off Port Elra - Elra Post</title>
<meta property="og:title" content="Ferry sinks off Port Elra">
<meta property="og:site_name" content="Elra Post"><meta name="author" content="Ida Moor">
<meta property="article:published_time" content="2025-03-03T08:30:00Z">
<meta property="article:modified_time" content="2025-03-03T11:00:00Z">
<link rel="canonical" href="https://elrapost.example/ferry"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ferry sinks off Port Elra</h1>
{"".join(f"<p>{p}</p>" for p in BODY.strip().split(chr(10)) if p)}
<p>Advertisement</p><p>The search for three missing sailors went on in the night, a spokesman for the port said.</p>
</article><script>alert("never")</script><footer>Copyright 2025 Elra Post</footer></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
def test_a_page_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    (document,), problems = read_all(write(tmp_path / name, PAGE))

    assert problems == []
    assert document.title == "Ferry sinks off Port Elra"
    assert document.publisher == "Elra Post"
    assert document.author == "Ida Moor"
    assert document.published == "2025-03-03T08:30:00+00:00"
    assert document.modified == "2025-03-03T11:00:00+00:00"
    assert document.url == "https://elrapost.example/ferry"
    assert "We ran for our lives" in document.text
    assert "never" not in document.text
    assert [document.words(f) for f in document.furniture] == ["Advertisement"]


def test_a_page_nested_without_end_is_no_crash() -> None:
    documents, problems = read_bytes("a.html", b"<html>" + b"<div>" * 20_000 + BODY.encode())

    assert documents or problems


def test_a_text_about_tags_is_no_page(tmp_path: Path) -> None:
    (document,), _ = read_all(write(tmp_path / "a.txt", "The tag <p> begins a paragraph, and </p> ends it.\n"))

    assert "<p>" in document.text
