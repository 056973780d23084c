"""Runs of capitalised words: where a name begins, and which words go on with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirecheck.annotators._name_forms import LONGEST, end_of_spelled_out, gazetteer, is_person_word, is_title
from wirecheck.annotators._names import Line, Spelling, Word, calendar_words, function_words, nameless_words, opens
from wirecheck.text.gazetteer import first_names, fold_name, listed

_CONTRACTED = re.compile(r"[a-z]+[’'ʼ](?:m|ve|re|ll|d)|[a-z]+n[’'ʼ]t")
_ARTICLE_OF_NAME = re.compile(r"(?:al|el|ad|as|ash|ar|at|az|bin|ben|ibn)[-‐‑][A-Z]")  # Orin al-Tassad


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of name words [first, last) of a line."""

    line: Line
    first: int
    last: int

    @property
    def words(self) -> tuple[Word, ...]:
        return self.line.words[self.first : self.last]


def find_runs(line: Line, spelling: Spelling) -> Iterator[Chunk]:
    words = line.words
    at = 0
    while at < len(words):
        if not _starts_name(words, at, spelling):
            at += 1
            continue
        last = _extend(words, at + 1, at, spelling)
        yield Chunk(line, at, last)
        at = last


def _starts_name(words: Sequence[Word], at: int, spelling: Spelling) -> bool:
    word = words[at]
    if not word.letters:
        return False
    if not word.capital:
        return word.lower.startswith(("al-", "al‑")) and len(word.text) > 5 and word.text[3].isupper()
    if word.text in ("I", "A") or _CONTRACTED.fullmatch(word.lower):
        return False
    if word.lower in calendar_words() and not _is_called_by_month(words, at):
        return False
    if _is_numbered(words, at):
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    joined = following is not None and following.letters and following.capital
    if word.text == "US":
        return True
    if not opens(words, at):
        return word.lower not in function_words() or (
            joined and word.lower in ("may", "will", "new", "near", "old", "all", "no", "first", "us")
        )
    if word.lower in ("new", "us") and joined:
        return following is not None and f"{word.text} {following.text}" in gazetteer()
    if word.lower in function_words() or (word.lower in nameless_words() and not joined):
        return False
    if word.text in gazetteer() or fold_name(word.text) in first_names().gender or is_title(word):
        return True
    if (len(word.text) > 1 and word.text.isupper()) or word.start in spelling.entities:
        return True
    if word.pos:
        return word.pos == "PROPN" or (spelling.capital[word.lower] > 0 and spelling.small[word.lower] == 0)
    if spelling.capital[word.lower] > spelling.small[word.lower]:
        return True
    return joined and spelling.small[word.lower] == 0 and not word.lower.endswith(("ly", "ing", "ed"))


def _is_called_by_month(words: Sequence[Word], at: int) -> bool:
    """Return whether a month is a first name: what somebody is stands before it, and a surname behind ("the party's
    treasurer, June Lowe").
    """
    if words[at].lower not in ("april", "june", "may", "august") or not at or at + 1 >= len(words):
        return False
    who = words[at - 2] if words[at - 1].text == "," and at > 1 else words[at - 1]
    return is_person_word(who.lower) and _name_like(words[at + 1]) and words[at + 1].start == words[at].end + 1


def _is_numbered(words: Sequence[Word], at: int) -> bool:
    """Return whether a word only tells what is numbered: "Category 4", "Page 6"."""
    following = words[at + 1] if at + 1 < len(words) else None
    return (
        following is not None
        and following.text[0].isdigit()
        and words[at].end + 1 == following.start
        and words[at].lower in listed("numbered")
    )


def _extend(words: Sequence[Word], at: int, first: int, spelling: Spelling) -> int:
    """Return the end of the run of name words that begins at `first` and is known up to `at`."""
    entity = spelling.entities.get(words[first].start)
    at = max(at, end_of_spelled_out(words, first))
    while at < len(words) and at - first < 2 * LONGEST:
        word, before = words[at], words[at - 1]
        following = words[at + 1] if at + 1 < len(words) else None
        if (
            entity is not None
            and word.lower in ("of", "the", "for", "and")
            and word.end < entity[0]
            and not (word.lower == "and" and following is not None and following.lower == "the")
        ):
            at += 1
            continue
        if word.letters and (word.capital or _ARTICLE_OF_NAME.match(word.text)) and _continues(words, at):
            at += 1
            continue
        if following is None or not _name_like(following):
            if word.lower in ("of", "for") and before.lower in listed("before_of") and _the_then_name(words, at + 1):
                at += 3
                continue
            break
        if (word.lower in first_names().particles and before.capital and before.lower not in listed("before_of")) or (
            (word.text in ("&", "of", "for") and (word.text == "&" or before.lower in listed("before_of")))
            or (word.text == "and" and _joins(words, at, first))
            or (word.text in ("'s", "’s") and before.lower in listed("plural_owners"))
        ):
            at += 2
        else:
            break
    return at


def _continues(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if words[at - 1].end == word.start:
        return False
    if word.lower in calendar_words():
        return word.lower in ("may", "march", "april", "june", "august", "jan", "sat", "est") and (
            fold_name(words[at - 1].text) in first_names().gender or words[at - 1].lower in ("mrs.", "ms.", "mr.")
        )
    return word.text not in ("I", "A", "The", "In", "On", "At", "But", "And", "As", "If")


def _name_like(word: Word) -> bool:
    return word.letters and word.capital and word.lower not in function_words() and word.lower not in calendar_words()


def _the_then_name(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at].text == "the" and _name_like(words[at + 1])


def _joins(words: Sequence[Word], at: int, first: int) -> bool:
    """Return whether "and" joins two words of one name: "Fish and Wildlife Service", not "Trump and Congress"."""
    before = words[first:at]
    if any(w.lower in ("of", "for") for w in before):
        after = words[at + 1]
        return after.lower in listed("after_and") or (
            at + 2 < len(words) and words[at + 2].lower in listed("after_and")
        )
    head = words[at - 1]
    if fold_name(head.text) in first_names().gender or head.text in gazetteer() or head.text.isupper():
        return False
    if head.lower not in listed("common_parts"):
        return False
    end = at + 1
    while end < len(words) and end - at <= 4 and _name_like(words[end]):
        end += 1
    return words[end - 1].lower in listed("after_and")
