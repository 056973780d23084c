"""Pages: templates filled. What an article or a person wrote is escaped in the one place where the report does."""

from __future__ import annotations

from importlib import resources
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from wirecheck.model import Report
from wirecheck.report.html import make_environment, page_policy, render_html, render_template
from wirecheck.report.json import render_json
from wirecheck.report.markdown import render_markdown
from wirecheck.web.desk import Desk, View, list_new
from wirecheck.web.forms import WHO, read_who

_A_YEAR_S = 365 * 24 * 3600
_EMPTY: dict[str, Any] = {"listing": None, "here": "", "place": "", "badges": None, "unread": 0}


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page of the app."""
    who = read_who(request)
    given = {**_EMPTY, "who": who, "unread": len(list_new(request.app.state.desk, who)), **values}
    text = make_environment("wirecheck.web").get_template(f"{template}.html.jinja").render(**given)
    return HTMLResponse(_encode(text), status)


def read_templates() -> None:
    """Read the templates of a report, which take a third of a second."""
    for name in ("page", "macros", "above", "story", "desk", "sheets", "decide", "working", "comparing"):
        make_environment("wirecheck.web").get_template(f"{name}.html.jinja")
    page_policy(served=True)


def render_story(report: Report, **values: Any) -> str:
    """Return the page of a report inside the app."""
    template = make_environment("wirecheck.web").get_template("story.html.jinja")
    return render_template(report, template, served=True, **{**_EMPTY, "here": "archive", "place": "report", **values})


def answer_story(text: str) -> HTMLResponse:
    """Return the page of a report as an answer: its policy allows its own style sheet and script by their digests."""
    policy = f"{page_policy(served=True)}; frame-ancestors 'none'"
    return HTMLResponse(_encode(text), headers={"content-security-policy": policy})


def save_report(report: Report, form: str, name: str) -> Response:
    """Return a report as a file to be saved."""
    forms = {
        "html": (render_html, "text/html; charset=utf-8"),
        "json": (render_json, "application/json"),
        "md": (render_markdown, "text/markdown; charset=utf-8"),
    }
    if form not in forms:
        raise HTTPException(404, "A report is saved as html, json or md.")
    make, kind = forms[form]
    return send_file(_encode(make(report)), kind, f"{name}.{form}")


def send_file(data: bytes, kind: str, name: str) -> Response:
    """Return bytes to be saved: a browser never shows or runs them. `name` is one of ours."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type=kind, headers=headers)


def find_view(request: Request, *, newest: bool = False) -> tuple[Desk, View]:
    """Return the story of an address, compared; with `newest`, after all documents are grouped."""
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        return desk, desk.view(archive, request.path_params["id"], newest=newest)


def remember(response: Response, who: str) -> Response:
    """Remember a person's name in this browser, so that it stands in the next form."""
    response.set_cookie(WHO, quote(who), max_age=_A_YEAR_S, httponly=True, samesite="strict")
    return response


def read_static(name: str) -> tuple[bytes, str] | None:
    """Return a file that pages ask for and its type, or None: there are these and no others."""
    if name not in _STATIC:
        return None
    package, kind = _STATIC[name]
    return (resources.files(package) / "static" / name).read_bytes(), kind


_STATIC = {
    "page.css": ("wirecheck.report", "text/css; charset=utf-8"),
    "desk.css": ("wirecheck.web", "text/css; charset=utf-8"),
    "desk.js": ("wirecheck.web", "text/javascript; charset=utf-8"),
    "icon.svg": ("wirecheck.web", "image/svg+xml"),
}


def _encode(text: str) -> bytes:
    # Half of a surrogate pair, which broken pages have, cannot be written as UTF-8.
    return text.encode("utf-8", "replace")
