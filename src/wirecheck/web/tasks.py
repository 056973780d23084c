"""What the worker does for the app: each a call of the library, with what it says on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from wirecheck import service
from wirecheck.archive import Listing
from wirecheck.errors import UsageError
from wirecheck.model import Document, Problem, Report
from wirecheck.settings import Settings

Say = Callable[[str], None]
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text from the form, with what is said of it there; "" where nothing is."""

    text: str
    publisher: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file from the form. Its name is a label: no file on this machine is ever called so."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """All that one form gives to be read."""

    pasted: tuple[Pasted, ...] = ()
    uploads: tuple[Upload, ...] = ()
    addresses: tuple[str, ...] = ()
    """They are fetched, for the form asks for them by its own field."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of adding: documents stored and known, problems, and the stories that hold them now."""

    stored: int
    known: int
    problems: tuple[Problem, ...]
    documents: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]
    """Id and title of each."""


def compare(given: Given, settings: Settings, say: Say) -> Report:
    """Return the report over what a form gives."""
    documents, problems = read(given, say)
    if not documents:
        raise UsageError(_tell_nothing(problems))
    return _compare(documents, problems, settings, say)


def compare_stories(folder: Path, stories: tuple[str, ...], settings: Settings, say: Say) -> Report:
    """Return the report over the documents of several stories of an archive, as one."""
    from wirecheck.archive import open_archive

    with open_archive(folder) as archive:
        ids = dict.fromkeys(d for story in stories for d in archive.story(story).documents)
        documents = [d for d in map(archive.document, ids) if d is not None]
    return _compare(documents, (), settings, say)


def _compare(documents: Sequence[Document], problems: Sequence[Problem], settings: Settings, say: Say) -> Report:
    from wirecheck.pipeline import compare_documents

    say(f"Comparing {len(documents)} {'document' if len(documents) == 1 else 'documents'}")
    return compare_documents(_with_own_names(documents), problems, settings=settings)


def add(folder: Path, given: Given, say: Say) -> Kept:
    """Add what a form gives to the archive; the stories are grouped and their comparison is kept before it is done."""
    documents, problems = read(given, say)
    if not documents:
        raise UsageError(_tell_nothing(problems))
    return keep(folder, documents, problems, say)


def keep_report(folder: Path, report: Report, settings: Settings, say: Say) -> Kept:
    """Add the documents of a report to the archive; what was found of them need not be found again."""
    from wirecheck.archive import open_archive
    from wirecheck.archive.keeping import keep_found

    kept = keep(folder, report.documents, report.problems, say)
    if len(kept.stories) == 1:
        with open_archive(folder) as archive:
            keep_found(archive.store, archive.derived, archive.story(kept.stories[0][0]), settings, report)
    return kept


def keep(folder: Path, documents: Sequence[Document], problems: Sequence[Problem], say: Say) -> Kept:
    """Add documents that have been read to the archive."""
    from wirecheck.archive import open_archive

    with open_archive(folder, create=True) as archive:
        say(f"Storing {len(documents)} {'document' if len(documents) == 1 else 'documents'}")
        added = archive.add(documents)
        say("Stored. Grouping the archive into stories")
        wanted = {d.id for d in documents}
        held = [s for s in archive.stories() if wanted.intersection((*s.documents, *s.earlier))]
    met = tuple(sorted({*problems, *added.problems}, key=lambda p: p.key))
    stories = tuple((s.id, s.title) for s in held)
    return Kept(added.stored, added.known, met, tuple(d.id for d in documents), stories)


def group(folder: Path, say: Say) -> str:
    """Group the archive as it is now, and return the state that was grouped."""
    from wirecheck.archive import open_archive

    say("Grouping the archive into stories")
    with open_archive(folder) as archive:
        state = archive.store.state(decisions=False)
        archive.stories()
    return state


def wake(say: Say) -> None:
    """Compare two sentences, so that the models and lists are read before the first story wants them."""
    texts = ("Two people died, Jo Lind said on Monday.", "Three people were killed on Monday, said Jo Lind.")
    _compare(_read_pasted([Pasted(text) for text in texts], "pasted")[0], (), Settings(one_story=True), say)


def prepare(folder: Path, listing: Listing, settings: Settings, say: Say) -> Report | None:
    """Compare a story, so that its report is kept; return it only where the archive cannot be written."""
    from wirecheck.archive import open_archive
    from wirecheck.archive.keeping import compare_kept, find_kept
    from wirecheck.archive.listing import frame_listing

    with open_archive(folder) as archive:
        say(f"Comparing {len(listing.members)} {'document' if len(listing.members) == 1 else 'documents'}")
        report = compare_kept(archive.store, archive.derived, listing, settings, earlier=False)
        given = frame_listing(archive.store, listing, settings, earlier=False)
        return None if find_kept(archive.derived, listing, given) is not None else report


def trace(folder: Path, words: str, say: Say) -> Any:
    """Return every appearance of words in the archive."""
    say("Reading the archive")
    return service.trace(folder, words)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was held against a story, and what came of it: a `DraftReport`."""

    listing: Listing
    text: str
    found: Any


def claim(folder: Path, words: str, story: str, say: Say) -> Any:
    """Return what the documents of a story say of a claim, as a `ClaimReport`."""
    documents = _list_documents(folder, story)
    say(f"Holding the claim against {len(documents)} documents")
    return service.claim(words, documents)


def check_draft(folder: Path, text: str, listing: Listing, say: Say) -> Drafted:
    """Return what stands behind a draft in the documents of a story."""
    documents = _list_documents(folder, listing.id)
    say(f"Holding the draft against {len(documents)} documents")
    (draft,), _ = _read_pasted([Pasted(text)], "draft")
    found = service.check_draft(replace(draft, name="draft"), documents)
    return Drafted(listing, text, found)


def _list_documents(folder: Path, story: str) -> list[Document]:
    from wirecheck.archive import open_archive

    with open_archive(folder) as archive:
        return [d for d in map(archive.document, archive.story(story).documents) if d is not None]


def read(given: Given, say: Say) -> tuple[list[Document], list[Problem]]:
    """Return the documents of a form and the problems met; a document is known by what it holds, not by its name."""
    from wirecheck.readers import read_bytes, read_paths

    documents, problems = _read_pasted(given.pasted, "pasted")
    for number, upload in enumerate(given.uploads, start=1):
        say(f"Reading file {number} of {len(given.uploads)}")
        digest = hashlib.sha256(upload.data).hexdigest()[:16]
        found, faults = read_bytes(f"upload:{digest}/{clean_name(upload.name)}", upload.data)
        documents += found
        problems += faults
    for number, address in enumerate(given.addresses, start=1):
        say(f"Reading address {number} of {len(given.addresses)}")
        fetched, faults = read_paths([address], settings=Settings(allow_fetch=True))
        documents += fetched
        problems += faults
    return list({d.id: d for d in documents}.values()), problems


def _read_pasted(pasted: Sequence[Pasted], what: str) -> tuple[list[Document], list[Problem]]:
    from wirecheck.readers import read_bytes

    documents: list[Document] = []
    problems: list[Problem] = []
    for number, given in enumerate(pasted, start=1):
        data = given.text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
        found, faults = read_bytes(f"{what}:{hashlib.sha256(data).hexdigest()[:16]}.txt", data)
        name = clean_name(given.publisher) if given.publisher.strip() else f"Text {number}"
        documents += [
            replace(d, name=name, publisher=given.publisher.strip() or None, published=given.published or d.published)
            for d in found
        ]
        problems += faults
    return documents, problems


def clean_name(name: str) -> str:
    """Return a file's name as a label: its last part, without what a path or a terminal would read.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\\\x\\\\a b.txt"), clean_name("..")
    ('passwd', 'a b.txt', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in last).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if dot and len(kept) > _LONGEST_NAME:
        return f"{stem[: _LONGEST_NAME - len(suffix[:8]) - 1]}.{suffix[:8]}"
    return kept[:_LONGEST_NAME] or "file"


def _with_own_names(documents: Sequence[Document]) -> list[Document]:
    """Give the second and later documents of one name a number, so that a report can tell them apart."""
    taken = {d.name for d in documents}
    used: set[str] = set()
    named = []
    for document in documents:
        name, nth = document.name, 2
        while name in used or (name != document.name and name in taken):
            name, nth = f"{document.name}-{nth}", nth + 1
        used.add(name)
        named.append(replace(document, name=name))
    return named


def _tell_nothing(problems: Sequence[Problem]) -> str:
    said = "; ".join(f"{p.location}: {p.message}" for p in problems[:3])
    nothing = "nothing was given: paste a text, name an address or choose a file"
    return f"no document was read ({said})" if said else nothing
