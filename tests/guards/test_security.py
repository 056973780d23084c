"""Nothing is fetched and nothing listens while reports are compared."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

import wirecheck

ARTICLES = {
    "herald.txt": "Bridge closed after crack is found\n\nThe mayor, Jane Roe, said: “The bridge stays closed.”\n",
    "post.html": "<html><body><article><h1>Bridge closed</h1><p>The mayor, Jane Roe, said the bridge would stay closed."
    " <img src='http://192.0.2.1/pixel.gif'></p></article></body></html>",
}


def test_a_comparison_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, "utf-8")

    def refuse(*arguments: Any, **options: Any) -> None:
        raise AssertionError("a comparison must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    report = wirecheck.compare([tmp_path])

    assert len(report.documents) == 2
