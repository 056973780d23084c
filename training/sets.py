"""Public sets of annotated English, read into sentences and split.

Which sets, their licences and their credits are in the model card. A sentence has the labels that its set gives:
syntax, entities, or neither (then it only holds the sentence embedding to the original).
"""

from __future__ import annotations

import collections
import csv
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from training.entities import gum_entities, label_name, weak_entities
from training.sentences import ANY, ENTITY_TAGS, KINDS, NOT_NEWS_MISC, OUTSIDE, Sentence, glue_from, guess_glue, plain

# GUM documents of news and interview in its standard dev split: never trained on, the floor is measured on them.
GUM_HELD_OUT = ("GUM_news_homeopathic", "GUM_news_iodine", "GUM_interview_cyclone", "GUM_interview_gaming")


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
            label_name(forms, start, end, head, kind, allowed, taken)
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
