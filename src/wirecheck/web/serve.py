"""Serving: where the archive is, on which address the app listens, and how it starts and ends."""

from __future__ import annotations

import contextlib
import ipaddress
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from wirecheck.errors import MissingExtraError, UsageError
from wirecheck.settings import Settings

_HINT = "this needs Wirecheck with its app: pip install '.[app]'"
# Newest stories that are compared before anybody asks, some seconds each: more than an editor opens in a morning.
_AHEAD = 12
# Requests that are answered at once; a browser opens six connections.
_MOST_AT_ONCE = 400


def serve(
    archive: str | None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    open_page: bool = False,
    publishers: str | None = None,
    tell: Callable[[str, str, bool], None] = lambda address, folder, is_open: None,
) -> None:
    """Serve the app over an archive until it is ended; without one, over an archive in the user's data folder.

    `publishers` is a file of who publishes what, see `lineage.families.read_titles`. `tell` gets the address with its
    token, the archive's folder, and whether others than this machine can reach it.
    Raises `UsageError` where nothing can listen there, `MissingExtraError` without the packages of the app.
    """
    try:
        import platformdirs
        import uvicorn

        from wirecheck.lineage.families import read_titles
        from wirecheck.web.app import make_app
        from wirecheck.web.desk import Desk
        from wirecheck.web.marks import Marks
    except ModuleNotFoundError as error:
        raise MissingExtraError(_HINT) from error

    if publishers is not None:
        read_titles(publishers)
    folder = Path(archive) if archive is not None else platformdirs.user_data_path("wirecheck", False) / "archive"
    marks = Marks(platformdirs.user_state_path("wirecheck", False) / "seen", folder)
    listener = _listen(host, port)
    try:
        desk = Desk(folder, marks=marks, settings=Settings(publishers=publishers), ahead=_AHEAD)
    except BaseException:
        listener.close()
        raise
    bound = int(listener.getsockname()[1])
    token = secrets.token_urlsafe(24)
    app = make_app(desk, token=token, hosts=list_hosts(host, bound))
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound}/?token={token}"
    tell(address, str(folder), not _is_loopback(host))
    if open_page:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        lifespan="on",
        ws="none",
        http="h11",
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()
        desk.close()


def list_hosts(host: str, port: int) -> frozenset[str]:
    """Return the values of a Host header that are ours: names of this machine, and the one that was asked for."""
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()}
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"nothing can listen on {host}: {error.strerror or error}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)  # who follows the printed address at once waits, and is not refused
    except (OSError, OverflowError, UnicodeError, TypeError, ValueError) as error:  # the last two for no name at all
        listener.close()
        said = getattr(error, "strerror", None) or error
        raise UsageError(f"nothing can listen on {host} port {port}: {said}") from error
    return listener


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
