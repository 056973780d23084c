"""Steps in a new version, derived files that are damaged, and one address in many forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirecheck.archive import candidates, checking, deriving, grouping, open_archive, steps
from wirecheck.text.addresses import fold_address

FERRY = (
    "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard of Oswin said on Tuesday morning."
)


def _fill(folder: Path) -> Path:
    path = folder / "a.jsonl"
    lines = [
        {"name": n, "published": "2021-03-02", "text": f"{FERRY} It was reported by the {n}."}
        for n in ("herald", "post")
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def test_a_step_in_a_new_version_is_made_again_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(tmp_path / "store", create=True) as archive:
        archive.add([_fill(tmp_path)])
        before = archive.stories()
    raised = steps.VERSION + 1
    for module in (steps, grouping, candidates, deriving, checking):
        monkeypatch.setattr(module, "VERSION", raised)
    with open_archive(tmp_path / "store") as archive:
        told = archive.check()
        after = archive.stories()
        then = archive.check()

    assert after == before
    assert [fault for fault in told if "2 lack it" in fault]
    assert then == ()


@pytest.mark.parametrize("garbage", ["[]", '{"0": 1}', "\x00", '{"state": "2-2-0", "value": [{}]}', "[" * 5000])
def test_garbage_among_derived_files_is_made_anew(garbage: str, tmp_path: Path) -> None:
    with open_archive(tmp_path / "store", create=True) as archive:
        archive.add([_fill(tmp_path)])
        before = archive.stories()
        for path in (tmp_path / "store" / "derived").iterdir():
            path.write_text(garbage, "utf-8")
        after = archive.stories()

    assert after == before


@pytest.mark.parametrize(
    "form",
    [
        "https://herald.example/news/ferry",
        "http://www.herald.example/news/ferry/",
        "https://www3.herald.example/news/ferry?utm_source=x&utm_medium=y",
        "https://m.herald.example/news/ferry#comments",
        "https://amp.herald.example/news/ferry",
        "https://herald.example/news/ferry/amp/",
        "https://herald.example/news/ferry.amp?fbclid=123",
        "https://herald.example/news/ferry?outputType=amp",
        "https://herald.example:443/amp/news/ferry",
        "https://www-herald-example.cdn.ampproject.org/c/s/www.herald.example/news/ferry/amp/",
        "https://www.google.com/amp/s/herald.example/news/ferry?amp=1",
        "https://herald.example/news//ferry/index.html",
        "https://herald.example./n%65ws/ferr%79?",
        "https://herald.example/news/ferry;jsessionid=0A1B?fbclid=1",
        "https://web.archive.org/web/20250105101112id_/https://www.herald.example/news/ferry",
    ],
)
def test_forms_of_one_address_are_one_place(form: str) -> None:
    assert fold_address(form) == "//herald.example/news/ferry"


def test_letters_of_any_writing_are_one_place_escaped_or_not() -> None:
    assert fold_address("https://herald.example/café?q=é") == fold_address("https://herald.example/caf%c3%a9?q=%C3%A9")


@pytest.mark.parametrize("hostile", ["www.google.com/amp/s/" * 3000, "www." * 30_000, "é\ud800/" * 3000])
def test_no_address_costs_more_than_it_is_long(hostile: str) -> None:
    assert fold_address(f"https://{hostile}herald.example/news")


@pytest.mark.parametrize(
    "other",
    [
        "https://herald.example/news?id=2",
        "https://sport.herald.example/news",
        "https://herald.example/example",
        "https://m.example/news",
    ],
)
def test_other_addresses_stay_apart(other: str) -> None:
    places = {fold_address(url) for url in (other, "https://herald.example/news?id=1", "https://herald.example/news")}

    assert len(places) == 3
