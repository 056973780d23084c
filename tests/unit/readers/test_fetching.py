"""Addresses: what is read, and what is refused, against servers on the loopback address alone."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
import zlib
from dataclasses import replace

import pytest

import wirecheck
from tests.serving import LOOPBACK, PAGE, Answer, page, serve, serve_raw
from wirecheck.errors import UsageError
from wirecheck.model import Problem
from wirecheck.readers import _network, read_paths
from wirecheck.readers._fetch import Fetched, Fetcher, fetch, is_public
from wirecheck.settings import Settings

pytest.importorskip("httpx2")


def refusal(url: str, settings: Settings = LOOPBACK) -> str:
    found = fetch(url, settings=settings)
    assert isinstance(found, Problem), "a refusal was expected"
    assert found.location == url
    return found.message


def test_a_page_is_read_with_its_address_and_the_hour_of_reading() -> None:
    with serve({"/a.html": page()}) as site:
        (document,), problems = read_paths([f"{site}/a.html"], settings=LOOPBACK)

    assert document.url == f"{site}/a.html" == document.location
    assert document.name == "a"
    assert document.title == "Ferry sinks"
    assert document.retrieved is not None
    assert not problems


def test_the_encoding_that_the_server_declares_is_used() -> None:
    body = PAGE.replace(b"coast guard", "Küstenwache".encode("latin-1"))
    with serve({"/a": page(body, Content_Type="text/html; charset=iso-8859-1")}) as site:
        (document,), _ = read_paths([f"{site}/a"], settings=LOOPBACK)

    assert "Küstenwache" in document.text


@pytest.mark.parametrize("path", ["/a", "/a.php", "/a?part=1"])
def test_a_piece_of_a_page_is_a_page_where_the_server_says_so(path: str) -> None:
    refresh = b"<meta http-equiv=refresh content='0;url=file:///etc/passwd'>"
    body = refresh + b"<div><p>The ferry <b>sank</b>.</p><p>It rained.</p></div>"
    with serve({path: page(body, Content_Type="text/html")}) as site:
        (document,), _ = read_paths([f"{site}{path}"], settings=LOOPBACK)

    assert document.text == "The ferry sank.\nIt rained."


def test_a_plain_text_keeps_its_lines_whatever_the_server_calls_it() -> None:
    with serve({"/a.txt": page(b"The ferry sank, 3 < 5.\n\nIt rained.", Content_Type="text/html")}) as site:
        (document,), _ = read_paths([f"{site}/a.txt"], settings=LOOPBACK)

    assert document.text == "The ferry sank, 3 < 5.\n\nIt rained."


def test_nothing_is_fetched_unless_it_is_allowed() -> None:
    asked: list[str] = []
    with serve({"/a": page()}, asked) as site:
        message = refusal(f"{site}/a", replace(LOOPBACK, allow_fetch=False))
        with pytest.raises(UsageError, match="--fetch"):
            wirecheck.compare([f"{site}/a"])

    assert "fetching is off" in message
    assert asked == []


@pytest.mark.parametrize(
    "scheme", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "data:text/plain,x"]
)
def test_only_http_and_https_are_read(scheme: str) -> None:
    assert "only http and https" in refusal(scheme)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "2130706433", "017700000001", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"),
        *("10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[::]", "[64:ff9b::7f00:1]"),
    ],
)
def test_an_address_that_is_not_public_is_refused_in_each_of_its_forms(host: str) -> None:
    message = refusal(f"http://{host}:9/", Settings(allow_fetch=True, fetch_timeout_s=5))

    assert "a public address was expected" in message or "cannot be resolved" in message


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *(("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True)),
        *(("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("2002:a00:1::1", False), ("fec0::1", False)),
        *(("::127.0.0.1", False), ("64:ff9b::a00:1", False), ("::", False), ("192.0.2.1", False)),
    ],
)
def test_an_ipv4_address_inside_an_ipv6_address_counts(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(_network.socket, "getaddrinfo", lambda *a, **k: answers)

    assert "10.0.0.1, which is not" in refusal("http://rebound.example/")


def test_a_name_is_resolved_once_for_a_connection_and_the_checked_address_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serve({"/a": page()}) as site:
        port = int(site.rpartition(":")[2])
        asked: list[str] = []

        def rebind(host: str, *arguments: object, **options: object) -> list[object]:
            asked.append(host)
            given = "127.0.0.1" if len(asked) % 2 else "10.9.9.9"  # a second question would lead elsewhere
            if host != "rebinding.example":
                return real(host, *arguments, **options)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (given, port))]

        real = socket.getaddrinfo
        monkeypatch.setattr(_network.socket, "getaddrinfo", rebind)
        network = _network.Network((ipaddress.ip_network("127.0.0.1/32"),), time.monotonic() + 5)
        stream = network.connect_tcp("rebinding.example", port)
        peer = stream.get_extra_info("server_addr")
        stream.close()

    assert peer[0] == "127.0.0.1"
    assert asked.count("rebinding.example") == 1


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "//192.168.0.1/x"]
)
def test_a_redirect_into_a_private_network_is_refused(target: str) -> None:
    with serve({"/a": (302, {"Location": target}, b"")}) as site:
        assert "a public address was expected" in refusal(f"{site}/a")


def test_a_redirect_to_another_scheme_is_refused() -> None:
    with serve({"/a": (302, {"Location": "file:///etc/passwd"}, b"")}) as site:
        assert "only http and https" in refusal(f"{site}/a")


def test_a_redirect_is_followed_to_its_end() -> None:
    with serve({"/a": (301, {"Location": "/b"}, b""), "/b": page()}) as site:
        found = fetch(f"{site}/a", settings=LOOPBACK)

    assert isinstance(found, Fetched)
    assert found.url == f"{site}/b"


def test_redirects_in_a_circle_end() -> None:
    with serve({"/a": (302, {"Location": "/a"}, b"")}) as site:
        assert "at most 5 redirects" in refusal(f"{site}/a")


def test_robots_txt_is_obeyed() -> None:
    robots = b"User-agent: *\nDisallow: /private/*.html$\n"
    asked: list[str] = []
    answers = {"/robots.txt": (200, {}, robots), "/private/a.html": page(), "/b": page()}
    with serve(answers, asked) as site:
        message = refusal(f"{site}/private/a.html")
        allowed = fetch(f"{site}/b", settings=LOOPBACK)

    assert "robots.txt" in message
    assert "/private/a.html" not in asked
    assert isinstance(allowed, Fetched)


def test_a_robots_txt_that_fails_allows_nothing() -> None:
    with serve({"/robots.txt": (503, {}, b""), "/a": page()}) as site:
        assert "robots.txt" in refusal(f"{site}/a")


@pytest.mark.parametrize(
    "answer", [(503, {}, b""), (200, {"Content-Length": "9"}, b"cut"), (302, {"Location": "/robots.txt"}, b"")]
)
def test_a_robots_txt_that_fails_is_asked_once_for_all_addresses_of_its_site(answer: Answer) -> None:
    asked: list[str] = []
    with serve({"/robots.txt": answer, "/a": page(), "/b": page()}, asked) as site, Fetcher(LOOPBACK) as fetcher:
        found = [fetcher.fetch(f"{site}/a")]
        first = list(asked)
        found += [fetcher.fetch(f"{site}/{name}") for name in ("a", "b")]

    assert asked == first
    assert all(isinstance(f, Problem) and "expected to say what may be read" in f.message for f in found)


def test_a_robots_txt_may_not_lead_into_a_private_network() -> None:
    with serve({"/robots.txt": (302, {"Location": "http://10.0.0.1/"}, b""), "/a": page()}) as site:
        assert "a public address was expected" in refusal(f"{site}/a")


def test_an_answer_that_declares_too_much_is_not_read() -> None:
    with serve({"/a": page(b"x" * 200_000)}) as site:
        assert "at most 100000 bytes were expected; the answer has 200000" in refusal(f"{site}/a")


def test_an_answer_without_a_length_is_cut_at_the_limit() -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"x" * 10_000)

    with serve_raw(talk) as site:
        message = refusal(f"{site}/a")

    assert "at most" in message


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_decompression_bomb_is_stopped_at_the_limit(encoding: str) -> None:
    zeros = b"0" * 50_000_000
    body = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    assert len(body) < 100_000
    with serve({"/a": page(body, Content_Encoding=encoding)}) as site:
        assert "the answer holds more and was not read" in refusal(f"{site}/a")


def test_a_compressed_file_of_the_web_is_held_to_the_same_limit() -> None:
    body = gzip.compress(b"0" * 50_000_000)
    with serve({"/a.txt.gz": (200, {"Content-Type": "application/gzip"}, body)}) as site:
        documents, (problem,) = read_paths([f"{site}/a.txt.gz"], settings=LOOPBACK)

    assert not documents
    assert "gzip holds more" in problem.message


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("", PAGE),
    ],
)
def test_a_packed_body_is_unpacked(encoding: str, body: bytes) -> None:
    with serve({"/a": page(body, Content_Encoding=encoding)}) as site:
        found = fetch(f"{site}/a", settings=LOOPBACK)

    assert isinstance(found, Fetched)
    assert found.body == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(PAGE)[:-20], "cut off"),
        ("gzip", b"no gzip at all", "damaged"),
        ("br", PAGE, "gzip or deflate"),
        ("gzip, gzip", PAGE, "gzip or deflate"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_a_problem(encoding: str, body: bytes, reason: str) -> None:
    with serve({"/a": page(body, Content_Encoding=encoding)}) as site:
        assert reason in refusal(f"{site}/a")


@pytest.mark.parametrize(
    "opening", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"]
)
def test_a_server_that_sends_drop_by_drop_is_left_in_time(opening: bytes) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(opening)
        while not over.wait(0.05):
            connection.sendall(b"x")

    with serve_raw(talk) as site:
        begin = time.monotonic()
        message = refusal(f"{site}/a", replace(LOOPBACK, fetch_timeout_s=0.6))
        took = time.monotonic() - begin

    assert "within 0.6 seconds in all" in message
    assert took < 10  # of a server that would go on for ever; a loaded machine takes its time


def test_a_server_that_says_nothing_is_left_in_time() -> None:
    with serve_raw(lambda connection, over: over.wait(10) and None) as site:
        assert "within 0.4 seconds" in refusal(f"{site}/a", replace(LOOPBACK, fetch_timeout_s=0.4))


def test_a_status_other_than_200_is_a_problem() -> None:
    with serve({}) as site:
        assert "it has 404" in refusal(f"{site}/gone")


def test_a_password_in_an_address_is_refused() -> None:
    assert "without a user name" in refusal("http://jane:secret@example.org/")


@pytest.mark.parametrize(
    "url", ["http://", "http:///a", "https://exa mple/", "http://[::1", "http://a\x00b/", "http://\u202e/"]
)
def test_what_is_no_address_is_a_problem(url: str) -> None:
    assert refusal(url)


def test_a_network_that_is_none_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match="a network such as"):
        fetch("http://a.example/", settings=Settings(allow_fetch=True, fetch_networks=("10.0.0.1/8",)))


def test_a_feed_with_a_bomb_in_its_entities_is_refused() -> None:
    entities = b'<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
    bomb = b"<!DOCTYPE r [" + entities + b"]><rss><channel><title>&b;</title></channel></rss>"
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, bomb)}) as site:
        documents, (problem,) = read_paths([f"{site}/feed"], settings=LOOPBACK)

    assert not documents
    assert "may hide a bomb" in problem.message


def test_a_missing_package_gives_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from wirecheck.readers import _extras

    monkeypatch.setattr(_extras, "find_spec", lambda name: None)

    assert "pip install '.[web]'" in refusal("http://a.example/")
