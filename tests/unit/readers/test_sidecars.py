"""What is said of a file beside it, in a table of its folder, and by an option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirecheck.archive import open_archive
from wirecheck.errors import UsageError
from wirecheck.library import check_draft, compare, link_versions
from wirecheck.model import Document
from wirecheck.readers import read_paths
from wirecheck.report.html import render_html
from wirecheck.report.json import render_json
from wirecheck.report.unread import tell_unread
from wirecheck.settings import Settings

TEXT = "The harbour of Port Elra was closed on Tuesday after two lamps went dark, the harbour warden said."


def read(folder: Path, **said: str) -> tuple[dict[str, Document], list[tuple[str, str]]]:
    documents, problems = read_paths([folder], settings=Settings(), said=said)
    return {d.name: d for d in documents}, [(Path(p.location).name, p.message) for p in problems]


def test_a_file_beside_a_text_says_who_published_it_when_and_under_which_title(tmp_path: Path) -> None:
    (tmp_path / "herald.txt").write_text(TEXT, "utf-8")
    (tmp_path / "herald.toml").write_text(
        'publisher = "The Elra Herald"\ntitle = "Harbour Closed"\ndate = 2025-03-04\nurl = "https://h.example/a"\n'
    )
    documents, problems = read(tmp_path)
    (document,) = documents.values()

    assert (document.publisher, document.published, document.url) == (
        "The Elra Herald",
        "2025-03-04",
        "https://h.example/a",
    )
    assert document.title == "Harbour Closed"
    assert document.title_span is not None
    assert document.words(document.title_span) == "Harbour Closed"
    assert problems == []


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_says_it_of_all_files_of_its_folder(tmp_path: Path, mark: str) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name.upper()} was there.", "utf-8")
    rows = [["File", "Publisher", "Date"], ["a.txt", "Herald", "2025-03-04"], ["b.txt", "Post", ""]]
    (tmp_path / "documents.csv").write_text("\ufeff" + "".join(mark.join(row) + "\r\n" for row in rows), "utf-8")
    documents, problems = read(tmp_path)

    assert {n: (d.publisher, d.published) for n, d in documents.items()} == {
        "a": ("Herald", "2025-03-04"),
        "b": ("Post", None),
        "c": (None, None),
    }
    assert problems == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", "publisher = ", ("a.toml", "TOML was expected")),
        ("a.toml", 'publsher = "Herald"', ("a.txt", "did you mean publisher?")),
        ("a.toml", 'date = "soon"', ("a.txt", "a date such as 2025-02-13 was expected; found 'soon'")),
        ("a.toml", "title = [1]", ("a.txt", "a text was expected")),
        ("documents.csv", "name,publisher\na.txt,Herald\n", ("documents.csv", "with `file`")),
        ("documents.csv", "file,publisher\na.tx,Herald\n", ("documents.csv:2", "did you mean a.txt")),
        ("documents.csv", "\0\0\1\2", ("documents.csv", "expected")),
    ],
)
def test_a_bad_one_is_a_problem_and_the_document_is_read(
    tmp_path: Path, name: str, content: str, said: tuple[str, str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / name).write_text(content, "utf-8")
    documents, problems = read(tmp_path)

    assert [d.text for d in documents.values()] == [TEXT]
    assert any(place == said[0] and said[1] in message for place, message in problems), problems


def test_toml_that_is_beside_nothing_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_text(TEXT, "utf-8")

    assert list(read(tmp_path)[0]) == ["notes"]


def test_what_is_said_of_all_inputs_stands_where_a_document_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"text": TEXT, "publisher": "Post", "published": "2025-03-05"}), "utf-8"
    )
    documents, _ = read(tmp_path, publisher="Herald", published="2025-03-04")

    assert {n: (d.publisher, d.published) for n, d in documents.items()} == {
        "a": ("Herald", "2025-03-04"),
        "b-1": ("Post", "2025-03-05"),
    }
    with pytest.raises(UsageError, match="a date such as"):
        compare([tmp_path], said={"published": "soon"})
    with pytest.raises(UsageError, match="cannot be said of all inputs"):
        compare([tmp_path], said={"url": "https://a.example/"})


def test_one_publisher_is_not_said_of_several_documents(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}", "utf-8")

    with pytest.raises(UsageError, match=r"2 documents: .*a\.txt, .*b\.txt; say it of each in documents\.csv"):
        compare([tmp_path], said={"publisher": "Herald"})
    with pytest.raises(UsageError, match="2 documents"):
        check_draft(tmp_path / "a.txt", [tmp_path], said={"publisher": "Herald"})
    report = check_draft(tmp_path / "a.txt", [tmp_path / "b.txt"], said={"publisher": "Herald"})

    assert [d.publisher for d in report.documents] == ["Herald"]


def test_a_folder_of_texts_that_is_no_archive_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "c22").mkdir()
    (tmp_path / "c22" / "a.txt").write_text(TEXT, "utf-8")

    with pytest.raises(UsageError, match=r"holds other files: `wirecheck add .*c22-archive .*c22` reads"):
        open_archive(tmp_path / "c22")
    with pytest.raises(UsageError, match=r"make one with `wirecheck add .*new PATH\.\.\.`"):
        open_archive(tmp_path / "new")


def test_a_json_file_without_an_article_says_what_it_may_be_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "meta.json").write_text('{"id": 1, "a": {"publisher": "Post"}}', "utf-8")
    documents, problems = read_paths([tmp_path], settings=Settings())
    told = tell_unread(problems)

    assert [d.name for d in documents] == ["a"]
    assert [p.message.split(":")[0] for p in problems] == ["no article in it"]
    assert "documents.csv or NAME.toml" in told
    assert "Save it as" not in told


def test_an_archive_has_it_too_and_passes_itself_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text('publisher = "Herald"', "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": f"{TEXT} It rained."}), "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        added = archive.add([tmp_path], said={"publisher": "Post"})
        again = archive.add([tmp_path], said={"publisher": "Post"})

        assert {d.publisher for d in archive.documents()} == {"Herald", "Post"}
    assert (added.stored, added.problems, added.unread) == (2, (), ())
    assert (again.stored, again.known) == (0, 2)


def test_documents_of_one_address_in_many_forms_are_versions_of_one() -> None:
    def make(ident: str, url: str, modified: str) -> Document:
        return Document(ident, ident, f"{ident}.html", f"{TEXT} {ident}", "", url=url, modified=modified)

    first = make("1", "https://www.herald.example/a/amp/", "2025-03-04")
    second = make("2", "https://m.herald.example/a?utm_source=x#top", "2025-03-05")
    other = make("3", "https://herald.example/b", "2025-03-05")
    fronts = make("4", "https://herald.example/", "2025-03-05"), make("5", "https://herald.example", "2025-03-06")
    linked = {d.id: d.version_of for d in link_versions([second, other, *fronts, first])}

    assert linked == {"1": None, "2": "1", "3": None, "4": None, "5": None}


def test_what_wirecheck_wrote_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    report = compare([tmp_path])
    (tmp_path / "page.html").write_text(render_html(report), "utf-8")
    (tmp_path / "report.json").write_text(render_json(report), "utf-8")
    documents, problems = read(tmp_path)

    assert list(documents) == ["a"]
    said = "a document was expected; this is a report of Wirecheck"
    assert problems == [("page.html", said), ("report.json", said)]


def test_an_archive_among_documents_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with open_archive(tmp_path / "inside" / "archive", create=True):
        pass
    documents, problems = read(tmp_path)
    _, given = read(tmp_path / "inside" / "archive")

    assert (list(documents), problems) == (["a"], [])
    assert next(message for _, message in given).startswith("this is an archive: `wirecheck stories ")


def test_a_page_keeps_its_own_title_and_furniture(tmp_path: Path) -> None:
    page = f"<html><head><title>Own</title></head><body><nav>Menu</nav><h1>Own Title</h1><p>{TEXT}</p></body></html>"
    (tmp_path / "page.txt").write_text(page, "utf-8")
    (tmp_path / "page.toml").write_text('publisher = "Herald"\ntitle = "Another"\n', "utf-8")
    documents, problems = read(tmp_path)

    assert documents["page"].publisher == "Herald"
    assert documents["page"].title != "Another"
    assert ("page.txt", "title: taken of plain texts only; that of the document is kept") in problems
