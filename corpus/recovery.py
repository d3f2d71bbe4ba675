"""What a writer that was killed has left behind: finished where it can be, undone where not.

Nothing here needs the files that were being ingested: a document's pages and chunks are in
the catalog before anything else is done with it.
"""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.catalog import INDEXING, REMOVING, RESTORING
from corpus.disk import left_copies

if TYPE_CHECKING:
    from corpus.library import Library


def recover(library: "Library", progress: Callable[[int], None] | None = None) -> list[str]:
    """Bring a library into order; under its lock.

    Args:
        library: to work on.
        progress: is told how many more chunks are embedded.

    Returns:
        What was done, in words.
    """
    done = []
    if library.indexes.is_torn():
        library.indexes.replace_vectors(library.catalog.vectors.each())
        done.append("made the vector index anew: an earlier run was killed while it was writing it")
    for document_id in library.catalog.ids_in_state(REMOVING):
        library.finish_removal(document_id)
        done.append(f"finished removing {document_id}")
    if unfinished := library.catalog.ids_in_state(INDEXING, RESTORING):
        library.finish(unfinished, progress)
        done.append(f"finished {_counted(len(unfinished), 'document')} that an earlier run had read but not indexed")
    library.indexes.settle_if_touched()
    if strays := _delete_strays(library):
        done.append(f"deleted {_counted(strays, 'file or folder', 'files or folders')} that an earlier run had left")
    return done


def _delete_strays(library: "Library") -> int:
    found = library.indexes.delete_strays()
    for path in library.originals.strays(library.catalog.documents):
        path.unlink()
        found += 1
    for folder in left_copies(library.folder):
        shutil.rmtree(folder, ignore_errors=True)
        found += 1
    return found


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"
