"""Compare texts that end anywhere: `python -m benchmarks.truncation [--texts 50000] [--seed S] [--data FOLDER]`.

Half of the texts are paragraphs of AllSides cut off at any character, half are some words and marks of such paragraphs
put together at random. Each is a document of its own, and all are compared: `--together` of them (one by default) as
one story, so that the steps over several documents meet them too. Printed are the texts that lost something to an
exception, by the place where it rose. Exit status 1 when there is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator

from wirecheck.library import compare
from wirecheck.model import Document, digest_document
from wirecheck.settings import Settings

_FAULT = re.compile(r"a fault of Wirecheck \((.*?)\)")
# Of the pieces of a put-together text, this share are marks: they stand more densely than in any article.
_MARKS = [*'“”"‘’«»():,.…—-!?$%', "\n", "\n\n", "'s"]
_MARKED = 0.3
_PIECES = (1, 14)


def read_paragraphs(data: pathlib.Path) -> list[str]:
    """Return the paragraphs of AllSides, in the order of the file."""
    with gzip.open(data / "allsides" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return [line.strip() for row in file for line in json.loads(row)["text"].split("\n") if line.strip()]


def list_texts(paragraphs: list[str], count: int, seed: int) -> Iterator[str]:
    """Yield texts that end anywhere, every other one put together from words and marks."""
    chance = random.Random(seed)
    while count > 0:
        paragraph = chance.choice(paragraphs)
        cut = paragraph[: chance.randint(1, min(len(paragraph), 400))]
        words = [w for _ in range(3) for w in chance.choice(paragraphs).split()[:40]]
        size = chance.randint(*_PIECES)
        mixed = " ".join(chance.choice(_MARKS if chance.random() < _MARKED else words) for _ in range(size))
        for text in (cut, mixed):
            if text.strip() and count > 0:
                count -= 1
                yield text


def main() -> None:
    """Compare the texts from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=50_000)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    options = parser.parse_args()
    start = time.monotonic()
    places: Counter[str] = Counter()
    lost = 0
    texts = list_texts(read_paragraphs(options.data), options.texts, options.seed)
    numbered = [(f"{number}.txt", text) for number, text in enumerate(texts)]
    for at in range(0, len(numbered), options.together):
        some = numbered[at : at + options.together]
        part = [Document(digest_document(name, text), name, name, text, "") for name, text in some]
        report = compare(part, settings=Settings(one_story=True))
        found = [match[1] for p in report.problems if (match := _FAULT.search(p.message)) is not None]
        lost += bool(found)
        if found and sum(places.values()) < 100:
            print(f"{found}: {[d.text for d in part]}", flush=True)
        places.update(found)
    for place, number in places.most_common():
        print(f"{number:6}  {place}")
    taken = time.monotonic() - start
    print(f"{len(numbered)} texts, {options.together} a story: {lost} comparisons lost something; {taken:.0f} s")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
