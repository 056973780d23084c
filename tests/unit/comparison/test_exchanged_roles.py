"""Two participants in each other's roles: the same words, another fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from wirecheck.comparison.exchange import Roles
from wirecheck.language.reader import read_sentences

ROOT = Path(__file__).parents[3]


def are_exchanged(left: str, right: str) -> bool:
    (ours,), (theirs,) = (read_sentences(text, [(0, len(text))]) for text in (left, right))
    return Roles.of_sentences(ours, theirs)


def read_rows(path: str) -> Iterator[dict[str, str]]:
    for line in (ROOT / path).read_text("utf-8").splitlines():
        yield json.loads(line)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Orla Quist outsang the men of Dunmere.", "The men of Dunmere outsang Orla Quist."),
        ("The surgeon Ivo Lund warned the matron on Friday.", "The matron warned the surgeon Ivo Lund on Friday."),
        ("The bus hit a lorry near Halden.", "The bus was hit by a lorry near Halden."),
        ("The barge went from Arvik to Sundholm.", "The barge went from Sundholm to Arvik."),
    ],
)
def test_words_that_have_changed_places_are_another_fact(left: str, right: str) -> None:
    assert are_exchanged(left, right)
    assert are_exchanged(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The bus hit a lorry near Halden.", "A lorry was hit by the bus near Halden."),
        ("On Friday the surgeon Ivo Lund warned the matron.", "The surgeon Ivo Lund warned the matron on Friday."),
        ("The mine is unsafe, said Orla Quist.", "Orla Quist said the mine is unsafe."),
        ("The barge went from Arvik to Sundholm.", "To Sundholm went the barge from Arvik."),
    ],
)
def test_another_construction_is_the_same_fact(left: str, right: str) -> None:
    assert not are_exchanged(left, right)
    assert not are_exchanged(right, left)


def test_of_a_hundred_drawn_swaps_most_are_seen_and_of_two_hundred_paraphrases_hardly_any() -> None:
    swaps = [are_exchanged(row["left"], row["right"]) for row in read_rows("tests/cases/judge/swaps.jsonl")]
    paraphrases = [are_exchanged(row["statement"], row["paraphrase"]) for row in read_rows("training/data/swaps.jsonl")]

    assert len(swaps) == 100
    assert sum(swaps) >= 60  # 63 were
    assert len(paraphrases) == 200
    assert sum(paraphrases) <= 2  # 1 was
