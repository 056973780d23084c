"""Search in scripts without spaces, Chinese and Japanese, in new archives and in those that had no index of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from wirecheck.archive import Archive, open_archive

TEXTS = {
    "tokyo": "東京都は火曜日、港の桟橋を閉鎖すると発表した。小池知事は「安全を最優先にする」と述べた。",
    "kyoto": "京都市は水曜日、新型のiPhone充電器を駅に設置した。",
    "beijing": "北京市政府星期二宣布关闭港口。发言人说：“安全第一。”",
    "taipei": "臺北市政府週二宣布關閉港口。",
    "port": "The pier at Sorrel Point was closed on Tuesday.",
    "korea": "서울시는 화요일 부두를 폐쇄한다고 밝혔다.",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    lines = (json.dumps({"name": n, "text": t, "url": f"https://{n}.example/a"}) for n, t in TEXTS.items())
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    with open_archive(tmp_path / "archive", create=True) as opened:
        opened.add([tmp_path / "all.jsonl"])
        yield opened


def names(archive: Archive, query: str) -> list[str]:
    return sorted(hit.document.name for hit in archive.search(query))


CASES = [
    ("東京", ["tokyo"]),
    ("京都", ["kyoto", "tokyo"]),  # the pair stands in 東京都 too: characters are found, not words
    ("京都市", ["kyoto"]),
    ("港", ["beijing", "taipei", "tokyo"]),
    ("港口", ["beijing", "taipei"]),
    ("关闭港口", ["beijing"]),
    ("港口关闭", []),
    ('"安全を最優先"', ["tokyo"]),
    ("港口 -北京", ["taipei"]),
    ("桟橋 知事", ["tokyo"]),
    ("口", ["beijing", "taipei"]),
    ("た", ["kyoto", "tokyo"]),
    ("iPhone", ["kyoto"]),
    ("iPhone充電器", ["kyoto"]),
    ("iphone 駅", ["kyoto"]),
    ("ﾄ", []),
    ("pier", ["port"]),
    ("부두를", ["korea"]),
    ("파도를", []),
]


@pytest.mark.parametrize(("query", "found"), CASES)
def test_a_run_of_characters_is_found_wherever_it_stands(archive: Archive, query: str, found: list[str]) -> None:
    assert names(archive, query) == found


def test_the_passage_shows_the_words_with_what_stands_around_them(archive: Archive) -> None:
    (hit,) = archive.search("桟橋")

    assert [[hit.document.words(m) for m in marks] for marks in hit.marks] == [["桟橋"]]
    assert hit.document.words(hit.passages[0]) == TEXTS["tokyo"]


def test_a_mark_of_kana_is_no_accent_and_a_syllable_of_hangul_is_whole(archive: Archive) -> None:
    (hit,) = archive.search("부두를")

    assert [[hit.document.words(m) for m in marks] for marks in hit.marks] == [["부두를"]]
    assert names(archive, "ハ") == []


def test_an_older_archive_is_given_the_index_when_it_is_opened(archive: Archive) -> None:
    folder = archive.folder
    archive.store._connection.execute("DROP TABLE pairs")
    archive.store._connection.execute("PRAGMA user_version = 3")
    archive.close()
    with open_archive(folder) as again:
        assert [names(again, query) for query, _ in CASES] == [found for _, found in CASES]
        assert again.check() == ()


def test_an_older_archive_that_cannot_be_written_is_searched_by_words(archive: Archive) -> None:
    archive.store._connection.execute("DROP TABLE pairs")

    assert names(archive, "pier") == ["port"]
    assert names(archive, "東京") == []
