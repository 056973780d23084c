"""Families of publishers: the reviewed list holds together, a user's file is checked, and ownership decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import wirecheck
from wirecheck.errors import UsageError
from wirecheck.lineage.families import Families, find_owners, list_titles, read_titles
from wirecheck.model import Document
from wirecheck.settings import Settings

OWN = """
[[owner]]
name = "Coastline Media"
[owner.titles]
"Elra Post" = { domains = ["elrapost.example"], editions = ["Elra Sunday Post"] }
"Elra Herald" = { domains = ["elraherald.example"] }
"""
SHARED = (
    "The pier at Sorrel Point was closed on Tuesday after divers found that three of its eleven piles had been "
    "hollowed out by the sea over the winter, and the town will not open it before the end of June."
)


def make_document(number: int, *, url: str | None = None, publisher: str | None = None, text: str = "t") -> Document:
    return Document(str(number) * 16, f"d{number}", f"d{number}.txt", text, "0" * 64, url=url, publisher=publisher)


def test_the_list_has_three_hundred_titles_each_with_a_domain_and_a_source() -> None:
    titles = list_titles()

    assert len(titles) >= 300
    assert all(t.domains and t.owner and urlsplit(t.source or "").scheme == "https" for t in titles)
    assert all(t.owner == t.owner.strip() and t.name == t.name.strip() for t in titles)


def test_no_domain_and_no_name_is_doubled() -> None:
    domains = Counter(d for t in list_titles() for d in t.domains)
    names = Counter(n.casefold() for t in list_titles() for n in (t.name, *t.editions))

    assert [d for d, count in domains.items() if count > 1] == []
    assert [n for n, count in names.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", d) for d in domains)


def test_the_manual_says_how_many_there_are() -> None:
    page = (Path(__file__).parents[3] / "docs" / "independence.md").read_text("utf-8")

    assert f"has {len(list_titles())} titles of {len({t.owner for t in list_titles()})} owners" in page


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://www.mirror.co.uk/news/1", "Reach plc"),
        ("https://amp.theguardian.com/a", "Guardian Media Group"),
        ("https://edinburghnews.scotsman.com/a", "National World"),
        ("https://asia.nikkei.com/a", "Nikkei"),
        ("https://abcnews.go.com/a", "The Walt Disney Company"),
        ("https://go.com/a", None),
        ("https://notmirror.co.uk/a", None),
        ("https://mirror.co.uk.example/a", None),
        ("https://co.uk/a", None),
        ("https://[broken/a", None),
    ],
)
def test_a_document_is_known_by_the_end_of_its_host(url: str, owner: str | None) -> None:
    title = Families(list_titles()).find(make_document(1, url=url))

    assert (title.owner if title is not None else None) == owner


def test_a_name_alone_tells_nothing_for_it_is_that_of_many_papers() -> None:
    documents = [
        make_document(1, publisher="Daily Star"),
        make_document(2, publisher="Herald", url="https://herald.example/"),
    ]

    assert find_owners(documents) == {}


def test_titles_of_a_user_are_known_by_name_too_and_come_first(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN + '"Mirror of Elra" = { domains = ["mirror.co.uk"] }\n', "utf-8")
    documents = [
        make_document(1, publisher="The Elra Sunday Post"),
        make_document(2, url="https://www.elraherald.example/a", publisher="Somebody"),
        make_document(3, url="https://mirror.co.uk/a"),
        make_document(4, publisher="Elra Post", url="https://other.example/a"),
    ]

    assert find_owners(documents, str(tmp_path / "own.toml")) == dict.fromkeys(
        ["1" * 16, "2" * 16, "3" * 16], "Coastline Media"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[owner]", "no TOML"),
        ("owner = 1", r"\[\[owner\]\] tables"),
        ("[[publisher]]\nname = 'A'", r"\[\[owner\]\] tables"),
        ("[[owner]]\ntitles = {}", "a name"),
        ("[[owner]]\nname = 'A'", "table of titles"),
        ("[[owner]]\nname = 'A'\nrating = 5\n[owner.titles]\nB = {domains = ['b.example']}", "name, source and titles"),
        ("[[owner]]\nname = 'A'\n[owner.titles]\nB = 'b.example'", "“B”: domains and editions"),
        ("[[owner]]\nname = 'A'\n[owner.titles]\nB = {domains = 'b.example'}", "“B”: domains as a list"),
        ("[[owner]]\nname = 'A'\n[owner.titles]\nB = {domains = ['https://b.example/']}", "a domain such as"),
        (
            "[[owner]]\nname = 'A'\n[owner.titles]\nB = {domains = ['b.example']}\nC = {domains = ['B.example']}",
            "“C”: each domain once; B.example is also at .*“B”",
        ),
        ("[[owner]]\nname = 'A'\nsource = 3\n[owner.titles]\nB = {domains = ['b.example']}", "an address as source"),
    ],
)
def test_a_file_of_a_user_that_is_wrong_says_where_and_what(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")

    with pytest.raises(UsageError, match=reason):
        read_titles(str(tmp_path / "own.toml"))


def test_a_file_that_is_not_there_or_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_titles(str(tmp_path / "none.toml"))
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no TOML"):
        read_titles(str(tmp_path / "own.toml"))


def compare_two(tmp_path: Path, left: str, right: str) -> list[tuple[int, list[str]]]:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    for name, publisher, text in (("a", "Elra Post", left), ("b", "Elra Herald", right)):
        page = f'{{"name": "{name}", "publisher": "{publisher}", "published": "2025-01-07", "text": "{text}"}}'
        (tmp_path / f"{name}.jsonl").write_text(page, "utf-8")
    settings = Settings(one_story=True, publishers=str(tmp_path / "own.toml"))
    report = wirecheck.compare([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], settings=settings)
    both = [f for s in report.stories for f in s.findings if len(f.documents) == 2 and f.origins is not None]
    return [(f.origins.count, [g.reason for g in f.origins.groups]) for f in both if f.origins is not None]


def test_where_a_shared_passage_makes_one_origin_the_reason_says_who_publishes_both(tmp_path: Path) -> None:
    found = compare_two(tmp_path, SHARED, f"{SHARED} Swimmers were surprised.")

    assert found
    assert all(count == 1 for count, _ in found)
    assert any(
        reason.endswith("and both are published by Coastline Media.") for _, reasons in found for reason in reasons
    )


def test_ownership_alone_makes_no_origin(tmp_path: Path) -> None:
    found = compare_two(
        tmp_path,
        "The pier at Sorrel Point was closed on Tuesday.",
        "On Tuesday the town closed the pier at Sorrel Point, to the surprise of swimmers.",
    )

    assert found
    assert all(count == 2 for count, _ in found)
    assert not any("published by" in reason for _, reasons in found for reason in reasons)
