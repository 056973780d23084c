"""The model card and the checksums that go with the shipped files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

SHIPPED = ("labels.json", "lemmas.json", "reading-model.onnx", "tokenizer.json", "words.bin")

TEMPLATE = Path(__file__).with_suffix(".md")


def write_card(rows: Iterable[str], folder: Path, *, window: int, work: Path) -> None:
    """Write MODEL_CARD.md and SHA256SUMS beside the shipped files."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SHIPPED}
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    recipe = json.loads((work / "recipe.json").read_text(encoding="utf-8"))
    files = "\n".join(f"- `{name}`: SHA-256 `{digest}`" for name, digest in digests.items())
    steps = f"{recipe['warm'] + recipe['stable'] + recipe['decay']:,}"
    text = TEMPLATE.read_text(encoding="utf-8").format(
        table="\n".join(rows), window=window, steps=steps, seed=recipe["seed"], files=files
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
