"""Where else the same words stand. Imports nothing of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a passage or a quote stand besides.

    Attributes:
        chunk_id: of the chunk that holds them there.
        page: physical, from 1; ``page_label`` is what is printed on it.
        section: path of the section.
    """

    chunk_id: str
    document_id: str
    title: str
    page: int
    page_label: str | None
    section: str
