"""Write the table of word frequencies that grouping uses: `python -m benchmarks.frequencies > TABLE`.

Counts, over free texts only (Wikinews articles CC BY 2.5; GUM news and interviews and UD EWT, see NOTICE), in which
share of texts a word stands, and writes those of two in a hundred and more, by thousandths.
"""

from __future__ import annotations

import argparse
import csv
import pathlib
from collections import Counter, defaultdict
from collections.abc import Iterator

from wirecheck.stories.grouping import list_names
from wirecheck.text.words import list_words

FEWEST = 0.02


def list_texts(data: pathlib.Path) -> Iterator[str]:
    """Yield the free texts of the shared data."""
    csv.field_size_limit(10_000_000)
    for path in sorted(data.glob("wikinews/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield f"{row['title']}\n{row['text']}"
    for path in sorted(data.glob("gum/GUM_news_*.conllu")) + sorted(data.glob("gum/GUM_interview_*.conllu")):
        lines = path.read_text("utf-8").splitlines()
        yield "\n".join(line[9:] for line in lines if line.startswith("# text = "))
    parts: dict[str, list[str]] = defaultdict(list)
    for path in sorted(data.glob("ud_ewt/*train*.conllu")):
        document = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# newdoc id = "):
                document = line[14:]
            elif line.startswith("# text = ") and document.startswith(("weblog", "newsgroup")):
                parts[document].append(line[9:])
    yield from ("\n".join(sentences) for sentences in parts.values())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    options = parser.parse_args(arguments)
    texts = list(list_texts(options.data))
    counts: dict[str, Counter[str]] = {"words": Counter(), "names": Counter()}
    for text in texts:
        counts["words"].update({w.form for w in list_words(text)})
        counts["names"].update(set(list_names(text)))
    print(f"# Share of {len(texts)} news and web texts, in thousandths, that a word or a name stands in.")
    print(
        "# source: counted by benchmarks/frequencies.py over Wikinews (CC BY 2.5), GUM and UD English EWT (see NOTICE)."
    )
    for kind, counter in counts.items():
        by_share: dict[int, list[str]] = defaultdict(list)
        for word, count in counter.items():
            share = count / len(texts)
            if share >= FEWEST and " " not in word and '"' not in word:
                by_share[round(share * 1000)].append(word)
        print(f"\n[{kind}]")
        for share, words in sorted(by_share.items(), reverse=True):
            print(f'{share} = "{" ".join(sorted(words))}"')


if __name__ == "__main__":
    main()
