"""A desk on the loopback address, and a plain client that sends what it is told, header by header."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.tasks import sleep_on

TOKEN = "a-token-of-this-start"
_GIVE_UP_S = 240.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    place: str
    """Path and query that it came from."""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Client:
    """A browser's manners without a browser: it keeps cookies, and names its own site with each form."""

    port: int
    cookies: dict[str, str] = field(default_factory=lambda: {"wirecheck": TOKEN})

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, place: str, body: bytes = b"", **headers: str) -> Answer:
        """Send one request; a header that is given as "" is left out."""
        given = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            **({"Origin": self.base} if method == "POST" else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_GIVE_UP_S)
        try:
            connection.putrequest(method, place, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value:
                    connection.putheader(name, value)
            if body or method == "POST":
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read(), place)
        finally:
            connection.close()
        for name, value in re.findall(r"(?:^|, )(wirecheck[\w-]*)=([^;]*)", found.headers.get("set-cookie", "")):
            self.cookies[name] = value
        return found

    def get(self, place: str, **headers: str) -> Answer:
        """Ask for a page; wait while it is being made, and follow where it leads."""
        return self._follow(self.ask("GET", place, **headers))

    def post(self, place: str, values: dict[str, Any], *, follow: bool = True, **headers: str) -> Answer:
        """Send a form."""
        body = urlencode(values, doseq=True).encode()
        answer = self.ask("POST", place, body, Content_Type="application/x-www-form-urlencoded", **headers)
        return self._follow(answer) if follow else answer

    def send(
        self, place: str, values: dict[str, Any], files: Sequence[tuple[str, bytes]], *, follow: bool = True
    ) -> Answer:
        """Send a form with files."""
        edge = "edge-of-a-part"
        parts = []
        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'.encode())
        for name, data in files:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        answer = self.ask("POST", place, body, Content_Type=f"multipart/form-data; boundary={edge}")
        return self._follow(answer) if follow else answer

    def _follow(self, answer: Answer) -> Answer:
        give_up = time.monotonic() + _GIVE_UP_S
        while answer.status in (202, 303) and time.monotonic() < give_up:
            if answer.status == 303:
                parts = urlsplit(answer.headers["location"])
                answer = self.ask("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
            else:
                time.sleep(0.2)
                waits = re.search(r'data-next="([^"]+)"', answer.text)
                assert waits is not None
                answer = self.ask("GET", waits[1].replace("&amp;", "&"))
        return answer


@contextmanager
def serving(folder: Path, *, ahead: int = 0, busy_s: float = 0, **limits: Any) -> Iterator[Client]:
    """Serve a desk over an archive in a thread of this process, with its worker in a process of its own.

    The worker is `busy_s` seconds with something else before it does what is asked for.
    """
    import uvicorn

    from wirecheck.web.app import make_app
    from wirecheck.web.desk import Desk
    from wirecheck.web.marks import Marks
    from wirecheck.web.serve import _listen, list_hosts

    listener = _listen("127.0.0.1", 0)
    port = int(listener.getsockname()[1])
    desk = Desk(folder, marks=Marks(folder.parent / "seen", folder), ahead=ahead)
    app = make_app(desk, token=TOKEN, hosts=list_hosts("127.0.0.1", port), **limits)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none", http="h11"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    if busy_s:
        desk.worker.submit(sleep_on, busy_s, title="Sleeping")
    try:
        yield Client(port)
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
        desk.close()
