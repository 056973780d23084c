"""Word-level alignment: what is a word, what is the same word, and which steps lead from one wording to another."""

from __future__ import annotations

from wirecheck.text.alignment import Step, align_words, fold_word, list_words, similarity


def keys(text: str) -> list[str]:
    return [w.key for w in list_words(text)]


def steps(left: str, right: str) -> list[tuple[str, str, str]]:
    here, there = list_words(left), list_words(right)
    return [
        (
            s.kind,
            " ".join(w.key for w in here[s.left : s.left_end]),
            " ".join(w.key for w in there[s.right : s.right_end]),
        )
        for s in align_words(here, there)
        if s.kind != "same"
    ]


def test_words_carry_their_offsets_in_the_whole_text() -> None:
    text = "He said: “We won’t go.”"
    words = list_words(text, 10, len(text) - 1)

    assert [text[w.start : w.end] for w in words] == ["We", "won’t", "go"]


def test_a_number_is_one_word_with_its_separators() -> None:
    assert keys("12,500 and 3.5 at 10:30 in the 27th") == ["12500", "and", "3.5", "at", "10:30", "in", "the", "27th"]


def test_an_ellipsis_marks_the_word_behind_it() -> None:
    assert [w.key for w in list_words("one … two ... three. four") if w.after_cut] == ["2", "3"]


def test_a_full_stop_begins_a_sentence_with_the_next_word() -> None:
    assert [w.key for w in list_words("Stop here. Then go! “Why?” Because") if w.begins] == [
        "stop",
        "then",
        "why",
        "because",
    ]


def test_words_in_brackets_are_the_editors() -> None:
    assert [w.key for w in list_words("They [the (old) owners] left") if w.bracketed] == ["the", "old", "owners"]


def test_an_open_bracket_too_few_or_too_many_breaks_nothing() -> None:
    assert keys("a) b] c [d") == ["a", "b", "c", "d"]


def test_two_spellings_meet_under_one_key() -> None:
    for british, american in [
        ("organisation", "organization"),
        ("analyse", "analyze"),
        ("neighbours", "neighbors"),
        ("theatre", "theater"),
        ("licence", "license"),
        ("signalling", "signaling"),
        ("programme", "program"),
    ]:
        assert fold_word(british) == fold_word(american)


def test_different_words_keep_different_keys() -> None:
    for one, other in [("filled", "filed"), ("hour", "hor"), ("were", "we're"), ("form", "from"), ("its", "it's")]:
        assert fold_word(one) != fold_word(other)


def test_a_replaced_a_dropped_and_an_inserted_word() -> None:
    assert steps("we must not go home", "we should go home tonight") == [
        ("replaced", "must not", "should"),
        ("inserted", "", "tonight"),
    ]


def test_a_part_that_moved_is_one_step() -> None:
    assert steps("the old mill burned on Friday night", "on Friday night the old mill burned") == [
        ("reordered", "on friday night", "on friday night")
    ] or steps("the old mill burned on Friday night", "on Friday night the old mill burned") == [
        ("reordered", "the old mill burned", "the old mill burned")
    ]


def test_nothing_has_nothing_in_common_with_nothing() -> None:
    assert align_words((), ()) == ()
    assert similarity((), ()) == 0.0


def test_a_step_seen_from_the_other_side_is_its_opposite() -> None:
    assert Step("dropped", 1, 2, 3, 3).swapped == Step("inserted", 3, 3, 1, 2)
