"""Exact references in text: rules, sections of law, releases, files, pages of the Federal Register.

The index and the query both pass through :func:`reference_tokens`, so that "Rule 611",
"§ 242.611(a)" and "17 CFR 242.611" meet; a document's references are the same mentions
(:func:`find_mentions`), with their targets.
"""

from collections.abc import Iterator

from corpus.filingcites import find_filings
from corpus.grammar import Mention, levels, plain
from corpus.lawcites import find_law
from corpus.structure import ReferenceKind


def find_mentions(text: str) -> list[Mention]:
    """Every exact reference in ``text``, in order; none lies within another."""
    printed = plain(text)
    taken = bytearray(len(printed))
    found = []
    for source in (find_filings(printed), find_law(printed)):
        for mention in source:
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def reference_tokens(text: str) -> list[str]:
    """Name every exact reference in ``text``, most specific form and its parents.

    ``"§ 242.611(a)(1)"`` gives ``242.611(a)(1)``, ``242.611(a)``, ``242.611`` and
    ``rule:611(a)(1)`` with its parents; ``"34-51808"`` gives ``release:34-51808`` and
    ``release:51808``. Each token appears as often as it is referred to.
    """
    return [token for mention in find_mentions(text) for token in _tokens(mention)]


def _tokens(mention: Mention) -> Iterator[str]:
    number = mention.number.lower()
    if mention.kind is ReferenceKind.CFR and "." in number:
        yield from _with_parents(number, mention.paragraphs)
        yield from _with_parents(f"rule:{number.partition('.')[2]}", mention.paragraphs)
    elif mention.kind is ReferenceKind.RULE and number:
        yield from _with_parents(f"rule:{number}", mention.paragraphs)
    elif mention.kind is ReferenceKind.RULE:
        name = mention.book.removeprefix("Regulation ").lower()
        yield f"regulation:{'bi' if name == 'best interest' else name}"
    elif mention.kind is ReferenceKind.RELEASE:
        if mention.book:
            yield f"release:{mention.book.lower()}-{number}"
        yield f"release:{number}"
    elif mention.kind is ReferenceKind.FILE:
        yield f"file:{number}"


def _with_parents(base: str, paragraphs: str) -> Iterator[str]:
    labels = levels(paragraphs.partition("-")[0])
    for depth in range(len(labels), -1, -1):
        yield base + "".join(labels[:depth])


def release_numbers(text: str) -> list[str]:
    """Release numbers in full form ("34-51808", "IA-5249") in order of appearance, without repeats."""
    return _once(m for m in find_mentions(text) if m.kind is ReferenceKind.RELEASE and m.book)


def file_numbers(text: str) -> list[str]:
    """SEC file numbers ("S7-07-18") in order of appearance, without repeats."""
    return _once(m for m in find_mentions(text) if m.kind is ReferenceKind.FILE)


def _once(mentions: Iterator[Mention]) -> list[str]:
    return list(dict.fromkeys(f"{m.book}-{m.number}" if m.book else m.number for m in mentions))
