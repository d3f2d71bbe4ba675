"""Whether two texts say yes and no, at least and at most, must and may to the same things. Pure.

English words only, no parsing: a negation governs the words that follow it. Where that is
not enough to tell, the answer is that they differ.
"""

import re
from collections.abc import Callable, Iterator, Sequence

Terms = Callable[[str], Sequence[str]]

EMPTY_WORDS = frozenset(
    (
        "ani", "also", "are", "can", "could", "did", "do", "doe", "each", "from", "had", "has", "have", "he", "how",
        "i", "it", "least", "made", "make", "may", "most", "must", "need", "our", "shall", "she", "should", "so",
        "such", "than", "their", "them", "they", "under", "was", "we", "were", "what", "when", "which", "who",
        "whom", "would", "you", "your",
    )
)  # fmt: skip
_IDIOM = re.compile(
    r"\b(?:but\s+)?(?:is|are)?\s*not\s+(?:necessarily\s+)?limited\s+to\b|\bnot\s+only\b|\bwhether\s+or\s+not\b"
    r"|\b(?:no|not)\s+(?:later|more|less|fewer|earlier)\s+than\b|\bno\.\s*\d|\bwithout\s+limit\w+\b"
    r"|\bnotwithstanding\b|\brelease\s+nos?\b\.?",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nothing|without|cannot)\b|\b\w+n[’']t\b|\bin\s+lieu\s+of\b", re.IGNORECASE
)
BARS = re.compile(
    r"\b(?:prohibit|forbid|forbad|bann?(?:ed|s)?\b|bars\b|barred|preclud|prevent|exempt|exclu|declin|refus|reject|disallow"
    r"|unlawful|ineligib|inapplicab)\w*",
    re.IGNORECASE,
)
LIMITS = re.compile(
    r"\b(?:capp?(?:ed|s)?|limit\w*|maximum|at\s+most|up\s+to|only|except\w*|unless|fail\w*|lack\w*|unable|absent|avoid\w*"
    r"|outside|instead|rather|restrict\w*|free\s+(?:of|from)|un(?:available|necessary|reasonabl|likely|affected|changed)\w*"
    r"|within)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:]|(?<=\S)\s+(?:must|shall|may|will|would|should|can|could)\b", re.IGNORECASE)
_REACH = 5
_COPIED = 0.9


def negation_fault(claim: str, clauses: Sequence[str], terms: Terms) -> str | None:
    """Why the claim denies what the clauses affirm or the other way round; None when neither.

    Args:
        claim: one statement.
        clauses: the quoted clauses, whole, so that no "not" is cut off.
        terms: a text's words without endings and stop words.
    """
    repeated = any(_copies(claim, clause, terms) and _denials(claim) != _denials(clause) for clause in clauses)
    claim = _IDIOM.sub(" ", claim)
    clauses = [_IDIOM.sub(" ", clause) for clause in clauses]
    denied = any(_NOT.search(clause) for clause in clauses)
    barred = any(BARS.search(clause) for clause in clauses)
    if (_NOT.search(claim) or BARS.search(claim)) and not (denied or barred):
        return "it denies or forbids something; the quoted text does not"
    if (denied or barred) and not any(pattern.search(claim) for pattern in (_NOT, BARS, LIMITS)):
        return f"the quoted text {'denies something' if denied else 'forbids or exempts'}; it does not"
    if word := _contrary(claim, clauses, _NOT, (_NOT, BARS), terms):
        return f"it denies “{word}”, which the quoted text does not deny"
    for clause in clauses:
        if word := _contrary(clause, [claim], _NOT, (_NOT, BARS, LIMITS), terms):
            return f"the quoted text denies “{word}”; it does not"
    return "it repeats the quoted text with a “not” more or less" if repeated else None


def _copies(claim: str, clause: str, terms: Terms) -> bool:
    """Whether two texts are nearly word for word the same."""
    a, b = set(_words(claim, terms)), set(_words(clause, terms))
    return len(a & b) >= _COPIED * len(a | b)


def _denials(text: str) -> int:
    return len(_NOT.findall(text))


def _contrary(
    text: str, others: Sequence[str], cue: re.Pattern[str], cues: Sequence[re.Pattern[str]], terms: Terms
) -> str | None:
    """A word that a cue governs wherever it stands in ``text`` and nowhere in the others, though they have it."""
    heads = {head for followers in _after(text, cue, terms) for head in followers[:1]}
    loose = set(_words(_without_governed(text, cue, terms), terms))
    present = {word for other in others for word in _words(other, terms)}
    governed = {
        word for other in others for c in cues for followers in _after(other, c, terms) for word in followers[:_REACH]
    }
    return min(heads & present - governed - loose, default=None)


def _words(text: str, terms: Terms) -> list[str]:
    return [term for term in terms(text) if term not in EMPTY_WORDS]


def _after(text: str, cue: re.Pattern[str], terms: Terms) -> Iterator[list[str]]:
    """The words that follow each cue, up to a semicolon or the next predicate, adverbs left out."""
    for match in cue.finditer(text):
        yield _words(re.sub(r"\b\w+ly\b", " ", _BREAK.split(text[match.end() : match.end() + 120])[0]), terms)


def _without_governed(text: str, cue: re.Pattern[str], terms: Terms) -> str:
    """The text without each cue and the first word that it governs."""
    parts, low = [], 0
    for match in cue.finditer(text):
        parts.append(text[low : match.start()])
        low = match.end()
        for word in re.finditer(r"\w+", text[low:]):
            if _words(word[0], terms) and not word[0].endswith("ly"):
                low += word.end()
                break
    return " ".join([*parts, text[low:]])


_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})\b", re.IGNORECASE))
    for a, b in (
        (
            r"at\s+least|(?:no|not)\s+(?:less|fewer)\s+than|minimum|or\s+more",
            r"at\s+most|(?:no|not)\s+more\s+than|(?:not|nor)\s+exceed|maximum|up\s+to|or\s+less"
            r"|(?<!no )(?<!not )(?:less|fewer)\s+than",
        ),
        (
            r"(?<!no )(?<!not )more\s+than|(?<!not )exceed\w*|over|above|greater",
            r"(?<!no )(?<!not )(?:less|fewer)\s+than|below|lower\s+than|under\s+\$|(?:no|not)\s+more\s+than",
        ),
        (r"increas\w+|rais\w+", r"decreas\w+|reduc\w+|lower\w*"),
        (r"before|prior\s+to|no\s+later\s+than", r"after|following|no\s+earlier\s+than"),
        (r"permit\w*|allow\w*", r"prohibit\w*|forbid\w*"),
        (r"includ\w+", r"exclud\w+"),
        (r"buy\w*|bought|purchas\w+", r"sells?|selling|sold|sales?"),
        (r"bids?", r"offers?"),
        (r"adopt\w*", r"reject\w*|withdr[ae]w\w*|rescind\w*"),
    )
)


def opposite_fault(claim: str, sentences: str) -> str | None:
    """Why the claim turns the quoted sentences round ("at least" for "at most"); None when it does not."""
    for a, b in _OPPOSITES:
        for this, other in ((a, b), (b, a)):
            said, stated = this.search(claim), other.search(sentences)
            if said and stated and not other.search(claim) and not this.search(sentences):
                return f"it says “{said[0]}” where the quoted text says “{stated[0]}”"
    return None


_MUST = re.compile(r"\b(?:must|shall|requir\w+|obligat\w+|mandat\w+|(?:has|have|had|need)\s+to)\b", re.IGNORECASE)
_MUST_NOT = re.compile(r"\b(?:must|shall)\s+not\b", re.IGNORECASE)
_MAY = re.compile(r"\b(?:may|might|could|can|should)\b", re.IGNORECASE)


def duty_fault(claim: str, texts: Sequence[str], terms: Terms) -> str | None:
    """Why the claim makes a duty of what the texts only allow, or the other way round; None when it does not."""
    if softened := _softened(claim, texts, terms):
        return f"it makes a choice of “{softened}”; the quoted text makes it a duty"
    if not _MUST.search(claim):
        return None
    bound = any(_MUST.search(text) for text in texts)
    if not bound and not (_MUST_NOT.search(claim) and any(BARS.search(text) for text in texts)):
        return "it says that something must be done; the quoted text does not"
    for text in texts:
        if word := _contrary(text, [claim], _MAY, (_MAY,), terms):
            duties = {w for followers in _after(claim, _MUST, terms) for w in followers[:1]}
            if word in duties:
                return f"it makes a duty of “{word}”; the quoted text does not"
    return None


_FREE = re.compile(r"\b(?:may|can)\b(?!\s+(?:not|only|no)\b)", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:must|shall)\b(?!\s+not\b)", re.IGNORECASE)


def _softened(claim: str, texts: Sequence[str], terms: Terms) -> str | None:
    """What the claim says may be done, where the texts only say that it must."""

    def first(text: str, mark: re.Pattern[str]) -> set[str]:
        return {followers[0] for followers in _after(text, mark, terms) if followers}

    said = first(claim, _FREE)
    if not said:
        return None
    bound = {word for text in texts for word in first(text, _BOUND)}
    free = {word for text in texts for word in first(text, _FREE)}
    return min(said & (bound - free), default=None)
