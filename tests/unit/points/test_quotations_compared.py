"""Which quotations are compared at all: no more than must be, and none is missed that is linked."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawing import draw
from wirecheck.points.quotations import links
from wirecheck.points.quotations.groups import group_quotations
from wirecheck.points.quotations.runs import list_runs

THINGS = ("pier", "mill", "dam", "quay", "lock", "barn", "weir", "ferry", "tower", "bridge")
SAID = ("was closed by the council", "will be opened in the spring", "has never been as full as on that day")


def count_comparisons(monkeypatch: pytest.MonkeyPatch, texts: dict[str, str]) -> int:
    calls = []
    compare = links.compare_wordings
    monkeypatch.setattr(links, "compare_wordings", lambda *sides: calls.append(sides) or compare(*sides))
    group_quotations(draw(texts))
    return len(calls)


def test_quotations_of_one_document_that_only_sound_alike_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [f"The {thing} of Tarn {said}" for thing, said in product(THINGS, SAID)]
    text = " ".join(f"“⟦Ona Reed|{words},⟧” Reed said." for words in said)

    assert count_comparisons(monkeypatch, {"herald": text}) == 0


def test_one_wording_is_compared_once_however_many_documents_print_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“⟦Ona Reed|The levee is soft and the farmers were never told,⟧” Reed said."
    papers = ("herald", "post", "wire")

    assert count_comparisons(monkeypatch, dict.fromkeys(papers, text)) == 1


WORDS = st.sampled_from(
    ["the", "of", "and", "levee", "soft", "farmers", "council", "told", "twice", "spring", "…", "disgraceful"]
)
QUOTATION = st.tuples(st.sampled_from(["Ona Reed", "Ann Lowe", ""]), st.lists(WORDS, min_size=1, max_size=14))


@settings(max_examples=60, deadline=None)
@given(st.lists(QUOTATION, min_size=1, max_size=4), st.lists(QUOTATION, min_size=1, max_size=4))
def test_no_two_quotations_are_linked_that_were_not_compared(
    herald: list[tuple[str, list[str]]], post: list[tuple[str, list[str]]]
) -> None:
    dossier = draw(
        {
            name: " ".join(f"“⟦{who}|{' '.join(words)}⟧” was said." for who, words in many if set(words) != {"…"})
            or "Nothing was said."
            for name, many in (("herald", herald), ("post", post))
        }
    )
    runs = list_runs(dossier)
    forms = [links._RunWords(run) for run in runs]
    every = [(i, j) for i, j in combinations(range(len(runs)), 2) if links._share_telling_words(forms[i], forms[j])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "_candidates", lambda _: every)
        wanted = links.find_links(dossier, runs)

    assert links.find_links(dossier, runs) == wanted
