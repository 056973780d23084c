"""What a caller did wrong. A fault in the material is a `Problem`, never one of these."""


class Error(Exception):
    """The base of every error that Wirecheck raises on purpose."""


class UsageError(Error):
    """The caller asked for something that cannot be: an unknown name, a missing file, a bad option."""


class ForeignSpanError(Error):
    """A span was used on another document than its own."""


class FindingError(Error):
    """A finding, quotation or group was built without the words or the spans that it must rest on."""


class MissingExtraError(Error):
    """A feature needs a package that is not installed; the message carries the install line."""


class ArchiveError(Error):
    """An archive cannot be opened, read or written: no archive, a full disk, no permission, a newer format."""


class WorkerError(Error):
    """A process that did a part of the work was ended from outside; the work can be started again."""


class ClusterError(Error):
    """A cluster cannot be used: no scheduler answers, no worker comes, or a worker would not give the same bytes."""
