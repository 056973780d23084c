"""Public sets of annotated English, read into samples.

Which sets, their licences and their credits are in the model card. A sample is one sentence with the labels that its
set gives: syntax, entities, or neither (then it only holds the sentence embedding to the original).
"""

from __future__ import annotations

import collections
import csv
import json
import pickle
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from wirecheck.language.decode import spans_of
from wirecheck.language.subwords import GLUED, Subwords, word_shape

KINDS = ("PER", "ORG", "LOC", "MISC")
ENTITY_TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
ANY = (1 << len(ENTITY_TAGS)) - 1
OUTSIDE = 1
NOT_NEWS_MISC = OUTSIDE | (1 << ENTITY_TAGS.index("B-MISC")) | (1 << ENTITY_TAGS.index("I-MISC"))
SOURCES = ("uner", "wikigold", "wnut", "btc", "gum", "meantime", "plain")

# Titles stand outside a person's name in UNER and in news style; GUM and MEANTIME keep them inside.
TITLES = frozenset(
    [
        "president",
        "professor",
        "prof.",
        "dr.",
        "dr",
        "mr.",
        "mr",
        "mrs.",
        "mrs",
        "ms.",
        "ms",
        "sir",
        "lord",
        "lady",
        "senator",
        "sen.",
        "representative",
        "rep.",
        "governor",
        "gov.",
        "general",
        "gen.",
        "colonel",
        "col.",
        "captain",
        "capt.",
        "lieutenant",
        "lt.",
        "sergeant",
        "sgt.",
        "judge",
        "justice",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "minister",
        "secretary",
        "chancellor",
        "prime",
        "vice",
        "mayor",
        "king-elect",
        "president-elect",
        "saint",
        "st.",
        "father",
        "rev.",
        "reverend",
        "bishop",
        "commander",
        "admiral",
        "major",
        "officer",
        "detective",
        "chief",
        "director",
        "ceo",
        "chairman",
    ]
)
INSIDE = frozenset(
    [
        "of",
        "the",
        "and",
        "&",
        "for",
        "de",
        "la",
        "van",
        "von",
        "der",
        "den",
        "el",
        "al",
        "bin",
        "-",
        "–",
        "/",
        "'s",
        "'",
        "’s",
        ".",
        "of",
    ]
)

# GUM documents of news and interview in its standard dev split: never trained on, the floor is measured on them.
GUM_HELD_OUT = ("GUM_news_homeopathic", "GUM_news_iodine", "GUM_interview_cyclone", "GUM_interview_gaming")


@dataclass
class Sentence:
    """A sentence as annotated; `glued[i]` says that word i follows its predecessor without white space."""

    words: list[str]
    glued: list[bool]
    source: str
    document: str = ""
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    relations: list[str] | None = None
    entities: list[int] | None = None  # allowed tags of each word, one bit per tag
    misc: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = []
        for word, close in zip(self.words, self.glued, strict=True):
            parts.append(word if close or not parts else " " + word)
        return "".join(parts)


def read_conllu(path: Path, source: str) -> list[Sentence]:
    sentences: list[Sentence] = []
    document = path.stem
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows, glue_after, ranges = [], {}, []
        for line in block.splitlines():
            if line.startswith("# newdoc id = "):
                document = line.split("= ", 1)[1]
            if not line or line[0] == "#":
                continue
            cells = line.split("\t")
            if "." in cells[0]:
                continue
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                ranges.append((first, last, cells[1], "SpaceAfter=No" in cells[9]))
                continue
            rows.append(cells)
            glue_after[len(rows)] = "SpaceAfter=No" in cells[9]
        if not rows:
            continue
        for first, last, form, glue in ranges:
            for at in range(first, last):
                glue_after[at] = True
            glue_after[last] = glue
            # A range whose parts do not spell it ("au" = "à le") is left as annotated.
            del form
        sentences.append(
            Sentence(
                words=[row[1].replace(" ", "_") for row in rows],
                glued=[at > 0 and glue_after[at] for at in range(len(rows))],
                source=source,
                document=document,
                upos=[row[3] for row in rows],
                xpos=[row[4] for row in rows],
                lemmas=[row[2] for row in rows],
                heads=[int(row[6]) for row in rows],
                relations=[row[7] for row in rows],
                misc=[row[9] for row in rows],
            )
        )
    return sentences


def gum_entities(sentences: list[Sentence]) -> None:
    """Set the entity labels of the sentences of one GUM document from its MISC column.

    GUM marks whole noun phrases, named or not. A named one has a proper noun as its head; its name is the run of
    capitalised words about the head, without leading titles. Where no clean name comes out, the words stay open.
    """
    kinds = {"person": "PER", "organization": "ORG", "place": "LOC"}
    for sentence in sentences:
        assert sentence.upos is not None
        assert sentence.heads is not None
        spans, stack = [], []
        for at, misc in enumerate(sentence.misc):
            found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1) if found else ""):
                if part.startswith("("):
                    fields = part[1:].rstrip(")").split("-")
                    if part.endswith(")"):
                        spans.append((at, at + 1, fields[1]))
                    else:
                        stack.append((fields[0], at, fields[1]))
                else:
                    name = part.rstrip(")").split("-")[0]
                    for back in range(len(stack) - 1, -1, -1):
                        if stack[back][0] == name:
                            _, start, kind = stack.pop(back)
                            spans.append((start, at + 1, kind))
                            break
        allowed = [
            NOT_NEWS_MISC if upos == "PROPN" or word[:1].isupper() else OUTSIDE
            for upos, word in zip(sentence.upos, sentence.words, strict=True)
        ]
        taken = [False] * len(allowed)
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            if kind not in kinds:
                continue
            inside = range(start, end)
            heads = [
                at
                for at in inside
                if not start < sentence.heads[at] <= end
                and sentence.heads[at] - 1 != at
                and not (start <= sentence.heads[at] - 1 < end)
            ]
            if not heads:
                continue
            head = heads[0]
            if sentence.upos[head] != "PROPN":
                # "author Truman Capote", "the minister, John Howard": the name hangs on a common noun.
                assert sentence.relations is not None
                names = [
                    at
                    for at in inside
                    if sentence.heads[at] - 1 == head
                    and sentence.upos[at] == "PROPN"
                    and sentence.relations[at].split(":")[0] in ("flat", "appos")
                ]
                if not names:
                    continue
                head = names[0]
            _name_span(sentence.words, start, end, head, kinds[kind], allowed, taken)
        sentence.entities = allowed


def _name_span(
    words: list[str], start: int, end: int, head: int, kind: str, allowed: list[int], taken: list[bool]
) -> None:
    named = [word[:1].isupper() or word[:1].isdigit() or word.lower() in INSIDE for word in words]
    left = head
    while left > start and named[left - 1]:
        left -= 1
    right = head + 1
    while right < end and named[right]:
        right += 1
    while left < head and (
        words[left].lower() in INSIDE
        or not words[left][:1].isupper()
        or (kind == "PER" and words[left].lower() in TITLES)
    ):
        left += 1
    while right - 1 > head and words[right - 1].lower() in INSIDE:
        right -= 1
    if kind == "PER":
        for at in range(left, head):
            if words[at].lower() in TITLES:
                left = at + 1
    if ("and" in words[left:right] and kind != "ORG") or ("and" in words[left:right] and right - left == 3):
        for at in range(left, right):
            if not taken[at]:
                allowed[at] = ANY
        return
    if any(taken[left:right]):
        return
    if not words[head][:1].isupper() or (kind == "PER" and words[head].lower() in TITLES):
        for at in range(left, right):
            allowed[at] = ANY
        return
    if kind == "PER" and right - left > 4:
        for at in range(left, right):
            allowed[at] = ANY
            taken[at] = True
        return
    for at in range(left, right):
        allowed[at] = 1 << ENTITY_TAGS.index(("B-" if at == left else "I-") + kind)
        taken[at] = True


def read_columns(path: Path, source: str, kinds: dict[str, str]) -> list[Sentence]:
    """Read word-and-tag columns (IO or IOB2); white space is guessed from the marks."""
    sentences = []
    for number, block in enumerate(re.split(r"\n[ \t\r]*\n", path.read_text(encoding="utf-8"))):
        rows = [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
        rows = [row for row in rows if len(row) >= 2]
        if not rows:
            continue
        words = [row[0] for row in rows]
        allowed, before = [], "O"
        for row in rows:
            tag = row[-1]
            if tag == "O":
                has_misc = "MISC" in kinds.values()
                capital = row[0][:1].isupper()
                allowed.append(OUTSIDE if has_misc or not capital else NOT_NEWS_MISC)
            else:
                place, kind = tag[0], kinds[tag[2:]]
                if before == "O" or before[2:] != tag[2:]:
                    place = "B"
                allowed.append(1 << ENTITY_TAGS.index(f"{place}-{kind}"))
            if row[0].startswith("@"):
                allowed[-1] = ANY
            before = tag
        sentences.append(Sentence(words, guess_glue(words), source, f"{path.stem}-{number // 25}", entities=allowed))
    return sentences


def read_uner(path: Path) -> list[Sentence]:
    sentences, document = [], ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words, allowed, text = [], [], ""
        for line in block.splitlines():
            if line.startswith("# newdoc id = "):
                document = line.split("= ", 1)[1]
            if line.startswith("# text = "):
                text = line[9:]
            if not line or line[0] == "#":
                continue
            cells = line.split("\t")
            words.append(cells[1])
            tag = cells[2] if cells[2] in ENTITY_TAGS else "O"
            capital = cells[1][:1].isupper()
            outside = NOT_NEWS_MISC if capital else OUTSIDE
            allowed.append(outside if tag == "O" else 1 << ENTITY_TAGS.index(tag))
        if words:
            sentences.append(Sentence(words, glue_from(words, text), "uner", document, entities=allowed))
    return sentences


def glue_from(words: list[str], text: str) -> list[bool]:
    glued, at = [], 0
    for number, word in enumerate(words):
        found = text.find(word, at)
        if found < 0:
            return guess_glue(words)
        glued.append(number > 0 and found == at)
        at = found + len(word)
    return glued


def guess_glue(words: list[str]) -> list[bool]:
    glued, open_quote = [], False
    for at, word in enumerate(words):
        close = at > 0 and (
            bool(re.fullmatch(r"[.,:;!?%)\]}’”…]+|['’](s|re|ve|ll|m|d)|n['’]t|''", word, re.IGNORECASE))
            or words[at - 1] in ("(", "[", "$", "``", "“", "#", "@")
        )
        if word == '"':
            close, open_quote = at > 0 and open_quote, not open_quote
        elif at > 0 and words[at - 1] == '"' and open_quote:
            close = True
        glued.append(close)
    return glued


def read_meantime(folder: Path) -> list[Sentence]:
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
    words: dict[tuple[str, int], list[tuple[int, str]]] = collections.defaultdict(list)
    with open(folder / "conll.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words[row["topic/subtopic_name"], int(row["sent_id"])].append((int(row["token_id"]), row["token"]))
    mentions = collections.defaultdict(list)
    for mention in json.loads((folder / "entities_mentions.json").read_text(encoding="utf-8")):
        mentions[mention["conll_doc_key"], mention["sent_id"]].append(mention)
    sentences = []
    for key in sorted(words):
        if not mentions[key]:
            continue
        ids = [number for number, _ in words[key]]
        forms = [form for _, form in words[key]]
        allowed = [ANY if form[:1].isupper() and at else OUTSIDE for at, form in enumerate(forms)]
        taken = [False] * len(forms)
        for mention in sorted(mentions[key], key=lambda m: (-len(m["tokens_number"]), m["mention_id"])):
            try:
                places = [ids.index(number) for number in mention["tokens_number"]]
                head = ids.index(mention["mention_head_id"])
            except ValueError:
                continue
            start, end = min(places), max(places) + 1
            kind = kinds.get(mention["mention_type"])
            if kind is None or not start <= head < end or mention["mention_head_pos"] != "PROPN":
                continue
            _name_span(forms, start, end, head, kind, allowed, taken)
        sentences.append(Sentence(forms, guess_glue(forms), "meantime", key[0], entities=allowed))
    return sentences


def read_wikinews(folder: Path) -> list[Sentence]:
    """Unlabelled sentences, cut roughly: they only hold the embedding to the original."""
    sentences = []
    csv.field_size_limit(1 << 24)
    for path in sorted(folder.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                sentences.append(plain(row["title"], row["url"]))
                for line in re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", row["text"]):
                    if 20 < len(line) < 400:
                        sentences.append(plain(line.strip(), row["url"]))
    return sentences


def read_snli(path: Path) -> list[Sentence]:
    """Short sentences and captions of the SNLI part of the set (its rows carry Flickr ids)."""
    sentences = set()
    with open(path, encoding="utf-8", errors="replace", newline="") as lines:
        for row in csv.reader(lines):
            if any(re.search(r"\.jpg#", cell) for cell in row):
                sentences.update(
                    cell
                    for cell in row
                    if 15 < len(cell) < 200 and " " in cell and "(" not in cell and ".jpg" not in cell
                )
    return [plain(text, "snli") for text in sorted(sentences)[::4]]


def plain(text: str, document: str) -> Sentence:
    spans = [found.span() for found in re.finditer(r"n't\b|\w+(?=n't\b)|['’]\w+|\w+|[^\w\s]", text)]
    words = [text[start:end] for start, end in spans]
    glued = [at > 0 and spans[at - 1][1] == spans[at][0] for at in range(len(spans))]
    return Sentence(words or ["."], glued or [False], "plain", document)


@dataclass
class Sample:
    """A sentence as numbers. Lists are per word, `ids` per subword with `[CLS]` and `[SEP]`."""

    ids: np.ndarray
    firsts: np.ndarray
    counts: np.ndarray
    shapes: np.ndarray
    source: int
    syntax: np.ndarray | None = None  # rows: head, relation, upos, xpos, lemma
    entities: np.ndarray | None = None
    teacher: int = -1
    words: list[str] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)


@dataclass
class Labels:
    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]

    @classmethod
    def of(cls, sentences: list[Sentence]) -> Labels:
        upos, xpos, relation, lemma = (collections.Counter[str]() for _ in range(4))
        for s in sentences:
            assert s.upos
            assert s.xpos
            assert s.relations
            assert s.lemmas
            upos.update(s.upos)
            xpos.update(s.xpos)
            relation.update(s.relations)
            lemma.update(lemma_script(w, m) for w, m in zip(s.words, s.lemmas, strict=True))
        keep = sorted((script for script, n in lemma.items() if n >= 3), key=lambda s: (s != "0+", s))
        return cls(
            sorted(upos),
            sorted(x for x, n in xpos.items() if n >= 3),
            keep,
            sorted(r for r, n in relation.items() if n >= 3),
        )


def lemma_script(form: str, lemma: str) -> str:
    """Return how a lemma is made from a form, letter case aside: characters to cut off the end, then what to add.

    >>> lemma_script("studies", "study")
    '3+y'
    """
    low, goal = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(goal)) and low[same] == goal[same]:
        same += 1
    return f"{len(low) - same}+{goal[same:]}"


def encode(sentence: Sentence, subwords: Subwords, labels: Labels) -> Sample:
    parts = subwords.cut(sentence.words)
    counts = np.array([1, *map(len, parts), 1], np.int16)
    shapes = [word_shape(w) + (GLUED if g else 0) for w, g in zip(sentence.words, sentence.glued, strict=True)]
    ids = np.array([101, *(i for part in parts for i in part), 102], np.int32)
    firsts = np.concatenate([[0], np.cumsum(counts)[:-2]]).astype(np.int32)
    syntax = None
    if sentence.heads is not None:
        assert sentence.upos
        assert sentence.xpos
        assert sentence.lemmas
        assert sentence.relations

        def number(names: list[str], name: str) -> int:
            return names.index(name) if name in names else -100

        syntax = np.array(
            [
                sentence.heads,
                [
                    number(labels.relation, r) if r in labels.relation else number(labels.relation, r.split(":")[0])
                    for r in sentence.relations
                ],
                [number(labels.upos, u) for u in sentence.upos],
                [number(labels.xpos, x) for x in sentence.xpos],
                [
                    number(labels.lemma, lemma_script(w, m))
                    for w, m in zip(sentence.words, sentence.lemmas, strict=True)
                ],
            ],
            np.int32,
        )
        # Words that GUM and EWT join with "goeswith" carry no lemma of their own.
        syntax[4][
            [r == "goeswith" or m == "_" for r, m in zip(sentence.relations, sentence.lemmas, strict=True)]
        ] = -100
    entities = None if sentence.entities is None else np.array(sentence.entities, np.int32)
    return Sample(
        ids,
        firsts,
        counts,
        np.array([16, *shapes, 16], np.int16),
        SOURCES.index(sentence.source),
        syntax,
        entities,
        words=sentence.words,
        glued=sentence.glued,
    )


@dataclass
class Corpus:
    train: list[Sentence]
    ewt_dev: list[Sentence]
    ewt_test: list[Sentence]
    gum_dev: list[Sentence]
    entities_held_out: list[Sentence]


def read_all(folder: Path) -> Corpus:
    """Read every set and split it: whole documents on one side only."""
    ewt = [read_conllu(folder / f"ud_ewt/en_ewt-ud-{part}.conllu", "uner") for part in ("train", "dev", "test")]
    gum_train, gum_dev = [], []
    for path in sorted((folder / "gum").glob("*.conllu")):
        sentences = read_conllu(path, "gum")
        gum_entities(sentences)
        (gum_dev if path.stem in GUM_HELD_OUT else gum_train).extend(sentences)
    wnut = {
        "person": "PER",
        "location": "LOC",
        "group": "ORG",
        "corporation": "ORG",
        "product": "MISC",
        "creative-work": "MISC",
    }
    same = {kind: kind for kind in KINDS}
    sets = {
        "uner": read_uner(folder / "uner_ewt/en_ewt-ud-dev.iob2"),
        "wikigold": read_columns(folder / "ner/wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold", same),
        "wnut_dev": read_columns(folder / "ner/WNUT17/CONLL-format/data/dev/emerging.dev.conll", "wnut", wnut),
        "meantime": read_meantime(folder / "meantime/output_data/en"),
    }
    train, held = [], []
    for name, sentences in sets.items():
        documents = sorted({s.document for s in sentences})
        random.Random(name).shuffle(documents)
        out = set(documents[: max(1, round(len(documents) * (0.5 if name == "wnut_dev" else 0.2)))])
        held.extend(s for s in sentences if s.document in out)
        train.extend(s for s in sentences if s.document not in out)
    held.extend(gum_dev)
    train.extend(read_columns(folder / "ner/WNUT17/CONLL-format/data/train/wnut17train.conll", "wnut", wnut))
    short = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
    for part in "efg":
        tweets = read_columns(folder / f"ner/BTC/CONLL-format/data/{part}.conll", "btc", short)
        for tweet in tweets:
            for at, word in enumerate(tweet.words):
                if word == "@" and tweet.entities is not None:
                    tweet.entities[at : at + 2] = [ANY] * len(tweet.entities[at : at + 2])
        train.extend(tweets)
    plain_sentences = read_wikinews(folder / "wikinews") + read_snli(folder / "nli_subset/oie-train.csv")
    for sentence in ewt[0]:
        weak_entities(sentence)
    train = [*ewt[0], *gum_train, *train, *plain_sentences]
    return Corpus(train, ewt[1], ewt[2], gum_dev, held)


def weak_entities(sentence: Sentence) -> None:
    """Label a sentence with syntax alone by its tags: common words are no names, proper nouns stay open."""
    assert sentence.upos is not None
    sentence.entities = [
        ANY if upos in ("PROPN", "X", "SYM") else NOT_NEWS_MISC if word[:1].isupper() else OUTSIDE
        for upos, word in zip(sentence.upos, sentence.words, strict=True)
    ]


class Names:
    """Names to put in the place of others: from the training sets with edited text, and a list of countries."""

    def __init__(self, sentences: list[Sentence], countries: Path) -> None:
        kinds = [tag[2:] for tag in ENTITY_TAGS if tag[0] == "B"]
        found: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in kinds}
        for sentence in sentences:
            if sentence.source not in ("wikigold", "gum", "uner", "meantime") or sentence.entities is None:
                continue
            for first, last, kind in spans_of(_single_tags(sentence.entities), kinds):
                words = tuple(sentence.words[first:last])
                if words[0][:1].isupper():
                    found[kind].add(words)
        table = tomllib.loads(countries.read_text(encoding="utf-8"))["countries"]
        for name, facts in table.items():
            for place in (name, *facts.get("capitals", []), *facts.get("aliases", [])):
                words = place.removeprefix("the ").split()
                if words:
                    found["LOC"].add(tuple(part for word in words for part in re.split(r"(?<=\w)(-)(?=\w)", word)))
        self.by_kind = {kind: sorted(names) for kind, names in found.items()}

    def renamed(self, sample: Sample, subwords: Subwords, rng: random.Random) -> Sample:
        """Return an entity sample with other names of the same kinds in it."""
        assert sample.entities is not None
        kinds = [tag[2:] for tag in ENTITY_TAGS if tag[0] == "B"]
        words: list[str] = []
        glued: list[bool] = []
        allowed: list[int] = []
        at = 0
        for first, last, kind in spans_of(_single_tags(sample.entities.tolist()), kinds):
            words += sample.words[at:first]
            glued += sample.glued[at:first]
            allowed += sample.entities[at:first].tolist()
            name = rng.choice(self.by_kind[kind]) if rng.random() < 0.7 else tuple(sample.words[first:last])
            begin = ENTITY_TAGS.index(f"B-{kind}")
            words += name
            glued += [sample.glued[first], *("-" in name[at - 1 : at + 1] for at in range(1, len(name)))]
            allowed += [1 << begin, *[1 << begin + 1] * (len(name) - 1)]
            at = last
        if at == 0:
            return sample
        words += sample.words[at:]
        glued += sample.glued[at:]
        allowed += sample.entities[at:].tolist()
        changed = Sentence(words, glued, SOURCES[sample.source], entities=allowed)
        return encode(changed, subwords, Labels([], [], [], []))


def _single_tags(allowed: list[int]) -> list[int]:
    return [bits.bit_length() - 1 if bits.bit_count() == 1 else 0 for bits in allowed]


def pack(samples: list[Sample], budget: int, rng: random.Random) -> Iterator[list[Sample]]:
    """Yield batches of sentences of like length, in random order, of about `budget` subwords each."""
    order = sorted(samples, key=lambda s: len(s.ids) + rng.random() * 4)
    batches, batch, longest = [], [], 0
    for sample in order:
        longest_then = max(longest, len(sample.ids))
        if batch and longest_then * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, longest_then = [], len(sample.ids)
        batch.append(sample)
        longest = longest_then
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    yield from batches


def save(path: Path, value: object) -> None:
    path.write_bytes(pickle.dumps(value, protocol=5))


def load(path: Path) -> object:
    return pickle.loads(path.read_bytes())
