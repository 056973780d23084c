"""The app: its addresses, and what is told when something goes wrong."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from wirecheck.errors import Error
from wirecheck.web import archive_pages, news, ruling_pages, story_pages, tasks
from wirecheck.web.desk import Desk, WorkingError, list_new
from wirecheck.web.forms import read_form, read_given, read_place, read_text, read_who
from wirecheck.web.guard import App, Guard
from wirecheck.web.pages import answer_story, read_static, render, render_story, save_report
from wirecheck.web.worker import Job

# How long one stream of progress is kept open; a page opens it again.
_STREAM_S = 600.0
_TICK_S = 0.3
# News on the start page, the newest.
_MOST_NEWS = 4


def make_app(desk: Desk, *, token: str, hosts: frozenset[str], **limits: Any) -> App:
    """Return the app over one archive, behind its guard; `limits` are those of `Guard`."""

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=desk.warm, name="wirecheck-warm", daemon=True).start()
        yield
        await run_in_threadpool(desk.close)

    app = Starlette(
        routes=[
            Route("/", show_start),
            Route("/read", read_inputs, methods=["POST"]),
            Route("/static/{name}", send_static),
            Route("/jobs/{id}", show_job),
            Route("/jobs/{id}/events", stream_job),
            Route("/reports/{id}", show_report),
            Route("/reports/{id}/keep", keep_report, methods=["POST"]),
            Route("/reports/{id}/report.{form}", send_report),
            *archive_pages.ROUTES,
            *story_pages.ROUTES,
            *ruling_pages.ROUTES,
            *news.ROUTES,
        ],
        exception_handlers={
            WorkingError: show_working,
            Error: show_mistake,
            HTTPException: show_refusal,
            Exception: show_fault,
        },
        lifespan=live,
    )
    app.state.desk = desk
    return Guard(app, token=token, hosts=hosts, **limits)


def show_start(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    recent: tuple[Any, ...] = ()
    with desk.open() as archive:
        if archive.store.count_newest():
            try:
                recent = desk.shelf(archive).listings[:6]
            except WorkingError:
                recent = ()
    unseen = list_new(desk, read_who(request))[-_MOST_NEWS:]
    return render(request, "start", here="start", recent=recent, news=unseen[::-1])


async def read_inputs(request: Request) -> Response:
    """Take what the form gives, and hand it to the worker."""
    desk: Desk = request.app.state.desk
    async with read_form(request) as form:
        given = await read_given(form)
        then = read_text(form, "then")
    if then == "archive":
        job = desk.worker.submit(tasks.add, desk.folder, given, title="Adding to the archive")
    else:
        settings = replace(desk.settings, one_story=then != "stories")
        job = desk.worker.submit(tasks.compare, given, settings, title="Comparing what you gave")
    return RedirectResponse(f"/jobs/{job.id}", 303)


def send_static(request: Request) -> Response:
    found = read_static(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found[0], media_type=found[1], headers={"cache-control": "private, max-age=60"})


def _find_job(request: Request) -> Job:
    desk: Desk = request.app.state.desk
    job = desk.worker.find(request.path_params["id"])
    if job is None:
        raise HTTPException(404, "This task is forgotten; ask for it again.")
    return job


def show_job(request: Request) -> Response:
    """Show how far a task is, or lead to what came of it."""
    desk: Desk = request.app.state.desk
    job = _find_job(request)
    if job.state == "failed":
        return render(request, "error", status=422, title="That did not work", message=job.error)
    if job.state != "done":
        values = {"job": job, "next": f"/jobs/{job.id}", "ahead": desk.worker.count_ahead(job)}
        return render(request, "working", status=202, here="start", **values)
    if isinstance(job.result, tasks.Kept):
        kept = job.result
        if len(kept.stories) == 1 and not kept.problems:
            return RedirectResponse(f"/story/{kept.stories[0][0]}", 303)
        return render(request, "kept", here="archive", kept=kept)
    if isinstance(job.result, tasks.Drafted):
        return story_pages.show_draft(request, job.result)
    desk.reports.put(job.id, job.result)
    return RedirectResponse(f"/reports/{job.id}", 303)


async def stream_job(request: Request) -> Response:
    """Tell how far a task is as it goes, until it is over."""
    desk: Desk = request.app.state.desk
    job = _find_job(request)

    async def tell() -> AsyncIterator[str]:
        give_up = time.monotonic() + _STREAM_S
        last = ""
        while time.monotonic() < give_up:
            seconds = int(time.monotonic() - job.begun) if job.begun is not None and not job.over.is_set() else 0
            value = {
                "state": job.state,
                "said": job.error or job.said,
                "seconds": seconds,
                "done": job.done,
                "total": job.total,
                "ahead": desk.worker.count_ahead(job) if job.state == "waiting" else 0,
            }
            text = json.dumps(value)
            if text != last:
                yield f"data: {text}\n\n"
                last = text
            if job.over.is_set():
                return
            await asyncio.sleep(_TICK_S)

    return StreamingResponse(tell(), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def show_report(request: Request) -> Response:
    """Show the report of documents that are in no archive."""
    desk, ident, report = _find_report(request)
    unread = len(list_new(desk, read_who(request)))
    values = {"here": "start", "kept_as": ident, "unread": unread}
    text = desk.page(("report", ident, unread), lambda: render_story(report, **values))
    return answer_story(text)


def _find_report(request: Request) -> tuple[Desk, str, Any]:
    desk: Desk = request.app.state.desk
    ident = request.path_params["id"]
    report = desk.reports.get(ident)
    if report is None:
        raise HTTPException(404, "This report is gone: it was in no archive. Give its documents again.")
    return desk, ident, report


async def keep_report(request: Request) -> Response:
    """Add the documents of such a report to the archive."""
    desk, _, report = _find_report(request)
    title = "Adding to the archive"
    job = desk.worker.submit(tasks.keep_report, desk.folder, report, desk.settings, title=title)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def send_report(request: Request) -> Response:
    _, _, report = _find_report(request)
    return save_report(report, request.path_params["form"], "wirecheck-report")


def show_working(request: Request, error: Exception) -> Response:
    assert isinstance(error, WorkingError)
    desk: Desk = request.app.state.desk
    query = f"?{request.url.query}" if request.url.query else ""
    target = read_place(f"{request.url.path}{query}") if request.method in ("GET", "HEAD") else "/archive"
    values = {"job": error.job, "next": target, "ahead": desk.worker.count_ahead(error.job)}
    if error.listing is not None:
        return story_pages.show_comparing(request, error.listing, **values)
    return render(request, "working", status=202, here="archive", **values)


def show_mistake(request: Request, error: Exception) -> Response:
    return render(request, "error", status=422, title="That did not work", message=str(error))


def show_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = "There is no such page" if error.status_code == 404 else "That is not possible"
    return render(request, "error", status=error.status_code, title=title, message=error.detail)


def show_fault(request: Request, error: Exception) -> Response:
    said = f"Something is wrong in the app itself ({type(error).__name__}: {error}). What was acknowledged is stored."
    return render(request, "error", status=500, title="That did not work", message=said)
