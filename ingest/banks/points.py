"""A hint to the points of a rubric. Pure.

A hint is cut at the ends of its sentences, at semicolons, and at the commas of a list. What is
within brackets or quotation marks stays whole. Nothing is lost: the points, one after the
other, have the words of the hint in their order. A sentence that begins with "Bonus" gives
bonus points.
"""

import re
from collections.abc import Iterator, Mapping

from corpus.questions import Point, PointKind
from corpus.sentences import split_sentences
from ingest.banks.entries import Entry
from ingest.banks.words import WORD, has_name, telling, terms

_BONUS = re.compile(r"bonus\b", re.IGNORECASE)
_CUTS = {"(": 1, "[": 1, "{": 1, "“": 1, ")": -1, "]": -1, "}": -1, "”": -1}
_AND = re.compile(r"\s*(?:and|or)(?![\w-])\s*", re.IGNORECASE)
_LEANING = re.compile(
    r"(?:it|they|them|this|these|those|which|who|whose|where|when|while|that|whereas|because|since|so|but|then"
    r"|though|although|as|at|by|for|from|in|into|of|on|to|than|with|within|without|after|before|during|under|over"
    r"|e\.g|i\.e|such|including|especially|etc|if|unless|rather|not)(?![\w-])",
    re.IGNORECASE,
)
"""A piece that begins so leans on what stands before it."""
_LEADS_ON = re.compile(r"\b(?:e\.g\.?|i\.e\.?|for example|for instance|such as|including|namely)$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:and|or)\s+)?(?:(?:describe|discuss|explain|cover|define|mention|outline|address|include|consider|expect|"
    r"look(?:ing)? for|bonus(?: points)?(?: (?:for|if))?:?)\s+)?",
    re.IGNORECASE,
)
"""What tells the one who answers what to do, rather than what is so."""


def points_of(entry: Entry, hints_with: Mapping[str, int]) -> tuple[Point, ...]:
    """The points of an entry: those in its hint, then those that its file gives one by one.

    The wrong thing that a contradiction states counts only when it is said as it stands there (or
    is very like it in meaning): its words by themselves stand in right answers too.

    Args:
        entry: what the file gives for the question.
        hints_with: by word, how many hints of the bank have it.
    """
    texts = dict.fromkeys(hint_points(entry.hint))
    given = {PointKind.MUST: entry.must, PointKind.BONUS: entry.bonus, PointKind.CONTRADICTION: entry.contradiction}
    texts |= dict.fromkeys((kind, text) for kind, some in given.items() for text in some)
    points = []
    for kind in PointKind:
        for number, text in enumerate((text for of_kind, text in texts if of_kind is kind), start=1):
            groups = ((text,),) if kind is PointKind.CONTRADICTION else terms(text, hints_with)
            points.append(Point(f"{kind.value}-{number}", kind, text, groups, (stated(text),)))
    return tuple(points)


def hint_points(hint: str) -> list[tuple[PointKind, str]]:
    """The parts of a hint in their order, and of which kind each is."""
    parts: list[tuple[PointKind, int, int]] = []
    for sentence in split_sentences(hint):
        kind = PointKind.BONUS if _BONUS.match(hint, sentence.start) else PointKind.MUST
        for start, end in _cut(hint, sentence.start, sentence.end, ";"):
            parts += [(kind, *piece) for piece in _pieces(hint, start, end)]
    return [(kind, _bare(hint[start:end])) for kind, start, end in _with_words(hint, parts)]


def stated(text: str) -> str:
    """A point as a sentence of its own, without "Describe", "Look for" or "and" before it."""
    rest = text[match.end() :] if (match := _LEAD.match(text)) else text
    rest = rest if WORD.search(rest) else text
    return rest[0].upper() + rest[1:].rstrip(".") + "."


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A clause cut at the commas of a list, where it is one.

    A list has three pieces, or two of which the last begins with "and" or "or". From the first
    piece that begins so on, nothing is cut. A piece that cannot stand alone stays with the one
    before it, the first with the one after it.
    """
    pieces: list[tuple[int, int]] = []
    for piece in _cut(text, start, end, ","):
        pieces.append(piece)
        if len(pieces) > 1 and _AND.match(text, piece[0]):
            pieces[-1] = (piece[0], end)
            break
    if len(pieces) < 3 and not (len(pieces) == 2 and _AND.match(text, pieces[1][0])):
        return [(start, end)]
    joined: list[tuple[int, int]] = []
    for low, high in pieces:
        before = _bare(text[slice(*joined[-1])]) if joined else ""
        if joined and (_LEADS_ON.search(before) or not _stands(text[low:high]) or not _stands(before)):
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _stands(piece: str) -> bool:
    """Whether a piece of a list can stand alone: it does not lean, and has two telling words or a name."""
    body = piece[match.end() :] if (match := _AND.match(piece)) else piece.lstrip()
    return not _LEANING.match(body) and (len(telling(body)) > 1 or has_name(body))


def _cut(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int]]:
    """Spans between the marks that stand outside brackets and quotation marks; a mark belongs to the span it ends."""
    depth, quoted, low = 0, False, start
    for at in range(start, end):
        if text[at] == '"':
            quoted = not quoted
        depth = max(depth + _CUTS.get(text[at], 0), 0)
        within_number = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if text[at] == mark and not depth and not quoted and not within_number:
            yield low, at + 1
            low = at + 1
    yield low, end


def _with_words(text: str, parts: list[tuple[PointKind, int, int]]) -> list[tuple[PointKind, int, int]]:
    """The parts, those without a telling word joined to the one before, the first to the one after."""
    joined: list[tuple[PointKind, int, int]] = []
    for kind, start, end in parts:
        if joined and not telling(text[start:end]):
            joined[-1] = (*joined[-1][:2], end)
        elif joined and not telling(text[slice(*joined[-1][1:])]):
            joined[-1] = (kind, joined[-1][1], end)
        else:
            joined.append((kind, start, end))
    return [part for part in joined if WORD.search(text, part[1], part[2])]


def _bare(piece: str) -> str:
    """A part without the mark that it was cut at, on one line."""
    return " ".join(piece.split()).rstrip(",;").rstrip()
