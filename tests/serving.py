"""Servers on the loopback address: fixed answers, and functions that talk to a connection as they like."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wirecheck.settings import Settings

LOOPBACK = Settings(allow_fetch=True, fetch_networks=("127.0.0.1/32",), fetch_timeout_s=10, largest_file_bytes=100_000)
PAGE = (
    b"<html><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1>"
    b"<p>The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said.</p>"
    b"</article></body></html>"
)
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def serve(answers: dict[str, Answer], asked: list[str] | None = None) -> Iterator[str]:
    """Serve fixed answers on a free port of the loopback address; an unknown path is 404."""

    def answer(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if asked is not None:
            asked.append(path)
        return answers.get(path, (404, {}, b""))

    with serve_live(answer) as site:
        yield site


@contextmanager
def serve_live(answer: Callable[[str, str, Mapping[str, str], bytes], Answer]) -> Iterator[str]:
    """Let a function of method, path, headers and body answer each request, on a free port of the loopback address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers, body = answer(self.command, self.path, dict(self.headers), sent)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def serve_raw(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Let a function talk to each connection; the event is set when the test is over."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with connection:
                    connection.recv(65536)
                    talk(connection, over)
            except OSError:
                continue

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()


def page(body: bytes = PAGE, **headers: str) -> Answer:
    return (
        200,
        {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-"): v for k, v in headers.items()}},
        body,
    )
