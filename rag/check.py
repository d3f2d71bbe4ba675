"""Whether the quotes under a language model's claim carry it. Pure.

The check is made of words, not of understanding, and it fails closed: what it cannot
confirm is dropped. A claim passes when

1. its quantities, dates, references and acronyms stand in the passages it cites
   (``rag/facts.py``);
2. most of its words stand in the sentences it quotes, nearly all in their passages, and all
   of those that say how a rule stands ("repealed");
3. it says "not" where these sentences do, and only there;
4. it does not turn them round ("at least" for "at most"), nor make "may" a "must";
5. it reports a commenter's view as one, and rests on no question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.facts import unsupported_facts, without_facts
from rag.sentences import readable, split_sentences

Terms = Callable[[str], Sequence[str]]

_MIN_QUOTE_WORDS, _MIN_QUOTE_CHARS = 4, 20
MIN_IN_QUOTES = 0.5
MIN_IN_PASSAGES = 0.8


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote where it stands.

    Attributes:
        passage: the passage's text.
        start: of the quote in ``passage``; ``end`` is one past its last character.
        context: the document's title and standing and the section's path, which are shown with the quote.
        reported: the passage gives the view of someone other than the document's author.
    """

    passage: str
    start: int
    end: int
    context: str = ""
    reported: bool = False

    @property
    def sentences(self) -> str:
        """The whole sentences that the quote touches."""
        touched = [s for s in split_sentences(self.passage) if s.start < self.end and s.end > self.start]
        return self.passage[touched[0].start : touched[-1].end] if touched else self.passage[self.start : self.end]

    @property
    def clause(self) -> str:
        """The quote, widened to the clause around it, so that no "not" is cut off."""
        sentences = list(split_sentences(self.passage))
        low = max((s.start for s in sentences if s.start <= self.start), default=0)
        high = min((s.end for s in sentences if s.end >= self.end), default=len(self.passage))
        before = max((m.end() for m in re.finditer(r"[;:]", self.passage[low : self.start])), default=0)
        after = re.search(r"[;:,.]", self.passage[self.end : high])
        return self.passage[low + before : self.end + after.start() if after else high]


def quote_fault(quote: str) -> str | None:
    """Why a quote is too little to carry anything; None when it is enough."""
    if len(quote.split()) < _MIN_QUOTE_WORDS or len(quote.strip()) < _MIN_QUOTE_CHARS:
        return f"its quote is shorter than {_MIN_QUOTE_WORDS} words or {_MIN_QUOTE_CHARS} characters"
    return None


def claim_fault(claim: str, quoted: Sequence[Quoted], terms: Terms) -> str | None:
    """Why the quotes do not carry the claim, in words for the user; None when they do.

    Args:
        claim: one statement.
        quoted: its quotes, at least one.
        terms: a text's words without endings and stop words, as the library's index sees them.
    """
    for check in (_addresses, _facts, _questions, _reported, _negation, _turned, _duty):
        if fault := check(claim, quoted):
            return fault
    return _words(claim, quoted, terms)


def _addresses(claim: str, quoted: Sequence[Quoted]) -> str | None:
    found = re.search(r"\]\(|https?://\S+|www\.\S+|<[A-Za-z/!]", claim)
    if found and not any(found[0] in q.passage for q in quoted):
        return "it holds a link or mark-up that is not in the cited passage"
    return None


def _facts(claim: str, quoted: Sequence[Quoted]) -> str | None:
    source = "\n".join(readable(q.passage) for q in quoted)
    missing = unsupported_facts(claim, source, "\n".join(q.context for q in quoted))
    return f"not in the cited passage: {', '.join(dict.fromkeys(missing))}" if missing else None


def _questions(claim: str, quoted: Sequence[Quoted]) -> str | None:
    if all(readable(q.sentences).rstrip("”\"') ").endswith("?") for q in quoted):
        return "the quoted text asks a question and states nothing"
    return None


_COMMENTER = re.compile(
    r"\b(?:comment(?:er|ator)s?|respondents?|letters?)\b[^.;]{0,120}?\b(?:stat|assert|argu|suggest|recommend|urg|believ|express"
    r"|contend|request|ask|not|support|oppos|maintain|indicat|propos|said|cit|question|critici)\w*",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b(?:comment\w*|respondents?|letters?|according to|argue[sd]?|stated|suggest(?:s|ed)?|urge[sd]?|said)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\b(?:we|our|the Commission)\b(?!['’]s\s+propos)", re.IGNORECASE)


def _reported(claim: str, quoted: Sequence[Quoted]) -> str | None:
    if _ATTRIBUTED.search(claim):
        return None
    for q in quoted:
        if _COMMENTER.search(q.sentences) or (q.reported and not _AGENCY.search(q.sentences)):
            return "a commenter said this, and the claim does not say so"
    return None


_IDIOM = re.compile(
    r"\b(?:but\s+)?(?:is|are)?\s*not\s+(?:necessarily\s+)?limited\s+to\b|\bnot\s+only\b|\bwhether\s+or\s+not\b"
    r"|\b(?:no|not)\s+(?:later|more|less|fewer|earlier)\s+than\b|\bno\.\s*\d|\bwithout\s+limit\w+\b"
    r"|\bnotwithstanding\b|\brelease\s+nos?\b\.?",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nothing|without|cannot)\b|\b\w+n[’']t\b|\bin\s+lieu\s+of\b", re.IGNORECASE
)
_BARS = re.compile(
    r"\b(?:prohibit|forbid|forbad|bann?(?:ed|s)?\b|bars\b|barred|preclud|prevent|exempt|exclu|declin|refus|reject|disallow"
    r"|unlawful|ineligib|inapplicab)\w*",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:capp?(?:ed|s)?|limit\w*|maximum|at\s+most|up\s+to|only|except\w*|unless|fail\w*|lack\w*|unable|absent|avoid\w*"
    r"|outside|instead|rather|restrict\w*|free\s+(?:of|from)|un(?:available|necessary|reasonabl|likely|affected|changed)\w*|within)\b",
    re.IGNORECASE,
)


def _negation(claim: str, quoted: Sequence[Quoted]) -> str | None:
    claim = _IDIOM.sub(" ", claim)
    clauses = [_IDIOM.sub(" ", q.clause) for q in quoted]
    denied = any(_NOT.search(clause) for clause in clauses)
    barred = any(_BARS.search(clause) for clause in clauses)
    if (_NOT.search(claim) or _BARS.search(claim)) and not (denied or barred):
        return "it denies or forbids something; the quoted text does not"
    if denied and not any(pattern.search(claim) for pattern in (_NOT, _BARS, _LIMITS)):
        return "the quoted text denies something; it does not"
    if barred and not denied and not any(pattern.search(claim) for pattern in (_NOT, _BARS, _LIMITS)):
        return "the quoted text forbids or exempts; it does not"
    return None


_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})\b", re.IGNORECASE))
    for a, b in (
        (
            r"at\s+least|no\s+(?:less|fewer)\s+than|not\s+less\s+than|minimum|or\s+more",
            r"at\s+most|(?:no|not)\s+more\s+than|(?:not|nor)\s+exceed|maximum|up\s+to|or\s+less",
        ),
        (r"more\s+than|exceed\w*|over|above|greater", r"less\s+than|fewer\s+than|below|lower\s+than|under\s+\$"),
        (r"increas\w+|rais\w+", r"decreas\w+|reduc\w+|lower\w*"),
        (r"before|prior\s+to|no\s+later\s+than", r"after|following|no\s+earlier\s+than"),
        (r"permit\w*|allow\w*", r"prohibit\w*|forbid\w*"),
        (r"includ\w+", r"exclud\w+"),
        (r"buy\w*|bought|purchas\w+", r"sells?|selling|sold|sales?"),
        (r"bids?", r"offers?"),
        (r"adopt\w*", r"reject\w*|withdr[ae]w\w*|rescind\w*"),
    )
)


def _turned(claim: str, quoted: Sequence[Quoted]) -> str | None:
    sentences = " ".join(q.sentences for q in quoted)
    for a, b in _OPPOSITES:
        for this, other in ((a, b), (b, a)):
            said, stated = this.search(claim), other.search(sentences)
            if said and stated and not other.search(claim) and not this.search(sentences):
                return f"it says “{said[0]}” where the quoted text says “{stated[0]}”"
    return None


_MUST = re.compile(r"\b(?:must|shall|requir\w+|obligat\w+|mandat\w+|(?:has|have|had|need)\s+to)\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"^\W*(?:\([a-zA-Z0-9]{1,4}\)|[•●▪–—-])")


def _duty(claim: str, quoted: Sequence[Quoted]) -> str | None:
    if not _MUST.search(claim) or any(_MUST.search(text) or _BARS.search(text) for text in _duty_texts(quoted)):
        return None
    return "it says that something must be done; the quoted text does not"


def _duty_texts(quoted: Sequence[Quoted]) -> Iterator[str]:
    """The quoted sentences; for an item of a list, whose "shall" stands above it, the passage."""
    for q in quoted:
        yield q.passage if _LIST_ITEM.match(q.sentences) else q.sentences


_EMPTY_WORDS = frozenset(
    (
        "ani", "also", "are", "can", "could", "did", "do", "doe", "each", "from", "had", "has", "have", "he", "how",
        "i", "it", "least", "made", "make", "may", "most", "must", "need", "our", "shall", "she", "should", "so",
        "such", "than", "their", "them", "they", "under", "was", "we", "were", "what", "when", "which", "who",
        "whom", "would", "you", "your",
    )
)  # fmt: skip
_IRREGULAR = {
    "began": "begin", "begun": "begin", "bought": "buy", "brought": "bring", "built": "build", "chose": "choos",
    "chosen": "choos", "found": "find", "gave": "give", "given": "give", "held": "hold", "kept": "keep", "left": "leav",
    "led": "lead", "lost": "lose", "met": "meet", "paid": "pay", "said": "say", "sent": "send", "shown": "show",
    "sold": "sell", "spent": "spend", "taken": "take", "told": "tell", "took": "take", "written": "write",
}  # fmt: skip
# A rule's standing and what it does to whom: one such word of the model's own makes a claim false.
_WEIGHTY = (
    "adopt", "amend", "approv", "bann", "delay", "destroy", "effect", "elimin", "expir", "final", "illeg", "invalid",
    "mandatori", "overturn", "postpon", "propos", "remov", "repeal", "replac", "rescind", "stay", "supersed", "suspend",
    "termin", "vacat", "violat", "void", "withdr",
)  # fmt: skip


def _words(claim: str, quoted: Sequence[Quoted], terms: Terms) -> str | None:
    def words_of(text: str) -> set[str]:
        return {_IRREGULAR.get(term, term) for term in terms(text)}

    words = words_of(_LIMITS.sub(" ", _BARS.sub(" ", without_facts(claim)))) - _EMPTY_WORDS
    if len(words) < 2:
        return "it says too little to be checked"
    near = {word for q in quoted for word in words_of(q.sentences)}
    wide = near | {word for q in quoted for word in words_of(f"{q.passage}\n{q.context}")}
    if weighty := {word for word in words - wide if word.startswith(_WEIGHTY)}:
        return f"not in the cited passage: {', '.join(sorted(weighty))}"
    if len(words & near) < MIN_IN_QUOTES * len(words):
        return "fewer than half of its words are in what it quotes"
    if len(words & wide) < MIN_IN_PASSAGES * len(words):
        return f"not in the cited passage: {', '.join(sorted(words - wide))}"
    return None
