"""Planted drafts: `python -m benchmarks.drafts [--apart] [--story w001 …] [--show] [--own-words]`.

Needs `../shared/stories` beside the checkout (or `--stories FOLDER`), whose texts stay there: each draft is made when
this runs, from sentences of a story's own documents, with faults planted at known places and faithful copies between
them. Code plants most of them; `drafts.toml` has edits made by hand, as places and new words. Every draft is checked
against all documents of its story.

A fault is found when an item that an editor must look at lies on its words; an item to look at elsewhere is a false
alarm. Stories whose id ends in 0, 3, 6 or 9 are set apart (`--apart`): rules were tuned on the others only.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wirecheck.drafts import check_documents
from wirecheck.model import Document, DraftItem, DraftReport
from wirecheck.readers import read_bytes
from wirecheck.text.sentences import sentence_ranges

STORIES = Path(__file__).parents[2] / "shared" / "stories"
APART = "0369"
MOST_FAITHFUL = 8
"""Faithful sentences and quotations of one draft at most."""
FEWEST_BETWEEN = 300
"""Characters between two quotations that a planted splice joins, at least."""

SURE = ("altered", "spliced", "conflict", "other-speaker")
"""Verdicts that say that the draft is wrong, and not only that no source has it."""

EXPECTED = {
    "word changed": {"altered"},
    "negation cut": {"altered", "trimmed"},
    "limit cut off": {"trimmed"},
    "spliced": {"spliced"},
    "other speaker": {"other-speaker"},
    "narrator in marks": {"paraphrased"},
    "figure changed": {"conflict", "not-found"},
    "figure rounded": {"rounded"},
    "date moved": {"conflict", "not-found"},
    "office changed": {"conflict", "not-found"},
    "claim of another": {"other-speaker"},
}
"""Verdicts that name a fault rightly."""

_QUOTE = re.compile(r"[“\"]([^“”\"]{20,600})[”\"]")
_BROKEN = re.compile(r"[“”\"‘]")
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it|his|her|their|its|him|them|this|that|these|those|I|we|the (?:two|pair|former|latter))\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:not|never|no|may|might|could|would|should|cannot|if|unless|until|without|except|when|once|whether|but|yet"
    r"|however|although|though|despite|only|some|most|several|few|many|almost|about|perhaps|likely|possibly|think"
    r"|believe|hope|expect|seems?|appears?|nor|neither|nothing|nobody|none)\b|n[’']t\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r",? (?:but|if|unless|although|though|until|except) ")
_LED = re.compile(
    r"^(?:I|We) (?:do not |don[’']t |don't )?(?:think|believe|hope|expect|guess)(?: that)? ", re.IGNORECASE
)
_NEGATION = re.compile(r"(?: not\b|n[’']t\b| never\b)")
_SWAPS = {
    "will": "might", "must": "can", "can": "should", "all": "most", "every": "almost every", "good": "poor",
    "first": "last", "always": "often", "very": "fairly", "more": "less", "many": "all", "new": "old",
    "great": "modest", "important": "useful", "people": "families", "country": "region", "government": "council",
    "world": "nation", "work": "effort", "time": "moment", "support": "attention", "years": "months",
    "day": "week", "help": "advice", "strong": "weak", "right": "chance", "need": "want", "want": "need",
    "believe": "know", "think": "know", "know": "guess", "found": "saw", "clear": "likely",
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,$€£-])(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w,.-]*\d)(?= [a-z]+)")
_LONG = re.compile(r"(?<![\w.,$€£-])(\d{1,3}(?:,\d{3})+|[1-9]\d{2})(?= [a-z]{3,})(?! (?:am|pm|mph)\b)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(rf"\b(?:on|last) ({'|'.join(_WEEKDAYS)})\b")
_DATE = re.compile(rf"\b(?:{_MONTHS}) (\d{{1,2}})\b(?!\d|,\d)")
_OFFICES = (
    ("prime minister", "president"), ("president", "vice president"), ("mayor", "deputy mayor"),
    ("governor", "mayor"), ("foreign minister", "interior minister"), ("health minister", "transport minister"),
    ("finance minister", "health minister"), ("interior minister", "foreign minister"),
    ("transport minister", "health minister"), ("defence minister", "health minister"),
    ("defense minister", "health minister"), ("senator", "governor"), ("deputy director", "director"),
    ("vice president", "president"), ("minister", "deputy minister"), ("director", "deputy director"),
    ("secretary", "deputy secretary"), ("chairman", "vice chairman"), ("commissioner", "deputy commissioner"),
    ("professor", "president"), ("chief executive", "deputy chief executive"),
)  # fmt: skip
_NAME = r"(?:[A-Z][\w'’-]+(?: [A-Z]\.)?(?: (?:de|van|von|al|bin) )?)(?: [A-Z][\w'’-]+){1,2}"
_SAID = re.compile(
    rf"^({_NAME})((?:, [^,]{{3,60}},)? (?:said|told \w[\w ]{{2,30}}|added|warned|argued|announced|confirmed)"
    r"(?: that)? )(?=[a-z])"
)


@dataclass
class Draft:
    """A draft as it grows; `faults` are its planted places with their kinds, `faithful` the places of copies."""

    story: str
    text: str = ""
    faults: list[tuple[int, int, str]] = field(default_factory=list)
    faithful: list[tuple[int, int]] = field(default_factory=list)

    def add(self, words: str, *places: tuple[int, int], fault: str | None = None) -> None:
        """Add a paragraph; `places` count from its beginning."""
        start = len(self.text) + 2 * bool(self.text)
        self.text += ("\n\n" if self.text else "") + words
        for first, end in places or [(0, len(words))]:
            if fault is None:
                self.faithful.append((start + first, start + end))
            else:
                self.faults.append((start + first, start + end, fault))


@dataclass(frozen=True)
class Said:
    """A quotation in marks of a document, with the name of its speaker as the gold file gives it."""

    words: str
    speaker: str
    document: str
    start: int


def list_stories(folder: Path, *, apart: bool) -> list[Path]:
    return [p for p in sorted(folder.iterdir()) if p.is_dir() and (p.name[-1] in APART) == apart]


def read_sources(story: Path) -> list[Document]:
    """Return the documents of a story with their publishers and times."""
    about = json.loads((story / "meta.json").read_text("utf-8"))
    found = []
    for path in sorted(story.glob("?.txt")):
        (document,), _ = read_bytes(path.name, path.read_bytes())
        said = about[path.stem]
        found.append(replace(document, publisher=said.get("publisher"), published=said.get("published")))
    return found


def list_said(story: Path) -> list[Said]:
    """Return the direct quotations of a story's gold that stand in marks in their document, each once."""
    gold = json.loads((story / "gold.json").read_text("utf-8"))
    texts = {p.stem: p.read_text("utf-8") for p in story.glob("?.txt")}
    found: dict[str, Said] = {}
    for entry in [*gold["quotes"], *gold["single_quotes"]]:
        name = re.match(_NAME, entry.get("speaker") or "")
        for passage in entry["passages"]:
            words = passage["text"].strip(" ,")
            at = texts[passage["doc"]].find(passage["text"])
            around = texts[passage["doc"]][max(0, at - 1) : at + len(passage["text"]) + 1]
            marked = at >= 0 and around[:1] in '“"' and around[-1:] in '”"'
            if marked and name and not _BROKEN.search(words) and len(words.split()) >= 6 and "…" not in words:
                found.setdefault(words, Said(words, name.group(), passage["doc"], at))
    return sorted(found.values(), key=lambda s: s.words)


def make_draft(story: Path, edits: Sequence[dict[str, Any]]) -> Draft:
    """Return the draft of a story: what can be planted in it, between faithful copies."""
    draft = Draft(story.name)
    said = list_said(story)
    used: set[str] = set()
    names = sorted({s.speaker for s in said})
    _plant_in_quotes(draft, said, names, used)
    sentences = [s for d in read_sources(story) for s in _list_plain(d.text)]
    whole = " ".join(p.read_text("utf-8") for p in sorted(story.glob("?.txt")))
    _plant_in_sentences(draft, sentences, names, whole, used)
    for one in [s for s in said if s.words not in used][: MOST_FAITHFUL // 2]:
        used.add(one.words)
        draft.add(*_quote(one.words, one.speaker))
    for sentence in [s for s in sentences if s not in used][: MOST_FAITHFUL // 2]:
        draft.add(sentence)
    for edit in edits:
        text = (story / f"{edit['document']}.txt").read_text("utf-8")
        before, after = text[edit["from"] : edit["start"]], text[edit["end"] : edit["to"]]
        words = before + edit["put"] + after
        place = (0, len(words)) if edit.get("whole") else (len(before), len(before) + len(edit["put"]))
        draft.add(words, place, fault=edit["kind"] if edit["kind"] != "faithful" else None)
    return draft


def _quote(words: str, speaker: str) -> tuple[str, tuple[int, int]]:
    ended = words.rstrip(".,") + ","
    return f"“{ended}” said {speaker}.", (1, 1 + len(ended))


def _plant_in_quotes(draft: Draft, said: Sequence[Said], names: Sequence[str], used: set[str]) -> None:
    def free(one: Said) -> bool:
        return one.words not in used

    def plant(one: Said, words: str, fault: str) -> None:
        used.add(one.words)
        paragraph, place = _quote(words, one.speaker)
        draft.add(paragraph, place, fault=fault)

    for one in said:  # a negative word goes
        match = _NEGATION.search(one.words, 10)
        if match and free(one) and "negation cut" not in _kinds(draft):
            gone = one.words[: match.start()] + one.words[match.end() :]
            plant(one, gone, "negation cut")
    for one in said:  # a condition behind, or "I think" before, is cut off
        match, led = _CUT_OFF.search(one.words, 25), _LED.match(one.words)
        if free(one) and (match or led) and "limit cut off" not in _kinds(draft):
            kept = one.words[led.end() :] if led else one.words[: match.start()] if match else ""
            if len(kept.split()) >= 5 and ". " not in kept:
                plant(one, kept[0].upper() + kept[1:], "limit cut off")
    for one in said:  # a word is another one
        words = one.words.split()
        at = next((n for n, w in enumerate(words) if 1 < n < len(words) - 1 and w in _SWAPS), None)
        if at is not None and free(one) and "word changed" not in _kinds(draft):
            plant(one, " ".join([*words[:at], _SWAPS[words[at]], *words[at + 1 :]]), "word changed")
    for n, one in enumerate(said):  # two utterances become one
        others = [o for o in said[n + 1 :] if o.speaker == one.speaker and free(o) and o.document == one.document]
        others = [o for o in others if one.words not in o.words and o.words not in one.words]
        if others and free(one) and "spliced" not in _kinds(draft):
            used.add(others[0].words)
            first, second = sorted((one, others[0]), key=lambda s: s.start)
            if not _stand_apart(first, second):
                first, second = second, first  # what stands side by side comes in another order
            plant(one, f"{_first_sentence(first.words)} {_last_sentence(second.words)}", "spliced")
    for one in said:  # somebody else says it
        others_named = [x for x in names if not set(x.split()) & set(one.speaker.split())]
        if others_named and free(one) and "other speaker" not in _kinds(draft):
            used.add(one.words)
            paragraph, place = _quote(one.words, others_named[0])
            draft.add(paragraph, (place[0], len(paragraph)), fault="other speaker")
    for one in said:  # a faithful cut: the first of several sentences, or what stands before ", and"
        parts = [one.words[a:b] for a, b in sentence_ranges(one.words)]
        joined = one.words.partition(", and ")
        kept = parts[0] if len(parts) > 1 else joined[0] if joined[2] and not _LIMITS.search(joined[2]) else ""
        if free(one) and len(kept.split()) >= 6:
            used.add(one.words)
            draft.add(*_quote(kept, one.speaker))
            break


def _stand_apart(left: Said, right: Said) -> bool:
    """Return whether more than a tag of who speaks stands between two quotations of one document."""
    first, second = sorted((left, right), key=lambda s: s.start)
    return second.start - first.start - len(first.words) > FEWEST_BETWEEN


def _kinds(draft: Draft) -> set[str]:
    return {kind for _, _, kind in draft.faults}


def _first_sentence(words: str) -> str:
    start, end = sentence_ranges(words)[0]
    return words[start:end].rstrip(",. ") + "."


def _last_sentence(words: str) -> str:
    start, end = sentence_ranges(words)[-1]
    last = words[start:end].strip()
    return last[0].upper() + last[1:]


def _list_plain(text: str) -> list[str]:
    """Return the sentences of a text that stand alone: no marks, nobody and nothing named by a pronoun."""
    found = []
    for paragraph in text.split("\n\n")[1:]:
        for start, end in sentence_ranges(paragraph):
            sentence = paragraph[start:end].strip()
            fits = 8 <= len(sentence.split()) <= 45 and sentence.endswith(".") and "\n" not in sentence
            if fits and not _BROKEN.search(sentence) and not _PRONOUN.search(sentence):
                found.append(sentence)
    return found


def _plant_in_sentences(
    draft: Draft, sentences: Sequence[str], names: Sequence[str], whole: str, used: set[str]
) -> None:
    for sentence in sentences:
        for kind, edited in _list_edits(sentence, names, whole):
            if kind not in _kinds(draft) and sentence not in used:
                used.add(sentence)
                words, place = edited
                draft.add(words, place, fault=kind)
    for sentence in sentences:
        listed = sentence.rstrip(".").split()
        if sentence not in used and names and "narrator in marks" not in _kinds(draft) and len(listed) >= 12:
            used.add(sentence)
            kept = " ".join(listed[:12])
            draft.add(*_quote(kept, names[0]), fault="narrator in marks")


def _list_edits(sentence: str, names: Sequence[str], whole: str) -> Iterator[tuple[str, tuple[str, tuple[int, int]]]]:
    match = _LONG.search(sentence)
    if match and not re.search(r"00\b", match[1]):
        value = int(match[1].replace(",", ""))
        size = 10 ** (len(str(value)) - 1)
        near = round(value / size) * size if value % size else 0
        if near and f"{near:,}" not in whole and abs(near - value) <= 0.2 * value:
            yield "figure rounded", _put(sentence, match.span(1), f"{near:,}")
    match = _NUMBER.search(sentence)
    if match and "." not in match[0] and not 1800 <= int(match[1].replace(",", "")) <= 2100:
        value = int(match[1].replace(",", ""))
        other = value + max(3, value // 3) if value > 20 else value + 4
        if not re.search(rf"\b{other:,}\b", whole):
            yield "figure changed", _put(sentence, match.span(1), f"{other:,}")
    match = _DAY.search(sentence)
    if match:
        days = [d for d in _WEEKDAYS if d not in whole]
        if days:
            yield "date moved", _put(sentence, match.span(1), days[len(days) // 2])
    match = _DATE.search(sentence)
    if match and 1 <= int(match[1]) <= 28:
        other = int(match[1]) + 2 if int(match[1]) < 26 else int(match[1]) - 3
        if not re.search(rf"\b{other}\b", whole):
            yield "date moved", _put(sentence, match.span(1), str(other))
    for office, another in _OFFICES:
        match = re.search(rf"(?<![Vv]ice )(?<![Dd]eputy )(?<![Cc]hief )\b((?i:{office})) {_NAME}", sentence)
        if match:
            cased = another.title() if match[1][0].isupper() else another
            yield "office changed", _put(sentence, match.span(1), cased)
            break
    match = _SAID.match(sentence)
    if match:
        others = [x for x in names if x.split()[-1] not in match[1]]
        if others:
            edited, _ = _put(sentence, match.span(1), others[0])
            yield "claim of another", (edited, (0, len(edited)))


def _put(sentence: str, place: tuple[int, int], words: str) -> tuple[str, tuple[int, int]]:
    return sentence[: place[0]] + words + sentence[place[1] :], (place[0], place[0] + len(words))


# --- scoring ---------------------------------------------------------------------------------------------------------


@dataclass
class Score:
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    looked: int = 0
    right: int = 0
    faithful: int = 0
    called_altered: int = 0
    drafts: int = 0

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        return self.right / max(1, self.looked)


def score_draft(draft: Draft, report: DraftReport, score: Score) -> Iterator[str]:
    """Add what came of a draft to the score, and yield a line for each miss and false alarm."""
    score.drafts += 1
    text = report.draft.text
    for start, end, kind in draft.faults:
        score.planted[kind] += 1
        hits = [i for i in report.items if i.look and _touches(i, start, end)]
        score.found[kind] += bool(hits)
        score.named[kind] += any(i.verdict in EXPECTED[kind] for i in hits)
        if not hits:
            near = "; ".join(f"{i.kind} {i.verdict}" for i in report.items if _touches(i, start, end))
            yield f"MISSED {draft.story} {kind}: {text[max(0, start - 60) : end + 60]!r} ({near})"
        elif not any(i.verdict in EXPECTED[kind] for i in hits):
            named = "; ".join(f"{i.kind} {i.verdict}: {i.reason}" for i in hits)
            yield f"named  {draft.story} {kind}: {text[start:end]!r} ({named})"
    for item in report.items:
        if item.look:
            score.looked += 1
            hit = any(_touches(item, a, b) for a, b, _ in draft.faults)
            score.right += hit
            if not hit:
                score.alarms[f"{item.kind} {item.verdict}"] += 1
                shown = text[max(0, item.span.start - 40) : item.span.end + 40]
                yield f"ALARM  {draft.story} {item.kind} {item.verdict}: {shown!r} {item.reason}"
    for start, end in draft.faithful:
        score.faithful += 1
        score.called_altered += any(
            i.verdict in ("altered", "spliced") and _touches(i, start, end) for i in report.items
        )


def _touches(item: DraftItem, start: int, end: int) -> bool:
    return item.span.start < end and start < item.span.end


def load_edits() -> dict[str, list[dict[str, Any]]]:
    """Return the edits made by hand, by story."""
    path = Path(__file__).with_suffix(".toml")
    found: dict[str, list[dict[str, Any]]] = {}
    for edit in tomllib.loads(path.read_text("utf-8"))["edit"] if path.exists() else ():
        found.setdefault(edit["story"], []).append(edit)
    return found


def run(folder: Path, *, apart: bool, stories: Sequence[str] = (), show: bool = False) -> Score:
    """Return the score over the drafts of all stories of one side, or of those named."""
    score, edits = Score(), load_edits()
    for story in list_stories(folder, apart=apart):
        if stories and story.name not in stories:
            continue
        draft = make_draft(story, edits.get(story.name, ()))
        if not draft.faults:
            continue
        (document,), _ = read_bytes("draft.txt", draft.text.encode("utf-8"))
        assert document.text == draft.text, f"{story.name}: reading changed the draft"
        for line in score_draft(draft, check_documents(document, read_sources(story)), score):
            if show:
                print(line, flush=True)
    return score


def run_own_words(folder: Path, *, apart: bool, stories: Sequence[str] = ()) -> Counter[str]:
    """Return how often an item of `SURE` lies on what the gold says of it, with b of each story as a draft of a.

    Such a draft is told in other words throughout; what b alone has is not found, and rightly so.
    """
    found: Counter[str] = Counter()
    for story in list_stories(folder, apart=apart):
        sources = {d.name: d for d in read_sources(story)}
        if stories and story.name not in stories:
            continue
        gold = json.loads((story / "gold.json").read_text("utf-8"))
        told = [e for e in gold["quotes"] if e["relation"] in ("altered", "spliced")] + gold["conflicts"]
        text = sources["b"].text
        places = [(text.find(p["text"]), len(p["text"])) for e in told for p in e["passages"] if p["doc"] == "b"]
        for item in check_documents(replace(sources["b"], name="draft"), [sources["a"]]).items:
            if item.verdict in SURE:
                found[item.verdict] += 1
                found[f"{item.verdict}: right"] += any(_touches(item, at, at + n) for at, n in places if at >= 0)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=Path, default=STORIES)
    parser.add_argument("--apart", action="store_true", help="the stories set apart, for final figures")
    parser.add_argument("--story", nargs="*", default=[])
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm")
    parser.add_argument("--own-words", action="store_true", help="b of each story as a draft of a")
    given = parser.parse_args()
    if given.own_words:
        for name, count in sorted(run_own_words(given.stories, apart=given.apart, stories=given.story).items()):
            print(f"{name:24} {count:4}")
        return
    score = run(given.stories, apart=given.apart, stories=given.story, show=given.show)
    print(f"{score.drafts} drafts, {score.planted.total()} faults, {score.faithful} faithful copies")
    for kind in EXPECTED:
        print(f"{kind:20} planted {score.planted[kind]:4}  found {score.found[kind]:4}  named {score.named[kind]:4}")
    print(f"found {score.recall:.3f}  precision {score.precision:.3f}  ({score.right} of {score.looked} to look at)")
    print(f"faithful copies called altered or spliced: {score.called_altered}")
    print(f"false alarms: {dict(score.alarms.most_common())}")


if __name__ == "__main__":
    main()
