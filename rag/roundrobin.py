"""Several lists to one, each having its turn. Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

Item = TypeVar("Item")


def round_robin(lists: Sequence[Sequence[Item]]) -> Iterator[Item]:
    """The first of each list, then the second of each, and so on; a list that has ended is passed over."""
    ended = object()
    for turn in zip_longest(*lists, fillvalue=ended):
        yield from (item for item in turn if item is not ended)  # type: ignore[misc]
