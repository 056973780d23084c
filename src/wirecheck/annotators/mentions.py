"""Mentions: words that name people, organizations, countries, places and groups, with their titles.

Rules read capitals, titles and word lists; where the reading model gives parts of speech and entities, they decide what
the rules leave open. In headlines that capitalise everything only names count that the body or a list knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from wirecheck.annotators import Annotator
from wirecheck.annotators._names import (
    Line,
    Spelling,
    Word,
    believers,
    calendar_words,
    function_words,
    learn_spelling,
    nameless_words,
    opens,
    read_lines,
)
from wirecheck.annotators._roles import (
    find_role_mentions,
    left_role,
    predicate_role,
    right_role,
    singular,
    word_after,
)
from wirecheck.language.reading import Reading
from wirecheck.model import ActorKind, Annotations, Mention
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, organizations, outlets, places, titles

# Words of a name after which "of" or "for" goes on with it ("Department of Justice", "Gulf of Mexico").
_AGED = re.compile(r",\s(?:aged\s)?[1-9]\d?,\s")
"""An age behind a name: "Roe, 42, a baker"."""
_SPEECH = re.compile(
    r"(?:said|says|told|tells|added|adds|asked|wrote|writes|tweeted|argued|argues|warned|warns|insisted|noted|notes|"
    r"explained|declared|announced|stated|claimed|claims|testified|recalled|replied|thinks|believes|hopes|wants|who)\b"
)
_COMMON = ("ADJ", "ADV", "VERB", "AUX", "INTJ", "DET", "PRON", "ADP", "CCONJ", "SCONJ")
_PARTY = re.compile(
    r"\s?\((?P<tag>(?:[RDI]|Rep|Dem|DFL|Ind|GOP|Lab|Con|SNP)\.?(?:\s?[-–—,]\s?[A-Z][\w.’' ]{0,22}?)?)\)"
)
_SUFFIX = re.compile(r",?\s(?:Jr|Sr|Ph\.D|M\.D)\.|,?\s(?:Jr|Sr|II|III|IV)\b")
_CONTRACTED = re.compile(r"[a-z]+[’'ʼ](?:m|ve|re|ll|d)|[a-z]+n[’'ʼ]t")
# Before a name: "a London-based Farrow", "the Lowe-era ban", "Lowe-appointee Farrow".
_COMPOUND = re.compile(
    r"[^\W\d_].*[-‐‑](?:based|born|era|led|backed|appointed|appointee|nominated|nominee|style|trained|owned|controlled|run|"
    r"raised|educated|funded|sponsored|made|turned|bound|inspired|aligned|affiliated|leaning|dominated|speaking|"
    r"friendly|related|like|allied|supported|linked|branded|themed|hosted|only|wide|area|listed)"
)
_LONGEST_ACRONYM = 6
_PARTY_TOKEN = re.compile(r"[RDI][-–](?:[A-Z].*)?")
# Votes that make a name a person's: two capitalised words alone do not ("Childhood Arrivals", "Document Cloud": of 35
# such names in 57 stories 3 were persons), nor does a verb of speech alone, since bodies speak too.
_LEAST_PERSON = 3
_LONGEST = 9  # words; the longest official names in the word lists have eight


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of name words [first, last) of a line."""

    line: Line
    first: int
    last: int

    @property
    def words(self) -> tuple[Word, ...]:
        return self.line.words[self.first : self.last]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name [first, last) of a line with the title words [title, first) before it; kind "" is still open."""

    line: Line
    first: int
    last: int
    title: int
    kind: str


def find_mentions(reading: Reading, annotations: Annotations) -> Iterator[Mention]:
    """Yield the mentions of a reading."""
    lines = read_lines(reading)
    spelling = learn_spelling(reading, lines)
    names: list[_Name] = []
    for line in lines:
        if line.case == "plain":
            for chunk in _find_chunks(line, spelling):
                names.extend(_parse(chunk, spelling))
    names = _settle_kinds(names, reading, spelling)
    names.extend(_find_in_headlines(lines, names))
    given: list[Mention] = []
    for name in sorted(names, key=lambda n: (n.line.start, n.first)):
        found = list(_mentions(reading, name))
        if not _is_inside(found[0], given):
            given.extend(found)
    given = _join_nicknames(reading, given)
    yield from given
    roles = [m.role for m in given if m.role is not None]
    for mention in find_role_mentions(reading, lines, _name_places(names)):
        if mention.pronoun or not any(
            r.start <= mention.span.end - 1 < r.end and (r.covers(mention.span) or mention.span.covers(r))
            for r in roles
        ):
            yield mention


# Denis "The Brush" Kallas
_NICKNAME = re.compile(r"\s[“\"‘'][^“”\"\n]{2,30}[”\"’']\s")


def _join_nicknames(reading: Reading, given: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, those of a first name and a surname with a nickname in marks between the two as one."""
    text = reading.document.text
    joined: list[Mention] = []
    for mention in given:
        # The nickname itself may pass for a name.
        at = next((n for n in (-1, -2) if len(joined) >= -n and _is_parted_by_nickname(text, joined[n], mention)), None)
        if at is None:
            joined.append(mention)
            continue
        before = joined[at]
        assert before.name is not None
        assert mention.name is not None
        whole = reading.span(before.span.start, mention.span.end)
        joined[at:] = [replace(before, span=whole, name=reading.span(before.name.start, mention.name.end))]
    return joined


def _is_parted_by_nickname(text: str, before: Mention, mention: Mention) -> bool:
    first, last = before.name, mention.name
    return (
        first is not None
        and last is not None
        and before.kind == "person"
        and before.span.end == first.end
        and mention.span.start == last.start
        and " " not in text[last.start : last.end]
        and _NICKNAME.fullmatch(text, first.end, last.start) is not None
    )


def _name_places(names: Sequence[_Name]) -> dict[int, list[tuple[int, int]]]:
    """Return for each line, by its start, the word ranges that names and their titles take."""
    found: dict[int, list[tuple[int, int]]] = {}
    for name in names:
        found.setdefault(name.line.start, []).append((name.title, name.last))
    return {start: sorted(ranges) for start, ranges in found.items()}


def _is_inside(mention: Mention, before: Sequence[Mention]) -> bool:
    """Return whether a name is part of what the name before it is called: "(R., Ohio)", ", an Ohio Republican"."""
    if not before:
        return False
    whole = [m.span for m in before[-2:]]
    if any(m.name is not None and m.span.covers(mention.span) for m in before[-1:]):
        return True
    return mention.kind == "other" and any(s.covers(mention.span) for s in whole)


def _mentions(reading: Reading, name: _Name) -> Iterator[Mention]:
    """Yield the mention of a name with its title, and an apposition beside a title as a mention by role."""
    words = name.line.words
    start, end = words[name.first].start, words[name.last - 1].end
    text = reading.document.text
    span_start, span_end = start, end
    role = None
    kind: ActorKind = name.kind or "other"  # type: ignore[assignment]
    if name.title < name.first:
        span_start = words[name.title].start
        title_words = words[name.title : name.first]
        if title_words[0].lower == "and" and len(title_words) > 1:
            span_start = title_words[1].start
        if not all(_is_courtesy(w) for w in title_words):
            role = reading.span(span_start, words[name.first - 1].end)
    if kind in ("person", "organization", "other"):
        left = left_role(name.line, name.title, kind)
        if left is not None:
            span_start = words[left].start
            role = reading.span(span_start, words[name.first - 1].end)
            if kind == "other":
                kind = "person" if _is_person_word(words[name.first - 1].lower) else "organization"
    right = None
    if kind == "person":
        match = _PARTY.match(text, end, name.line.end)
        if match is not None:
            span_end = match.end()
            if role is None:
                role = reading.span(match.start("tag"), match.end("tag"))
    if kind in ("person", "other"):
        right = right_role(name.line, name.last)
        if right is not None and role is None:
            role, right = reading.span(*right), None
            kind = "person"
    yield Mention(reading.span(span_start, span_end), kind, name=reading.span(start, end), role=role)
    if right is not None:
        yield Mention(reading.span(*right), "person", role=reading.span(*right))
    if kind == "person":
        behind = max(span_end, right[1] if right is not None else 0, role.end if role is not None else 0)
        being = predicate_role(name.line, word_after(name.line, behind, name.last))
        if being is not None:
            yield Mention(reading.span(*being), "person", role=reading.span(*being))


# --- runs of capitalised words -------------------------------------------------------------------------------------


def _find_chunks(line: Line, spelling: Spelling) -> Iterator[_Chunk]:
    words = line.words
    at = 0
    while at < len(words):
        if not _starts_name(words, at, spelling):
            at += 1
            continue
        last = _extend(words, at + 1, at, spelling)
        yield _Chunk(line, at, last)
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
        return following is not None and f"{word.text} {following.text}" in _gazetteer()
    if word.lower in function_words() or (word.lower in nameless_words() and not joined):
        return False
    if word.text in _gazetteer() or fold_name(word.text) in first_names().gender or _is_title(word):
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
    return _is_person_word(who.lower) and _name_like(words[at + 1]) and words[at + 1].start == words[at].end + 1


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
    at = max(at, _spelled_out(words, first))
    while at < len(words) and at - first < 2 * _LONGEST:
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


# Orin al-Tassad
_ARTICLE_OF_NAME = re.compile(r"(?:al|el|ad|as|ash|ar|at|az|bin|ben|ibn)[-‐‑][A-Z]")


def _spelled_out(words: Sequence[Word], first: int) -> int:
    """Return the end of a name whose letters stand in brackets behind it: "Board of Faith and Conscience (BFC)"."""
    letters = ""
    for at in range(first, min(len(words) - 1, first + 2 * _LONGEST)):
        word = words[at]
        if word.text == "(":
            return at if len(letters) > 2 and words[at + 1].text == letters else first
        if not word.letters or not (word.capital or word.lower in _INSIDE_NAMES):
            return first
        letters += "".join(part[0] for part in re.split("[-‐‑]", word.text) if part[:1].isupper())
    return first


_INSIDE_NAMES = frozenset(["of", "on", "for", "and", "the", "in", "to", "&"])


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
    if fold_name(head.text) in first_names().gender or head.text in _gazetteer() or head.text.isupper():
        return False
    if head.lower not in listed("common_parts"):
        return False
    end = at + 1
    while end < len(words) and end - at <= 4 and _name_like(words[end]):
        end += 1
    return words[end - 1].lower in listed("after_and")


# --- names and titles inside a run ----------------------------------------------------------------------------------


def _parse(chunk: _Chunk, spelling: Spelling) -> list[_Name]:
    """Return the names of a run, with the title words before them."""
    line, first, last = chunk.line, chunk.first, chunk.last
    words = line.words
    while (
        last > first
        and not words[last - 1].capital
        and words[last - 1].text[0] not in "0123456789"
        and not words[last - 1].lower.startswith("al-")
    ):
        last -= 1
    if first < last and opens(words, first) and last - first > 1 and _is_chance_opener(words, first, spelling):
        first += 1
    if first >= last:
        return []
    if _COMPOUND.fullmatch(words[last - 1].text) and last - first > 1:
        return []  # "a Carl Moss-like voice"
    while last - first > 1 and _PARTY_TOKEN.fullmatch(words[last - 1].text):
        last -= 1  # "Chuck Moss D-N.Y."
    if last - first == 1 and words[first].lower in ("jr", "jr.", "sr", "sr."):
        return []
    for at in range(last - 2, first - 1, -1):
        if _COMPOUND.fullmatch(words[at].text):
            first = at + 1
            break
    whole = _text(words, first, last)
    if re.fullmatch(r"[RDI](?:-.*)?|DFL|[A-Z]", whole):
        return []  # a party: "(R-Texas)"
    if whole.isupper() and last - first == 1 and spelling.small[words[first].lower] and whole not in _gazetteer():
        return []  # stressed: "will INCREASE"
    if whole.isupper() and whole not in _gazetteer() and _is_stressed(words[first:last], spelling):
        return []
    if last - first == 1 and "-" in whole and all(part in _gazetteer() for part in re.split("[-‐‑]", whole)):
        return []  # "the US-Mexico border"
    kind = _known_kind(whole)
    if kind:
        return [_Name(line, first, last, first, kind)]
    split = _title_end(words, first, last)
    if split is not None and split < last:
        return [_Name(line, split, last, first, "person")]
    if split is not None:
        return []  # a title alone: a mention by role
    if (
        last - first > 2
        and _is_person_word(words[first].lower)
        and fold_name(words[first + 1].text) in first_names().gender
    ):
        return [_Name(line, first + 1, last, first, "person")]  # "Landlord Victor Hale"
    kind = _kind_by_form(words, first, last)
    if kind == "demonym":
        return []
    if not kind or kind == "organization":
        kind = _kind_by_place(words, first, last, line) or kind
    if not kind and last - first > 1:
        for cut in (2, 1):  # a country before a name: "Russian Alexander Povetkin"
            country = countries().get(_text(words, first, first + cut)) if last - first > cut else None
            if country is not None:
                rest = _parse(_Chunk(line, first + cut, last), spelling)
                own = (
                    []
                    if country.form == "demonym"
                    else [_Name(line, first, first + cut, first, _country_kind(country.form))]
                )
                return own + rest
    if (
        not kind
        and last - first == 1
        and (
            words[first].lower in nameless_words()
            or (_is_plural_title(words[first]) and words[first].start not in spelling.entities)
        )
    ):
        return []
    return [_Name(line, first, last, first, kind)]


def _is_stressed(run: Sequence[Word], spelling: Spelling) -> bool:
    """Return whether capitals only stress the words: "my ACTUAL beliefs", "there was NO DEAL"."""
    if len(run) > 1 and any(w.lower in function_words() or spelling.small[w.lower] for w in run):
        return True
    if any(w.text in organizations().acronyms or len(w.text) < 3 for w in run):
        return False
    common = (*_COMMON, "NOUN") if len(run[0].text) > _LONGEST_ACRONYM else _COMMON
    return all(w.pos in common for w in run) and run[0].start not in spelling.entities


def _is_plural_title(word: Word) -> bool:
    """Return whether a word names holders of an office: "Senators"."""
    return singular(word.lower) != word.lower and singular(word.lower) in titles().offices


def _is_chance_opener(words: Sequence[Word], first: int, spelling: Spelling) -> bool:
    """Return whether the first word of a run opens the sentence and is capitalised for that alone."""
    word = words[first]
    if word.start in spelling.entities and spelling.entities[word.start][0] > word.end:
        return False
    run = [w for w in words[first : first + 5] if w.capital]
    if any("".join(w.text[0] for w in run[:size]) in spelling.acronyms for size in range(3, len(run) + 1)):
        return False
    if (
        _is_title(word)
        or word.text in _gazetteer()
        or fold_name(word.text) in first_names().gender
        or word.lower.rstrip(".") in titles().modifiers
    ):
        return False
    if word.pos and word.pos != "PROPN" and word.lower not in listed("before_of") and spelling.capital[word.lower] == 0:
        return True
    return spelling.small[word.lower] > spelling.capital[word.lower] and not _org_form(words[first + 1])


def _org_form(word: Word) -> bool:
    return word.text in organizations().heads or word.text in places().heads


def _text(words: Sequence[Word], first: int, last: int) -> str:
    parts = [words[first].text]
    for left, right in pairwise(words[first:last]):
        parts.append(("" if left.end == right.start else " ") + right.text)
    return "".join(parts)


@cache
def _gazetteer() -> dict[str, str]:
    """Return the kind of every name in the word lists, as written."""
    found: dict[str, str] = {}
    for name in places().adjectives:
        found[name] = "demonym"
    for name in places().names:
        found[name] = "place"
    for form in places().states:
        if len(form) > 2:
            found[form] = "place"
    for form, country in countries().items():
        found[form] = _country_kind(country.form)
    found["Georgia"] = "place"
    for acronym in organizations().acronyms:
        found[acronym] = "organization"
    for name in organizations().known:
        found.setdefault(name, "organization")
    for form, outlet in outlets().items():
        if (len(form) > 3 or form.isupper()) and form not in listed("loose_outlets"):
            found.setdefault(form, "organization" if outlet.kind != "social" else "other")
    return found


# Outlets whose names are everyday words or titles: only wording makes them credits.


def _country_kind(form: str) -> str:
    return {"name": "country", "demonym": "demonym", "capital": "place", "seat": "organization"}[form]


def _known_kind(text: str) -> str:
    kind = _gazetteer().get(text, "")
    return "" if kind == "demonym" else kind


def _is_courtesy(word: Word) -> bool:
    return word.lower.rstrip(".") in titles().courtesy


def _is_title(word: Word) -> bool:
    form = word.lower.rstrip(".")
    if form in titles().courtesy:
        return True
    if form in titles().abbreviations:
        return word.text.endswith(".") or form in ("gen", "lt", "sgt", "capt", "col", "cpl", "rep", "sen", "gov", "maj")
    return word.lower in titles().offices


def _is_person_word(lower: str) -> bool:
    return lower in titles().offices or lower in titles().persons or lower in titles().kinship


# First names that are titles too: they open a name where they stand alone before a surname.


def _title_end(words: Sequence[Word], first: int, last: int) -> int | None:
    """Return where the name begins behind the title words of a run; `last` for a title alone, None for no title."""
    lower = [w.lower for w in words[first:last]]
    size = last - first
    for length in range(min(5, size), 1, -1):
        for begin in range(size - length + 1):
            if " ".join(lower[begin : begin + length]) in titles().phrases:
                end = begin + length
                while (
                    end < size
                    and (lower[end] in titles().offices or lower[end] in ("elect", "designate"))
                    and end + 1 < size
                    and lower[end] not in listed("names_and_titles")
                ):
                    end += 1
                if end == size or _could_be_person(words, first + end, last):
                    return first + end
    for at in range(size - 1, -1, -1):
        word = words[first + at]
        if not _is_title(word):
            continue
        rest = first + at + 1
        if rest == last:
            if at == 0 and word.lower in listed("names_and_titles"):
                return None
            if _is_courtesy(word):
                return last
            own = words[first : first + at]
            if all(_belongs_to_title(w) or _is_courtesy(w) for w in own) and not (
                word.lower in listed("names_and_titles") and any(_is_courtesy(w) for w in own)
            ):
                return last  # "Mr. President", but not "Dr. King"
            continue
        if (
            word.lower in listed("names_and_titles")
            and fold_name(word.text) in first_names().gender
            and last - rest == 1
        ):
            if at == 0:
                return None
            continue
        if words[rest].text in ("'s", "’s"):
            continue  # "King's College London"
        if words[rest].lower in ("of", "for"):
            name = _name_after_of(words, rest, last)
            if name is not None:
                return name
            if (
                word.lower in titles().offices
                and at + 1 < size
                and all(_belongs_to_title(w) for w in words[first : first + at])
            ):
                return last
            continue
        loose = word.lower in listed("loose_titles") and at == 0 and last - rest == 1
        if loose and fold_name(words[rest].text) not in first_names().gender:
            continue  # "Investor Relations"
        if _could_be_person(words, rest, last):
            return rest
    return None


def _belongs_to_title(word: Word) -> bool:
    return (
        word.lower.rstrip(".") in titles().modifiers
        or word.lower in titles().offices
        or word.text in countries()
        or word.text in organizations().acronyms
        or word.text in places().states
        or word.lower in ("of", "the", "and", "white", "house", "staff")
        or word.lower in titles().bodies
    )


def _name_after_of(words: Sequence[Word], rest: int, last: int) -> int | None:
    """Return where the name begins in "Secretary of State Jane Roe", or None when all belongs to the office."""
    for at in range(rest + 1, last - 1):
        if fold_name(words[at].text) in first_names().gender:
            return at
    if last - rest >= 4 and _could_be_person(words, last - 2, last):
        return last - 2
    return None


def _could_be_person(words: Sequence[Word], first: int, last: int) -> bool:
    if not 1 <= last - first <= 5:
        return False
    tail = words[last - 1]
    if tail.text in organizations().heads or tail.text in organizations().legal or tail.text in organizations().things:
        return False
    if tail.text in places().heads and not _surely_titled(words, first, last):
        return False
    if tail.lower.rstrip(".") in ("jr", "sr") and last - first == 1:
        return False
    text = _text(words, first, last)
    if last - first == 1 and tail.text.isupper() and len(tail.text) > 1:
        return tail.text not in organizations().acronyms and tail.text not in countries()
    if _gazetteer().get(text) in ("country", "demonym"):
        return last - first == 1 and text in ("Jordan", "Chad", "Israel", "Kosovo")
    return words[first].lower not in ("of", "for", "and", "&")


def _surely_titled(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a name that could be a street or a hill is a person's by its title ("Mr. Hill") or first name."""
    title = words[first - 1].lower.rstrip(".") if first else ""
    return (
        title in titles().courtesy
        or (title in titles().abbreviations and words[first - 1].text.endswith("."))
        or (last - first > 1 and fold_name(words[first].text) in first_names().gender)
    )


def _kind_by_form(words: Sequence[Word], first: int, last: int) -> str:
    """Return the kind that the words of a name tell, "demonym" for an adjective alone, "" when they tell none."""
    size = last - first
    head, tail = words[first], words[last - 1]
    text = _text(words, first, last)
    if size == 1:
        if _gazetteer().get(text) == "demonym":
            country = countries().get(text)
            plural = text.endswith("s") or text in ("Englishmen", "Frenchmen")
            if plural and (country is None or country.form == "demonym") and text not in ("Swiss",):
                return "group"
            return "demonym"
        if tail.lower in believers() or (tail.text.endswith("ers") and _gazetteer().get(text[:-3]) == "place"):
            return "group"
        if len(tail.text) > 1 and tail.text.isupper():
            return "organization" if tail.text in organizations().acronyms else ""
        if "-" in tail.text and tail.text.split("-")[-1].islower():
            return "demonym"
        return ""
    if tail.lower in believers():
        return "group"  # "House Republicans"
    if _gazetteer().get(text) == "demonym" and f"The {text}" not in outlets():
        return "group" if text.endswith("s") else "demonym"
    if size == 2 and head.lower in listed("before_demonyms") and _is_demonym(tail):
        return "group" if tail.text.endswith("s") else "demonym"
    if head.text.rstrip(".") in organizations().vessels or head.lower in listed("storms"):
        return "other"
    if tail.text in organizations().things:
        return "other"
    if tail.text in organizations().legal or tail.text in organizations().heads:
        if tail.text == "House" and size == 2 and fold_name(head.text) in first_names().gender:
            return "person"
        return "organization"
    if tail.text in places().heads or (head.text in places().first and tail.text not in organizations().heads):
        return "place"
    if any(w.text in ("of", "for") for w in words[first:last]) and head.text in organizations().first:
        return "organization"
    if any(w.text in ("of", "for", "&") for w in words[first:last]):
        return "place" if head.text in places().heads or head.text in places().first else "organization"
    if tail.lower.rstrip(".") in ("jr", "sr", "iii"):
        return "person"
    if fold_name(head.text) in first_names().gender and size <= 4:
        return "person"
    if size >= 2 and re.fullmatch(r"[A-Z]\.", words[first + 1].text):
        return "person"
    if tail.lower in listed("company_endings"):
        return "organization"
    if re.fullmatch(r"(?:[A-Z]\.)+|[A-Z]{2}", head.text) and size == 2 and head.text not in countries():
        return "person"
    if (
        size >= 3
        and all(w.capital for w in words[first:last])
        and any(w.text in organizations().heads for w in words[first:last])
    ):
        return "organization"
    return ""


def _is_demonym(word: Word) -> bool:
    singular = word.text.removesuffix("s")
    return "demonym" in (_gazetteer().get(word.text), _gazetteer().get(singular))


# --- kinds that only the document tells -----------------------------------------------------------------------------


def _kind_by_place(words: Sequence[Word], first: int, last: int, line: Line) -> str:
    """Return the kind that the words right before and after a name tell, "" when they tell none."""
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    behind = " ".join(w.text for w in words[last : last + 2])
    if before is not None and before.text == "(" and behind in (") —", ") –", ") -") and first < 14:
        return "organization"  # "NAIROBI (Coastline Wire) —"
    if before is not None and before.lower == "the" and f"The {_text(words, first, last)}" in outlets():
        return "organization"
    if last - first > 1 and _spelled_out(words, first) == last:
        return "organization"
    if (
        after is not None
        and after.text in ("(", "—", "–", "-", "--", ",")
        and first == 0
        and words[first].text.isupper()
        and len(words[first].text) > 3
    ):
        dash = next((w for w in words[last : last + 9] if w.text in ("—", "–", "-")), None)
        if dash is not None:
            return "place"
    return ""


def _votes(name: _Name, text: str, spelling: Spelling, persons: set[str]) -> Counter[str]:
    """Return how strongly the surroundings of one mention speak for each kind."""
    words = name.line.words
    own = words[name.first : name.last]
    before = words[name.first - 1].lower if name.first else ""
    after = words[name.last] if name.last < len(words) else None
    votes: Counter[str] = Counter()
    entity = spelling.entities.get(own[0].start)
    if entity is not None and entity[0] == own[-1].end:
        votes[entity[1]] += 3
    following = after
    if after is not None and after.text in ("'s", "’s") and name.last + 1 < len(words):
        following = words[name.last + 1]
    if following is not None and following is after and following.lower in listed("place_nouns"):
        votes["place"] += 6
    if following is not None and following.lower in listed("company_nouns"):
        votes["organization"] += 4
    if before == "of" and name.first > 1 and words[name.first - 2].lower in listed("place_nouns"):
        votes["place"] += 6
    if before in ("of", "for", "at") and name.first > 1:
        office = words[name.first - 2].lower
        votes["organization"] += 3 * (office in listed("of_bodies"))  # "head of Acme"
        votes["place"] += 3 * (office in listed("of_places"))  # "mayor of Springfield"
    if before in ("in", "near", "at", "outside", "throughout", "across"):
        votes["place"] += 2
    elif before in listed("place_cues"):
        votes["place"] += 1
    if _AGED.match(text, own[-1].end, name.line.end):
        votes["person"] += 6
    if _SPEECH.match(text, own[-1].end + 1, name.line.end):
        votes["person"] += 2
    if len(own) == 1 and _surname(own) in persons:
        votes["person"] += 6
    if right_role(name.line, name.last) is not None:
        votes["person"] += 4
    if name.first and _is_person_word(before) and not words[name.first - 1].capital:
        votes["person"] += 4
    if before == "," and name.first > 1 and _is_person_word(words[name.first - 2].lower):
        # "his wife, Thea Lund"; in commas on both sides it is the same one: "the mayor, Lund, will"
        votes["person"] += 4 if after is not None and after.text == "," else 2
    if name.first and before in titles().bodies and not words[name.first - 1].capital:
        votes["organization"] += 4
    if len(own) == 1 and own[0].text.isupper() and own[0].text.isalpha() and len(own[0].text) > 2:
        del votes["person"]
        votes["organization"] += 3 * (len(own[0].text) <= _LONGEST_ACRONYM)
    if 2 <= len(own) <= 3 and all(spelling.small[w.lower] == 0 and w.letters for w in own) and _looks_personal(own):
        votes["person"] += 1
    return votes


def _settle_kinds(names: Sequence[_Name], reading: Reading, spelling: Spelling) -> list[_Name]:
    """Return the names with the kinds that other mentions and the words around them tell: one name, one kind."""
    text = reading.document.text
    persons: set[str] = set()
    known: dict[str, str] = {}
    for name in names:
        words = name.line.words[name.first : name.last]
        if name.kind == "person":
            persons.add(_surname(words))
        if name.kind:
            known.setdefault(_folded(name), name.kind)
            if name.kind == "other" and words[0].text in organizations().vessels:
                known.setdefault(fold_name(_text(words, 1, len(words))), "other")
    votes: dict[str, Counter[str]] = {}
    for name in names:
        if not name.kind and _folded(name) not in known:
            votes.setdefault(_folded(name), Counter()).update(_votes(name, text, spelling, persons))
    for folded, counted in votes.items():
        best = max(sorted(counted), key=lambda kind: counted[kind], default="")
        if best == "person" and counted[best] < _LEAST_PERSON:
            best = ""
        known[folded] = best if best in ("person", "organization", "place") else ""
        if not best and folded.upper() in spelling.acronyms:
            known[folded] = "organization"
    common = _common_nouns(names, spelling)
    surnames = persons | {_surname_of(folded) for folded, kind in known.items() if kind == "person" and " " in folded}
    settled = []
    for name in names:
        kind = name.kind or known.get(_folded(name), "")
        alone = name.last - name.first == 1
        if alone and name.title == name.first and _folded(name).endswith("s") and _folded(name)[:-1] in surnames:
            kind = "group"  # "the Clintons"
        elif not kind and alone and _folded(name) in surnames:
            kind = "person"
        if not kind and alone and _folded(name) in common:
            continue
        settled.append(replace(name, kind=kind))
    return settled


def _common_nouns(names: Sequence[_Name], spelling: Spelling) -> set[str]:
    """Return the lone words that are no names: read as another part of speech, or mostly written small.

    A contract capitalises its parties ("Contractor"), a tweet what it stresses ("the Truth").
    """
    read: dict[str, bool] = {}
    for name in names:
        word = name.line.words[name.first]
        if name.last - name.first == 1 and not word.text.isupper():
            is_noun = (bool(word.pos) and word.pos != "PROPN") or (
                spelling.small[word.lower] > spelling.capital[word.lower]
            )
            read[_folded(name)] = read.get(_folded(name), True) and is_noun and word.start not in spelling.entities
    return {folded for folded, is_noun in read.items() if is_noun}


def _folded(name: _Name) -> str:
    return fold_name(_text(name.line.words, name.first, name.last))


def _surname_of(folded: str) -> str:
    return next((part for part in reversed(folded.split()) if part not in ("jr", "sr", "ii", "iii")), folded)


def _looks_personal(words: Sequence[Word]) -> bool:
    return all(w.text[1:].islower() or not w.text.isupper() for w in words) and not any(
        w.lower in titles().modifiers or w.text in places().heads or w.text in organizations().first for w in words
    )


def _surname(words: Sequence[Word]) -> str:
    kept = [w for w in words if w.text not in first_names().suffixes]
    return fold_name(kept[-1].text) if kept else ""


# --- headlines ------------------------------------------------------------------------------------------------------


def _find_in_headlines(lines: Sequence[Line], names: Sequence[_Name]) -> Iterator[_Name]:
    """Yield names in lines that capitalise everything: those that the body or a list knows, the longest first."""
    known: dict[str, str] = {}
    for name in names:
        words = name.line.words[name.first : name.last]
        known.setdefault(_text(words, 0, len(words)).casefold(), name.kind)
        if name.kind == "person" and len(words) > 1:
            known.setdefault(
                words[-1].lower if words[-1].text not in first_names().suffixes else words[-2].lower, "person"
            )
    for line in lines:
        if line.case == "plain":
            continue
        at = 0
        while at < len(line.words):
            found = None
            for last in range(min(len(line.words), at + _LONGEST), at, -1):
                kind = _headline_kind(line, at, last, known)
                if kind is not None:
                    found = _Name(line, at, last, _headline_title(line, at, kind), kind)
                    break
            if found is None:
                at += 1
            else:
                yield found
                at = found.last


def _headline_kind(line: Line, first: int, last: int, known: dict[str, str]) -> str | None:
    words = line.words
    if not (words[first].capital and words[last - 1].letters):
        return None
    text = _text(words, first, last)
    if text.casefold() in known and (last - first > 1 or words[first].lower not in function_words()):
        return known[text.casefold()]
    if line.case == "upper":
        return None
    kind = _known_kind(text)
    if kind and (
        last - first > 1
        or (len(text) > 2 and words[first].lower not in function_words())
        or text in ("US", "UK", "UN", "EU")
    ):
        return kind
    if (
        last - first == 2
        and first_names().gender.get(fold_name(words[first].text))
        and words[first].lower not in function_words()
    ):
        tail = words[last - 1]
        if (
            tail.capital
            and tail.lower not in function_words()
            and not _is_title(tail)
            and tail.text not in organizations().heads
        ):
            return "person"
    return None


def _headline_title(line: Line, at: int, kind: str) -> int:
    first = at
    if kind == "person":
        while first and (
            _is_title(line.words[first - 1])
            or (first < at and _belongs_to_title(line.words[first - 1]) and line.words[first - 1].letters)
        ):
            first -= 1
    return first


ANNOTATOR = Annotator(
    name="mentions",
    version=2,
    kind="mentions",
    summary="People, organizations, countries, places and groups with their titles, by name, by role or by pronoun.",
    order=30,
    find=find_mentions,
)
