"""Fingerprints, candidates and near-duplicates."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.model import Document, Span
from wirecheck.reuse import Candidate, Fingerprint, cluster_duplicates, fingerprint, reuse_candidates
from wirecheck.reuse.fingerprint import SHINGLE, WINDOW
from wirecheck.text.hashing import hash_word, hash_words
from wirecheck.text.words import list_words

WORDS = st.lists(st.sampled_from([f"word{chr(97 + n)}" for n in range(26)]), max_size=60)
PASSAGE = "the keeper counted nine lamps along the quay before dawn"


def make_document(text: str, name: str = "a", *, date: str | None = None) -> Document:
    return Document(name, name, f"{name}.txt", text, "", published=date)


def make_filler(seed: int, count: int) -> str:
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices("abcdefghijklmnop", k=7)) for _ in range(count))


@given(st.text(max_size=200))
def test_every_text_has_as_many_hashes_as_starts(text: str) -> None:
    words = hash_words(text)

    assert len(words.hashes) == len(words.starts) == len(words.named) == len(words.joined)


@given(st.text(alphabet="aB.,'’3 \n!-U", max_size=60))
def test_hashed_words_are_the_listed_words(text: str) -> None:
    listed = list_words(text)
    words = hash_words(text)

    assert words.starts.tolist() == [w.start for w in listed]
    assert words.hashes.tolist() == [hash_word(w.form) for w in listed]


@given(WORDS, st.one_of(st.none(), st.dates()))
def test_a_fingerprint_comes_back_from_its_bytes(words: list[str], date: object) -> None:
    document = make_document(" ".join(words), date=None if date is None else str(date))
    found = fingerprint(document)

    assert Fingerprint.from_bytes(found.to_bytes()) == found


def test_cut_bytes_are_refused() -> None:
    data = fingerprint(make_document(PASSAGE)).to_bytes()

    with pytest.raises(ValueError, match="bytes were expected"):
        Fingerprint.from_bytes(data[:-3])
    with pytest.raises(ValueError, match="layout"):
        Fingerprint.from_bytes(b"")


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_shared_run_of_eight_words_is_never_missed(a: list[str], b: list[str], c: list[str], d: list[str]) -> None:
    run = PASSAGE.split()[: SHINGLE + WINDOW - 1]
    left = fingerprint(make_document(" ".join([*a, *run, *b])))
    right = fingerprint(make_document(" ".join([*c, *run, *d])))

    assert np.intersect1d(left.shingles, right.shingles).size


def test_furniture_takes_no_part() -> None:
    text = f"{PASSAGE} Sign up for our letter"
    whole = make_document(text)
    cut = Document("a", "a", "a.txt", text, "", furniture=(Span("a", len(PASSAGE), len(text)),))

    assert fingerprint(cut).length == 10
    assert fingerprint(whole).length == 15


def test_candidates_share_rare_shingles_and_know_their_shares() -> None:
    shared = make_filler(1, 60)
    texts = [f"{shared} {make_filler(2, 60)}", make_filler(3, 90), shared]
    (pair,) = reuse_candidates([fingerprint(make_document(t, f"d{n}")) for n, t in enumerate(texts)])

    assert (pair.left, pair.right) == (0, 2)
    assert 0.3 < pair.left_share < 0.7
    assert pair.right_share > 0.9


def test_what_too_many_carry_makes_no_pair() -> None:
    page = make_filler(1, 40)
    prints = [fingerprint(make_document(f"{make_filler(n + 9, 50)} {page}", f"d{n}")) for n in range(6)]

    assert len(reuse_candidates(prints, most=6)) == 15
    assert reuse_candidates(prints, most=5) == []


@given(st.permutations(range(6)))
def test_the_order_of_fingerprints_changes_no_candidate(order: list[int]) -> None:
    texts = [f"{make_filler(n // 2, 40)} {make_filler(n + 20, 30)}" for n in range(6)]
    prints = [fingerprint(make_document(t, f"d{n}")) for n, t in enumerate(texts)]
    pairs = {frozenset((order[p.left], order[p.right])) for p in reuse_candidates([prints[i] for i in order])}

    assert pairs == {frozenset((0, 1)), frozenset((2, 3)), frozenset((4, 5))}


def test_no_fingerprints_give_no_candidates() -> None:
    assert reuse_candidates([]) == []
    assert reuse_candidates([fingerprint(make_document(""))] * 2) == []


def test_near_duplicates_do_not_chain() -> None:
    chain = [Candidate(n, n + 1, 50, 0.95 - n / 100, 0.2) for n in range(3)]

    assert cluster_duplicates(chain, 4) == [[0, 1], [2, 3]]


def test_each_two_of_a_cluster_are_near() -> None:
    pairs = [Candidate(a, b, 50, 0.9, 0.9) for a, b in itertools.combinations(range(4), 2)]

    assert cluster_duplicates(pairs, 5) == [[0, 1, 2, 3]]
