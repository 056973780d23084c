"""Quotations against PolNeAR: `python -m benchmarks.quotations [--split dev|train] [--articles N]`.

Needs `../shared/data/polnear` and `../shared/data/score_polnear.py`. Makes the input with that script, reads every
article, finds and resolves its quotations (nothing else), and prints what the script says of them: precision, recall
and F1 of contents by overlap, direct, mixed and indirect apart, exact recall, sources, quotations without a speaker.
Rules and lists were tuned on the train split; nothing was trained on it.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from typing import Any

from wirecheck import Settings
from wirecheck.annotators import list_annotators
from wirecheck.language.reading import Reading, read_document
from wirecheck.model import Annotations, Document, Quotation, Span
from wirecheck.readers import read_paths
from wirecheck.resolve import resolve_actors, resolve_speakers

KINDS = ("mentions", "quotations")
HALF_OF_SOURCE = "len(s & hit[2])/len(s | hit[2]) >= .5"
"""How the script compares two sources."""


def find_quotations(reading: Reading) -> tuple[Quotation, ...]:
    """Return the quotations of one article, with their speakers."""
    annotations = Annotations(reading.document.id)
    for annotator in list_annotators():
        if annotator.kind in KINDS:
            found = sorted(annotator.find(reading, annotations), key=_place)
            annotations = annotations.having(**{annotator.kind: tuple(found)})
    actors = resolve_actors((reading,), (annotations,))
    return resolve_speakers((reading,), (annotations,), actors)[0].quotations


def _place(annotation: Any) -> tuple[int, int]:
    span = annotation.whole if isinstance(annotation, Quotation) else annotation.span
    return (span.start, span.end)


class Given:
    """The text of an article as it was given, and the places there of what was found in the text as it was read.

    Reading makes the kinds of spaces one; where all else is the same, a place is that of the same visible character.
    """

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        given = document.received.decode("utf-8", "replace")
        ours, theirs = ([n for n, c in enumerate(text) if not c.isspace()] for text in (document.text, given))
        self._at: dict[int, int] = {}
        if [document.text[n] for n in ours] == [given[n] for n in theirs]:
            self.text, self._at = given, dict(zip(ours, theirs, strict=True))

    def list_spans(self, spans: tuple[Span, ...]) -> list[dict[str, object]]:
        """Return spans as the report writes them."""
        found: list[dict[str, object]] = []
        for s in spans:
            start, end = self._at.get(s.start, s.start), self._at.get(s.end - 1, s.end - 1) + 1
            found.append({"document": s.document, "start": start, "end": end, "text": self.text[start:end]})
        return found


def make_report(documents: tuple[Document, ...]) -> dict[str, object]:
    """Return the part of a report that the score reads: documents and quotations."""
    quotations, texts = [], []
    for document in documents:
        given = Given(document)
        texts.append({"id": document.id, "name": document.name, "text": given.text})
        for q in find_quotations(read_document(document)):
            quotations.append(
                {
                    "id": q.id,
                    "document": q.document,
                    "kind": q.kind,
                    "contents": given.list_spans(q.contents),
                    "cue": given.list_spans((q.cue,))[0] if q.cue is not None else None,
                    "source": given.list_spans((q.source,))[0] if q.source is not None else None,
                    "speaker": q.speaker,
                    "speaker_name": q.speaker_name,
                }
            )
    return {"documents": texts, "quotations": quotations}


def copy_sample(split: pathlib.Path, count: int, folder: pathlib.Path) -> pathlib.Path:
    """Return a folder like `split` with `count` of its articles, always the same ones."""
    texts = sorted((split / "text").glob("*.txt"))
    for text in random.Random(0).sample(texts, min(count, len(texts))):
        (folder / "text").mkdir(parents=True, exist_ok=True)
        (folder / "attributions").mkdir(parents=True, exist_ok=True)
        shutil.copy(text, folder / "text")
        for annotated in (split / "attributions").glob(f"{text.stem}_*.ann"):
            shutil.copy(annotated, folder / "attributions")
    return folder


def score_exact_sources(score: pathlib.Path, split: pathlib.Path, report: pathlib.Path) -> str:
    """Return the script's line on sources with equal runs of characters asked for, where it asks for half of them."""
    program = score.read_text("utf-8").replace(HALF_OF_SOURCE, "s == hit[2]")
    command = [sys.executable, "-c", program, str(split), str(report)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(line for line in printed.splitlines() if line.startswith("source right"))
    return line.partition(";")[0].replace("(overlap >= .5)", "(exact)") + "\n"


def main(arguments: list[str] | None = None) -> str:
    """Print the score, and return what was printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=pathlib.Path, default=pathlib.Path("../shared/data/polnear"))
    parser.add_argument("--score", type=pathlib.Path, default=pathlib.Path("../shared/data/score_polnear.py"))
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--articles", type=int, default=0, help="only a sample of this many articles")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        split = options.polnear / options.split
        if options.articles:
            split = copy_sample(split, options.articles, folder / "sample")
        began = time.perf_counter()
        documents, _ = read_paths(sorted((split / "text").glob("*.txt")), settings=Settings())
        report = make_report(documents)
        took = time.perf_counter() - began
        target = folder / "report.json"
        target.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
        command = [sys.executable, options.score, split, target]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        printed += score_exact_sources(options.score, split, target)
    print(printed, end="")
    print(f"{len(documents)} articles in {took:.1f} s", file=sys.stderr)
    return printed


if __name__ == "__main__":
    main()
