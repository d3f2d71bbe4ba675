"""What a later document says it changed, kept, added or dropped, and why. Pure.

An adopting release speaks of its proposal in set phrases: "we are adopting ... as
proposed", "we are revising ... to", "we are not adopting". A sentence that only reports
what commenters asked for states no change.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import split_sentences
from rag.amending import classify_amending, classify_between
from rag.guidance import GUIDANCE, guidance
from rag.phrases import REQUIRED, by_commenter, classify, is_junk

_SHORT_TERMS = 12
_MAX_BLOCK, _MAX_LIST = 3, 7
_NEAR = 3
_REASON_FROM = 0.9
_SHARED = 0.12

_GLUED = re.compile(r"\b(is|are|not)(adopting|amending|revising|modifying|requiring|removing|eliminating)\b")
_GUIDES = re.compile(r"\b(?:provid|giv|issu|includ)ing (?:\w+ ){0,3}(?:guidance|examples|factors)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:factors|examples?|indicat\w+|may include|would (?:not )?(?:generally )?be)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?::|;(?: and| or)?)\s*$")
_CLOSED = re.compile(r"[.?!:;”\"’')\]\d—]\s*$")
_END = (
    r"(?:better )?(?:address|avoid|clarify|emphasi[sz]e|ensure|reduce|minimi[sz]e|reflect|promote|facilitate|preserve"
    r"|protect|align|help|allow|permit|enhance|improve|encourage|mitigate|prevent|respond|provide (?:\w+ )?(?:clarity"
    r"|certainty|flexibility|time|consistency))"
)
_REASON = re.compile(
    r"\b(?:because|since\b(?! \d)|in (?:light|view|recognition) of|in response to|given (?:that|the)"
    rf"|in order to {_END}|(?:designed|intended|necessary|appropriate) to {_END}|so that"
    r"|as we have concluded|redundant|persuaded|we (?:dis)?(?:agree|believe|recognize"
    r"|acknowledge|share|conclude|are (?:concerned|persuaded|mindful))|the Commissions? (?:(?:dis)?agrees?"
    r"|believes?|recognizes?|acknowledges?|(?:is|are) (?:concerned|persuaded))"
    r"|would (?:force|spend|repeat|cost|create|impose|result in|cause)|concern(?:s|ed)?"
    r"|could (?:miss|result in|create|cause|lead))\b"
    rf"|^\W*(?:In order )?[Tt]o {_END}\b|^\W*For (?:the|these) reasons\b",
    re.IGNORECASE,
)
_OWN_REASON = re.compile(
    r"\b(?:because|since\b(?! \d)|as we have concluded|in (?:light|view|recognition) of|redundant|persuaded us"
    rf"|(?:in order |so as |intended |designed )?to {_END})\b",
    re.IGNORECASE,
)
_RECAP = re.compile(
    r"^\W*(?:\w+, )?(?:[Tt]he )?(?:Proposing Release|proposal|proposed \w+|[Aa]s proposed)\b"
    r"|\b(?:[Ww]e|the Commission) proposed\b"
)
_ACTS = re.compile(
    r"\b(?:we|the Commissions?) (?:are|is|have) (?:also |\w+ly |now )*(?!being\b|concern)\w+(?:ing|ised|ified)\b",
    re.IGNORECASE,
)
_OUTLINE = re.compile(r"\b(?:discussed|described) (?:in detail )?below\b|^\W*(?:Below|The following)\b")
_REPLY = re.compile(
    r"\b(?:in (?:response to|consideration of|light of|recognition of)|after (?:careful(?:ly)? )?consider\w*"
    r"|persuaded|commenters?)\b",
    re.IGNORECASE,
)
_IN_ANSWER = re.compile(
    r"\bin (?:response to|consideration of|light of) (?:\w+ ){0,3}comment|\bconsidering (?:the )?comments|"
    r"\bconcerns?\b|^\W*(?:Therefore|Accordingly|Thus|As a result)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:these|this|such|those) (?:statements?|language|provisions?|examples?|guidance|concerns?|suggestions?"
    r"|changes?|approach|requirements?|terms?)\b"
    r"|\bdoing so\b|\badopting (?:one|it|them)\b|^\W*Instead,",
    re.IGNORECASE,
)
_POINTS_ON = re.compile(
    r"^\W*(?:As adopted|Under (?:it|the|this|new|amended|paragraph)|The final rules?|Accordingly|Specifically|Thus"
    r"|In particular|That is"
    r"|Instead|Rather|Therefore|It (?:is|will)|As (?:revised|modified|amended))\b"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a part, with offsets in the document's text; without line breaks, and "isadopting" in two words."""

    start: int
    end: int
    text: str

    @property
    def by_commenter(self) -> bool:
        """Whether it reports what a commenter said."""
        return by_commenter(self.text)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says what became of something, with the sentences needed to understand it.

    Attributes:
        status: ``added``, ``removed``, ``changed``, ``unchanged``, or ``required``: it says what
            the later document requires, not whether the earlier one did too.
        clause: the words that say so, to the end of their clause.
        head: the words of a run-in heading in front of it, or "".
        lines: the sentence and its neighbours, in order; ``own`` is the sentence itself.
        reasons: sentences that give the reason, best first; may hold ``own``.
    """

    status: str
    clause: str
    head: str
    own: Line
    lines: tuple[Line, ...]
    reasons: tuple[Line, ...]


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The sentences of ``text[start:end]``; one that a paragraph break tears in two is made whole."""
    span = text[start:end]
    found: list[Line] = []
    for s in split_sentences(span):
        words = _GLUED.sub(r"\1 \2", " ".join(span[s.start : s.end].split()))
        line = Line(start + s.start, start + s.end, words)
        if found and _is_torn(found[-1].text, line.text):
            line = Line(found[-1].start, line.end, f"{found.pop().text} {line.text}")
        found.append(line)
    return found


def _is_torn(text: str, following: str) -> bool:
    broken = len(text.split()) > 5 and not _CLOSED.search(text) and not _is_title(text)
    return broken and len(text) + len(following) <= 1200 and not is_junk(following)


def list_after(lines: Sequence[Line], n: int) -> tuple[Line, ...]:
    """The items that follow a sentence which ends in a colon, if they are written as a list."""
    high = n
    while high + 1 < len(lines) and high - n < _MAX_LIST and _LISTED.search(lines[high].text):
        high += 1
    return tuple(lines[n + 1 : high + 1])


def statements(
    lines: Sequence[Line], *, of_proposal: bool = True, between: tuple[str, str] | None = None
) -> Iterator[Statement]:
    """What the sentences of one section state, in order.

    Args:
        lines: of the section.
        of_proposal: the earlier document is the proposal that the later one adopts; if
            not, "as proposed" says nothing about the earlier document.
        between: dates of the two documents, "YYYY-MM-DD"; what was amended between them is a change too.
    """

    def read(text: str) -> tuple[str, re.Match[str]] | None:
        if of_proposal:
            return classify(text) or guidance(text)
        return classify_amending(text) or classify_between(text, between) or guidance(text)

    taken = -1
    for n, line in enumerate(lines):
        if n <= taken or (found := read(line.text)) is None:
            continue
        status, match = found
        low, high = _block(lines, n)
        high = next((i - 1 for i in range(n + 1, high + 1) if _differs(read(lines[i].text), status)), high)
        taken = high if any(read(i.text) for i in lines[n + 1 : high + 1]) else n
        block = tuple(i for i in lines[low : high + 1] if not is_junk(i.text))
        yield Statement(status, _clause(line.text, match), _head(lines, n), line, block, _reasons(lines, n, low, high))


def _differs(found: tuple[str, re.Match[str]] | None, status: str) -> bool:
    """Whether a sentence states something else, so that it must have a row of its own."""
    return found is not None and found[0] not in (status, REQUIRED, GUIDANCE)


def _block(lines: Sequence[Line], n: int) -> tuple[int, int]:
    """First and last sentence to show: what "this" points back to, what follows a colon or spells the change out."""
    low = high = n
    if _POINTS_BACK.search(lines[n].text) and n > 0 and len(lines[n - 1].text.split()) > 6:
        low = n - 1
    while high + 1 < len(lines) and high + 1 - n < (_MAX_LIST if _LISTED.search(lines[high].text) else _MAX_BLOCK):
        following = lines[high + 1]
        short = high == n and len(lines[n].text.split()) < _SHORT_TERMS
        opened = _LISTED.search(lines[high].text) is not None
        given = _GUIDES.search(lines[n].text) is not None and _GIVEN.search(following.text) is not None
        if not (opened or short or given or _POINTS_ON.search(following.text)) or following.by_commenter:
            break
        if len(following.text) > 1200 or is_junk(following.text) or _begins_subject(following.text):
            break
        high += 1
        if not (opened or short or given):
            break
    return low, high


def _reasons(lines: Sequence[Line], n: int, low: int, high: int) -> tuple[Line, ...]:
    """The sentence itself if it says why, and the best of its neighbours.

    A commenter's sentence counts only where the agency answers it: "in response to
    comments", "we share that concern".
    """
    words = _words(" ".join(line.text for line in lines[low : high + 1]))
    scored = [(_worth(lines, i, n, low, high, words), i) for i in _around(lines, low, high)]
    best = sorted((s for s in scored if s[0] >= _REASON_FROM), key=lambda item: (-item[0], item[1]))[:2]
    return tuple(lines[i] for _, i in best)


def _around(lines: Sequence[Line], low: int, high: int) -> range:
    """The sentences near a statement, up to where a run-in heading begins another subject."""
    first = low
    while first > 0 and low - first < _NEAR and not _begins_subject(lines[first].text):
        first -= 1
    last = high
    while last + 1 < len(lines) and last - high < _NEAR and not _begins_subject(lines[last + 1].text):
        last += 1
    return range(first, last + 1)


def _begins_subject(text: str) -> bool:
    title = _RUN_IN.search(text)
    return title is not None and _is_title(title[1])


def _worth(lines: Sequence[Line], i: int, n: int, low: int, high: int, words: set[str]) -> float:
    """How likely a sentence gives the reason of statement ``n``, 0 or more."""
    text = lines[i].text
    answers = _REPLY.search(" ".join(line.text for line in lines[max(n - 1, 0) : n + 1])) is not None
    if is_junk(text) or len(text) > 900 or (lines[i].by_commenter and not answers):
        return 0.0
    other = _OUTLINE.search(text) or _RECAP.search(text) or (not low <= i <= high and _ACTS.search(text))
    if i != n and other and "because" not in text:
        return 0.0
    found = len(_REASON.findall(text)) if i != n else 2 * len(_OWN_REASON.findall(text))
    answered = i == low - 1 and _IN_ANSWER.search(lines[n].text) is not None and lines[i].by_commenter
    found += answered
    if not found:
        return 0.0
    gap = low - i if i < low else max(i - high, 0)
    near = 1.0 if i == n else 0.8 - 0.15 * gap
    shared = len(words & _words(text)) / (len(_words(text)) or 1)
    if gap > 1 and shared < _SHARED and not _OWN_REASON.search(text):
        return 0.0
    claimed = lines[i].by_commenter and not answered and "persuaded" not in text
    weak = 0.2 * claimed + 0.4 * (i != n and classify(text) is not None)
    return min(found, 3) / 3 + near + shared - weak - 0.4 * (len(text.split()) < 6)


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z][a-z-]{3,}", text.lower())}


def _clause(sentence: str, match: re.Match[str], most: int = 260) -> str:
    """The words around a match, from the subject to the end of the clause."""
    before = [
        m.start()
        for m in re.finditer(r"(?:;|,|\bbut|\bhowever,?) (?=(?:we|the Commission)\b)", sentence)
        if m.end() <= match.end()
    ]
    title = _RUN_IN.search(sentence)
    low = before[-1] if before else title.end() if title and _is_title(title[1]) else 0
    after = re.search(r";\s|, (?:as we have|because|since|while|although)\b", sentence[match.end() :])
    high = match.end() + after.start() if after else len(sentence)
    words = sentence[low:high].strip(" ,;.")
    if len(words) > most:
        words = words[:most].rsplit(" ", 1)[0] + " …"
    return words


_RUN_IN = re.compile(r"^([A-Z][\w’“”\"(), -]{2,110}?)\s*(?::|\.) (?=[A-Z])")


def _head(lines: Sequence[Line], n: int) -> str:
    if (match := _RUN_IN.search(lines[n].text)) is not None and _is_title(match[1]):
        return match[1].strip()
    before = lines[n - 1].text.strip(" .:") if n > 1 else ""
    return before if before and _is_title(before) else ""


def _is_title(words: str) -> bool:
    """Whether these few words are written like a heading."""
    parts = words.split()
    large = [w for w in parts if w[0].isupper() or len(w) <= 3]
    return (
        1 < len(parts) <= 12
        and len(large) >= 0.75 * len(parts)
        and not re.match(r"(?:we|the commission|see)\b", words.lower())
    )
