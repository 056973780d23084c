"""The database of an archive: opening, ordered migrations, and what goes wrong said once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wirecheck.errors import ArchiveError, UsageError
from wirecheck.store.digests import FIRST_FORMAT, fill_digests
from wirecheck.text.unspaced import is_unspaced, split_pairs

FILE = "archive.sqlite"
# Marks the file as ours ("WIRE"), so that another program's database is never migrated.
_APPLICATION = 0x57495245
# How long a process waits for another that writes. A batch is written in well under a second.
_WAIT_S = 60.0
_PAUSE_S = 0.02
# Each is run once, in order, in one transaction; what has been released is never edited.
MIGRATIONS = (
    """
    CREATE TABLE documents (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        identity BLOB NOT NULL UNIQUE,
        place TEXT,
        name TEXT NOT NULL,
        location TEXT NOT NULL,
        url TEXT,
        publisher TEXT,
        author TEXT,
        title TEXT,
        title_start INTEGER,
        title_end INTEGER,
        published TEXT,
        modified TEXT,
        retrieved TEXT,
        language TEXT,
        furniture TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        length INTEGER NOT NULL,
        text TEXT NOT NULL,
        received BLOB NOT NULL
    ) STRICT;
    CREATE INDEX documents_place ON documents (place) WHERE place IS NOT NULL;
    CREATE INDEX documents_published ON documents (published);
    CREATE VIRTUAL TABLE words USING fts5 (
        text, content='documents', content_rowid='seq', tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TABLE annotations (
        seq INTEGER NOT NULL REFERENCES documents (seq),
        step TEXT NOT NULL,
        version INTEGER NOT NULL,
        payload BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX annotations_key ON annotations (step, version, seq);
    CREATE TABLE receipts (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE problems (
        location TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (location, message)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        subject TEXT NOT NULL,
        ruling TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT;
    """,
    # The full-text index joins its parts when there are eight of a size, not four, so that each word is written less
    # often: storing 20,368 articles takes a fifth less of the processor. With sixteen it is no faster, and a join is
    # then made all at once.
    "INSERT INTO words (words, rank) VALUES ('automerge', 8);\n",
    # A digest of each row, see `digests.py`.
    """
    CREATE TABLE digests (
        kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (kind, number)
    ) STRICT, WITHOUT ROWID;
    """,
    # Chinese and Japanese by pairs of characters, see `text/unspaced.py`: `words` has their sentences as one word each.
    "CREATE VIRTUAL TABLE pairs USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');\n",
)
_PAIRS_FORMAT = 4
# Pages of the write-ahead log after which they are copied into the database: at 1,000, the default, each batch would
# copy the same pages of the indexes again.
_LOG_PAGES = 8000


def _tell_missing(folder: Path) -> str:
    """Return that a folder holds no archive, and how to make one: beside what lies there, not in its midst."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return f"no archive in {folder}: make one with `wirecheck add {folder} PATH...`"
    new = folder.with_name(f"{folder.name}-archive") if folder.name else Path("archive")
    return f"no archive in {folder}, which holds other files: `wirecheck add {new} {folder}` reads them into a new one"


def open_database(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """Return a connection to the archive in a folder, brought up to date.

    Raises `UsageError` when there is no archive (and `create` is not set) and `ArchiveError` when it cannot be opened.
    """
    path = folder / FILE
    if not path.is_file():
        if not create:
            raise UsageError(_tell_missing(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"no archive can be made in {folder}: {error.strerror or error}") from error
        # Another process may be making this very archive just now, so the file may be there by this time.
        if path.is_dir() or _is_foreign(folder):
            raise UsageError(f"{folder} holds other files; give a new or an empty folder for an archive")
    with explaining(folder):
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        try:
            _migrate(connection, folder, create=create)
        except sqlite3.OperationalError as error:
            connection.close()
            if not _is_refused(error):
                raise
            connection = _open_for_reading(path)
        except BaseException:
            connection.close()
            raise
    return connection


def _is_foreign(folder: Path) -> bool:
    """Return whether a folder without an archive holds anything but what a stopped start leaves."""
    return any(not p.name.startswith(FILE) and p.name != "derived" for p in folder.iterdir())


def _migrate(connection: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    # One transaction: another process may be making the archive between two of these questions.
    connection.execute("BEGIN")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("COMMIT")
    if application != _APPLICATION and tables:
        raise ArchiveError(f"{folder / FILE} is a database of another program")
    if not tables and not create:
        raise ArchiveError(
            f"{folder / FILE} holds nothing: it was emptied, or the first `wirecheck add` was stopped; "
            f"put a copy of it back, or make it anew with `wirecheck add {folder} PATH...`"
        )
    if version > len(MIGRATIONS):
        raise ArchiveError(
            f"the archive {folder} has format {version}; up to {len(MIGRATIONS)} is known here: "
            "install a newer Wirecheck"
        )
    if version < len(MIGRATIONS):
        _write_ahead(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in script.split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
                if number == FIRST_FORMAT:
                    fill_digests(connection)
                if number == _PAIRS_FORMAT:
                    _fill_pairs(connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    # FULL: what was acknowledged is there after a loss of power too, at one fsync a batch.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")


def _fill_pairs(connection: sqlite3.Connection) -> None:
    """Index the documents of an archive that had no pairs."""
    for seq, text in connection.execute("SELECT seq, text FROM documents ORDER BY seq"):
        write_pairs(connection, seq, text)


def write_pairs(connection: sqlite3.Connection, seq: int, text: str) -> None:
    """Index a document by pairs of characters, where it has any of a script without spaces."""
    if is_unspaced(text):
        connection.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (seq, split_pairs(text)))


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log.

    SQLite does not wait for another process here, whatever the timeout: two that switch at once would wait for each
    other, so it refuses one of them. We try again until the other is through.
    """
    give_up = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _open_for_reading(path: Path) -> sqlite3.Connection:
    """Return a connection to an archive in a folder in which nothing can be written.

    Raises `ArchiveError` where a write-ahead log stands beside it that cannot be read there: what it holds would be
    missing.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise ArchiveError(
            f"the archive {path.parent} cannot be written, and {log.name} holds documents that are not yet in {FILE}: "
            "copy the folder to a place that can be written, and open it there once"
        )
    quoted = str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return connection


def _is_busy(error: sqlite3.OperationalError) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return str(name).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _is_refused(error: sqlite3.OperationalError) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return str(name).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))


@contextmanager
def explaining(folder: Path) -> Iterator[None]:
    """Turn what SQLite says into one `ArchiveError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = str(getattr(error, "sqlite_errorname", "") or "")
        if name == "SQLITE_FULL" or name.startswith(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE")):
            reason = "the disk is full; what was acknowledged is stored: make room and start again"
        elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            reason = "it cannot be written; check the permissions of the folder and its files"
        elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            reason = f"another process has been writing for {_WAIT_S:.0f} seconds; wait for it and start again"
        elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "Could not decode" in str(error):
            reason = (
                f"{FILE} is damaged; `wirecheck check {folder} --save FOLDER` saves what is whole, where it can be read"
            )
        else:
            reason = str(error)
        raise ArchiveError(f"the archive {folder}: {reason}") from error
