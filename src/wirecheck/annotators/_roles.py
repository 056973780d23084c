"""Roles beside names ("doctor Jane Roe"; "Jane Roe, mayor of X") and mentions by role or pronoun alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wirecheck.annotators._names import Line, Word, function_words
from wirecheck.language.reading import Reading
from wirecheck.model import ActorKind, Mention
from wirecheck.places import Places
from wirecheck.text.gazetteer import countries, listed, organizations, titles

PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
}  # fmt: skip
_SAID = re.compile(
    r"said|says|told|tells|was|is|has|had|wrote|added|were|are|explained|noted|argued|warned|tweeted|asked"
)
_AGE = re.compile(r"\d{1,3}-(?:year|month|week|day)s?-olds?|\d{1,3}")
_LONGEST_ROLE = 8  # words before the head
_LONGEST_APPOSITION = 24  # words; a longer run between commas is a clause
# Nouns for persons that are everyday words in headlines.


def _person_head(word: Word) -> bool:
    lower = word.lower
    return lower in titles().offices or lower in titles().persons or lower in titles().kinship


def _company_head(word: Word) -> bool:
    return word.lower in titles().bodies and not word.capital


def singular(word: str) -> str:
    """Return a plural noun's singular by its ending; a noun that is no plural comes back as it is."""
    irregular = {
        "men": "man",
        "women": "woman",
        "children": "child",
        "people": "person",
        "wives": "wife",
        "thieves": "thief",
    }
    if word in irregular:
        return irregular[word]
    for plural, single in (
        ("smen", "sman"),
        ("swomen", "swoman"),
        ("men", "man"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("s", ""),
    ):
        if word.endswith(plural) and len(word) > len(plural) + 2 and not word.endswith("ss"):
            return word[: -len(plural)] + single
    return word


def left_role(line: Line, at: int, kind: str) -> int | None:
    """Return the word where the title in small letters before a name begins, or None.

    `at` is the first word of the name or of its capitalised title. Goes left from a noun for persons (or, before names
    of organizations, for bodies) over what qualifies it: "national disaster agency spokesman", "AMD's new CEO".
    """
    words = line.words
    if at == 0:
        return None
    begin = at
    head = words[at - 1]
    if not head.letters or head.capital:
        # "former" before a capitalised title or "AMD's" before it.
        if kind == "organization" or at >= len(words) or not words[at].capital or not _titled(words, at):
            return None
        return _qualifiers(words, at)
    is_head = _person_head(head) if kind in ("person", "other") else _company_head(head)
    if kind == "other" and not is_head:
        is_head = _company_head(head)
    if not is_head:
        if kind == "organization":
            return None
        if (head.lower.rstrip(".") in titles().modifiers or head.lower.startswith(("ex-", "then-"))) and _titled(
            words, at
        ):
            begin = at - 1
            return _qualifiers(words, begin) or begin
        return None
    begin = at - 1
    return _qualifiers(words, begin) or begin


def _titled(words: Sequence[Word], at: int) -> bool:
    return any(
        _person_head(w) or w.lower.rstrip(".") in titles().abbreviations for w in words[at : at + 5] if w.capital
    )


def _qualifiers(words: Sequence[Word], at: int) -> int | None:
    """Return where the words that qualify a noun at `at` begin, or None where there are none."""
    first = at
    while first > 0 and at - first < _LONGEST_ROLE:
        word = words[first - 1]
        if word.text in ("'s", "’s") or (word.text in ("'", "’") and first > 1 and words[first - 2].end == word.start):
            owner = first - 2
            if owner < 0 or not words[owner].letters or words[owner].lower in function_words():
                break
            if not words[owner].capital:
                first = owner  # "the store's insurer"
                continue
            while owner > 0 and words[owner - 1].capital and words[owner - 1].lower not in function_words():
                owner -= 1
            first = owner
            break
        if not word.letters and not _AGE.fullmatch(word.text):
            break
        if word.lower in function_words() and word.lower not in ("first", "second", "third", "new", "old", "last"):
            break
        if word.lower in listed("not_modifiers"):
            break
        if word.lower.startswith(("ex-", "then-", "vice-", "co-", "mid-")):
            first -= 1
            continue
        if word.pos:
            if word.pos not in ("ADJ", "NOUN", "PROPN", "NUM") and word.lower not in titles().modifiers:
                break
        elif not (
            word.lower.rstrip(".") in titles().modifiers
            or word.capital
            or "-" in word.text
            or word.lower in titles().bodies
        ):
            break
        first -= 1
    return first if first < at else None


def right_role(line: Line, at: int) -> tuple[int, int] | None:
    """Return the characters of an apposition after a name: ", mayor of X,", ", the store's insurer,", or None.

    `at` is the word after the name. The apposition must have a noun for persons before its first preposition.
    """
    words = line.words
    if at < len(words) and words[at].text == "(":
        close = next((i for i in range(at, min(at + 8, len(words))) if words[i].text == ")"), None)
        if close is None:
            return None
        at = close + 1
    if at + 2 < len(words) and words[at].text == "," and words[at + 1].lower in ("jr.", "sr.", "jr", "sr"):
        at += 2
    if at < len(words) and words[at].text == "of" and at + 2 < len(words):
        return _affiliation(words, at)
    if at >= len(words) or words[at].text not in (",", "—", "–", "("):
        return None
    first = at + 1
    if first + 1 < len(words) and words[first].text.isdigit() and words[first + 1].text == ",":
        first += 2
    if first >= len(words):
        return None
    close_by = ")" if words[at].text == "(" else words[at].text
    head = _apposition_head(words, first)
    if head is None or _is_verbal(words, first) or words[first].lower in listed("ends"):
        return None
    last = head + 1
    while last < len(words) and last - first < _LONGEST_APPOSITION:
        word = words[last]
        if word.text == close_by or (word.text in '.;:—–)"“”?!' and word.end - word.start == 1):
            break
        if word.text == "," and close_by != ",":
            pass
        if word.lower in ("who", "whose", "whom", "which") or _SAID.fullmatch(word.lower):
            break
        if word.finite:
            return None  # a clause: "Jane Roe, her mother and her sister came"
        last += 1
    else:
        if last - first >= _LONGEST_APPOSITION:
            return None
    # "president and CEO, AMD": a company behind a second comma belongs to the office.
    if (
        last + 2 < len(words)
        and words[last].text == ","
        and words[last + 1].capital
        and words[first].lower not in listed("determiners")
    ):
        end = last + 1
        while (
            end < len(words)
            and words[end].letters
            and (words[end].capital or words[end].lower in ("of", "and", "the", "for"))
        ):
            end += 1
        if (end == len(words) or words[end].text in ".,;:)") and words[end - 1].capital and end - last <= 6:
            last = end
    while last > first and words[last - 1].lower in listed("ends"):
        last -= 1
    if last <= first:
        return None
    return words[first].start, words[last - 1].end


_BEING = re.compile(
    r"(?:will (?:now |soon |also )?(?:become|be|serve as|remain)|(?:has|had) been(?: named| appointed)?|is|was|became|"
    r"becomes|"
    r"remains|remained|serves as|served as|(?:has|had) become|(?:is|was) (?:now|also|still|once|currently|then)|"
    r"(?:was|were|is being) (?:named|appointed|elected|sworn in as|hired as)|to (?:become|be)) "
    r"(?:now |also |still |once )?"
)
_PREDICATE_ENDS = frozenset({
    "before", "after", "when", "while", "until", "since", "because", "who", "which", "that", "as", "but", "if",
    "where", "though", "although", "whether", "how", "why", "what",
})  # fmt: skip
_NO_ROLE = frozenset(["not", "no", "never", "hardly", "neither", "either", "both"])


def _is_verbal(words: Sequence[Word], at: int) -> bool:
    """Return whether a phrase begins with a verb: "accused", "directly accused", "to make", "be"."""
    if words[at].pos in ("ADV", "PART") and at + 1 < len(words):
        at += 1
    return words[at].pos in ("VERB", "AUX")


def predicate_role(line: Line, at: int) -> tuple[int, int] | None:
    """Return the characters of a role behind "is", "was", "will become": "Jane Roe, who will be general manager of X".

    `at` is the word behind the name and its apposition.
    """
    words = line.words
    first = at
    if first < len(words) and words[first].text == ",":
        first += 1
    if first < len(words) and words[first].lower == "who":
        first += 1
    said = " ".join(w.lower for w in words[first : first + 5]) + " "
    match = _BEING.match(said)
    if match is None:
        return None
    begin = first + len(match.group().split())
    head = _apposition_head(words, begin)
    if head is None or _is_verbal(words, begin) or words[begin].lower in _NO_ROLE:
        return None
    last = head + 1
    while last < len(words) and last - begin < _LONGEST_APPOSITION:
        word = words[last]
        if (
            word.lower in _PREDICATE_ENDS
            or word.finite
            or word.text in (",", ".", ";", ":", "—", "–", "(", ")", "“", "”", '"')
            or (word.lower in ("and", "or") and last + 1 < len(words) and _is_verbal(words, last + 1))
        ):
            break
        last += 1
    return words[begin].start, words[last - 1].end


def word_after(line: Line, offset: int, at: int) -> int:
    """Return the index of the first word at or behind an offset, looking from `at` on."""
    while at < len(line.words) and line.words[at].start < offset:
        at += 1
    return at


def _affiliation(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return "of the National Weather Agency" behind a name of a person."""
    first = at + 1
    if words[first].text == "the":
        first += 1
    last = first
    while (
        last < len(words)
        and words[last].letters
        and (
            words[last].capital
            or (
                words[last].lower in ("of", "and", "for")
                and last + 1 < len(words)
                and words[last + 1].capital
                and last > first
            )
        )
    ):
        last += 1
    run = words[first:last]
    if not run:
        return None
    known = run[-1].text in organizations().heads or any(
        w.text in organizations().heads or w.text in organizations().first for w in run
    )
    return (words[at].start, words[last - 1].end) if known or run[-1].text in organizations().acronyms else None


def _apposition_head(words: Sequence[Word], first: int) -> int | None:
    """Return the noun for persons that heads the phrase at `first`, or None where there is none."""
    if first >= len(words):
        return None
    begin = first
    opener = words[begin]
    determined = opener.lower in listed("determiners") or (
        begin + 1 < len(words) and words[begin + 1].text in ("'s", "’s")
    )
    head = None
    at = begin
    while at < len(words) and at - begin < 12:
        word = words[at]
        if word.text in ("'s", "’s"):
            head = None
            at += 1
            continue
        if at > begin and (word.lower in listed("ends") or not (word.letters or _AGE.fullmatch(word.text))):
            break
        if word.lower in listed("not_modifiers"):
            break
        if (
            _person_head(word)
            or (at > begin and f"{words[at - 1].lower} {word.lower}" in titles().phrases)
            or word.text in ("CEO", "CFO", "CTO", "COO")
            or (_AGE.fullmatch(word.text) and "old" in word.text)
        ):
            head = at
        else:
            head = (
                head
                if head is not None
                and word.lower in ("general", "executive", "elect", "emeritus", "justice", "officer")
                else None
                if not _follows_head(words, at)
                else head
            )
        at += 1
    if head is None:
        return None
    # A second person's name ends the list reading: "Jane Roe, President John Doe and …" is a list, not an apposition.
    follows = words[head + 1] if head + 1 < len(words) else None
    if (
        follows is not None
        and follows.capital
        and follows.letters
        and not determined
        and follows.lower not in ("of", "and")
    ):
        return None
    return head


def _follows_head(words: Sequence[Word], at: int) -> bool:
    return words[at].lower in ("emeritus", "elect", "designate")


# --- mentions by role or pronoun alone --------------------------------------------------------------------------------


def find_role_mentions(
    reading: Reading, lines: Sequence[Line], taken: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[Mention]:
    """Yield mentions by role ("the mayor", "his wife", "Ukrainian officials", "the agency") and pronouns."""
    for line in lines:
        ranges = Places(taken.get(line.start, ()), lambda r: r)
        headline = line.case != "plain"
        words = line.words
        at = 0
        while at < len(words):
            word = words[at]
            if word.lower in PRONOUNS and word.letters:
                yield Mention(
                    reading.span(word.start, word.end),
                    "group" if PRONOUNS[word.lower] == "they" else "person",
                    pronoun=True,
                )
            inside = any(True for _ in ranges.touching(at, at + 1))
            if inside or not (word.letters or "old" in word.text) or (headline and word.lower in listed("loose_heads")):
                at += 1
                continue
            found = _role_at(words, at, ranges)
            if found is not None:
                first, role, last, kind = found
                yield Mention(
                    reading.span(words[first].start, words[last - 1].end),
                    kind,
                    role=reading.span(words[role].start, words[last - 1].end),
                )
                at = last
                continue
            at += 1


def _role_at(words: Sequence[Word], at: int, ranges: Places[tuple[int, int]]) -> tuple[int, int, int, ActorKind] | None:
    """Return first word, first word of the role, end and kind of the mention by role whose head is at `at`."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and following.letters and not following.capital and _continues_compound(following):
        return None
    if following is not None and following.text in ("-",) and following.start == word.end:
        return None
    if ranges.starting_in(at + 1, at + 2):
        return None  # the title of a name, which has it already
    plural = singular(word.lower)
    kind: ActorKind
    if (
        (_AGE.fullmatch(word.text) and "old" in word.text)
        or _person_head(word)
        or (at and f"{words[at - 1].lower} {word.lower}" in titles().phrases)
    ):
        kind = "person"
    elif word.lower in titles().groups or (
        plural != word.lower
        and (plural in titles().persons or plural in titles().offices or plural in titles().kinship)
    ):
        kind = "group"
    elif word.lower in titles().bodies:
        kind = "organization"
    else:
        return None
    if word.lower in listed("loose_heads") and kind == "person" and (following is None or following.text != "of"):
        return None
    first = _qualifiers(words, at)
    role = first if first is not None else at
    before = words[role - 1] if role else None
    determined = before is not None and before.lower in listed("determiners")
    begin = role - 1 if determined else role
    if words[role].text in ("'s", "’s"):
        role += 1
    owned = any(w.text in ("'s", "’s", "’", "'") for w in words[role:at])
    if kind == "person" and not (determined or owned):
        return None
    if kind == "organization" and (
        not determined or (before is not None and before.lower not in ("the", "this", "its", "their", "our", "that"))
    ):
        return None
    if kind == "group" and not determined and word.lower not in titles().groups and first is None:
        return None
    if any(first < begin for first, _ in ranges.touching(begin, at + 1)):
        return None
    last = at + 1
    phrase = words[at : at + 3]
    if " ".join(w.lower for w in phrase) in titles().phrases:
        last = at + len(phrase)  # "the secretary of state"; at the end of a line "Chief Justice"
    # "the mayor of Springfield", "the commander of the U.S. Navy's 5th Fleet"
    if last + 1 < len(words) and words[last].lower in ("of", "for", "at") and kind != "group":
        end = last + 1
        if words[end].lower in ("the", "its", "his", "her"):
            end += 1
        stop = end
        while stop < len(words) and (
            (words[stop].letters and words[stop].capital)
            or words[stop].text in ("'s", "’s")
            or (words[stop].text[0].isdigit() and stop > end)
            or (
                words[stop].lower in ("of", "and", "for", "the")
                and stop + 1 < len(words)
                and words[stop + 1].capital
                and stop > end
            )
        ):
            stop += 1
        demonym = countries().get(words[stop - 1].text)
        if stop > end and words[stop - 1].text not in ("'s", "’s") and (demonym is None or demonym.form != "demonym"):
            last = stop
    return begin, role, last, kind


def _continues_compound(word: Word) -> bool:
    """Return whether a noun after this one makes the head another ("police station", "company executive")."""
    if word.pos:
        return word.pos in ("NOUN", "PROPN") and word.lower not in function_words()
    return (
        _person_head(word)
        or word.lower in titles().bodies
        or word.lower in titles().groups
        or singular(word.lower) in titles().persons
    )
