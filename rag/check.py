"""Whether the quotes under a language model's claim carry it. Pure.

The check is made of words, not of understanding, and it fails closed: what it cannot
confirm is dropped. A claim passes when

1. its quantities, dates, references and acronyms stand in the passages it cites
   (``rag/facts.py``);
2. most of its words stand in the sentences it quotes (those that name the document or the
   section aside), nearly all in their passages, and all of those that say how a rule
   stands ("repealed");
3. it says "not" where these sentences do, and only there, does not turn them round ("at
   least" for "at most"), nor make "may" a "must" (``rag/polarity.py``);
4. it reports a commenter's view as one, and rests on no question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import readable, split_sentences
from rag.facts import unsupported_facts, without_facts
from rag.polarity import BARS, EMPTY_WORDS, LIMITS, Terms, duty_fault, negation_fault, opposite_fault

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
    for check in (_addresses, _facts, _questions, _reported):
        if fault := check(claim, quoted):
            return fault
    return _polarity(claim, quoted, terms) or _words(claim, quoted, terms)


_MARKUP = re.compile(
    r"\]\s*\(|\]:\s*\S|<\s*[A-Za-z/!]|\b(?:javascript|vbscript|data|file):\S|\burl\s*\(|@import\b|&#\w+;", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", re.IGNORECASE)


def _addresses(claim: str, quoted: Sequence[Quoted]) -> str | None:
    found = _ADDRESS.search(claim)
    if _MARKUP.search(claim) or (found and not any(found[0] in q.passage for q in quoted)):
        return "it holds mark-up, or a link that is not in the cited passage"
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


def _facts_quoted(claim: str, quoted: Sequence[Quoted]) -> bool:
    """Whether the claim states dates, quantities or references, and the quoted sentences state all of them."""
    sentences = "\n".join(readable(q.sentences) for q in quoted)
    return without_facts(claim) != claim and not unsupported_facts(
        claim, sentences, "\n".join(q.context for q in quoted)
    )


def _polarity(claim: str, quoted: Sequence[Quoted], terms: Terms) -> str | None:
    sentences = [q.sentences for q in quoted]
    # The "shall" of a list's item stands above it.
    bound = [q.passage if _LIST_ITEM.match(s) else s for q, s in zip(quoted, sentences, strict=True)]
    return (
        negation_fault(claim, [q.clause for q in quoted], terms)
        or opposite_fault(claim, " ".join(sentences))
        or duty_fault(claim, bound, terms)
    )


_LIST_ITEM = re.compile(r"^\W*(?:\([a-zA-Z0-9]{1,4}\)|[•●▪–—-])")
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

    words = words_of(LIMITS.sub(" ", BARS.sub(" ", without_facts(claim)))) - EMPTY_WORDS
    if len(words) < 2:
        return "it says too little to be checked"
    near = {word for q in quoted for word in words_of(q.sentences)}
    named = {word for q in quoted for word in words_of(q.context)}
    wide = near | named | {word for q in quoted for word in words_of(q.passage)}
    own = words - named or (set() if _facts_quoted(claim, quoted) else words)
    if weighty := {word for word in words - wide if word.startswith(_WEIGHTY)}:
        return f"not in the cited passage: {', '.join(sorted(weighty))}"
    if len(own & near) < MIN_IN_QUOTES * len(own):
        return "fewer than half of its words are in what it quotes"
    if len(words & wide) < MIN_IN_PASSAGES * len(words):
        return f"not in the cited passage: {', '.join(sorted(words - wide))}"
    return None
