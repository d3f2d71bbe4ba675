"""Errors a user can act on.

ReglensError
├── ConfigError     a setting is unknown or out of range
├── SourceError     a file cannot be read, or holds nothing that can be indexed
├── FetchError      an address gave no document, or not the one that was asked for
├── LibraryError    the library on disk is locked, missing or damaged
│   ├── IndexMismatch   it was built by another model or other chunk settings
│   └── DiskFull        its disk takes no more
├── NotInLibrary    a document that was named is not there
└── ModelError      a model file or a language model cannot be used
"""


class ReglensError(Exception):
    """A problem the user can fix.

    Args:
        problem: what is wrong, with the offending value in it.
        remedy: the one thing to do next; a command where there is one.
    """

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}\n  → {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders (parsing runs in a worker), so keyword arguments must survive pickling."""
        return (_rebuild, (type(self), self.problem, self.remedy))


def _rebuild(kind: type[ReglensError], problem: str, remedy: str) -> ReglensError:
    return kind(problem, remedy=remedy)


class ConfigError(ReglensError):
    """A setting is unknown or out of range."""


class SourceError(ReglensError):
    """A file cannot be read, or holds nothing that can be indexed."""


class FetchError(ReglensError):
    """An address gave no document, or not the one that was asked for."""


class LibraryError(ReglensError):
    """The library on disk is locked, missing or damaged."""


class IndexMismatch(LibraryError):
    """The library was built by another model or with other chunk settings."""


class DiskFull(LibraryError):
    """The disk that holds the library takes no more; see :func:`corpus.disk.disk_full`."""


class NotInLibrary(ReglensError):
    """A document that was named is not in the library."""


class ModelError(ReglensError):
    """A model file is not what it should be, or a language model cannot be reached."""
