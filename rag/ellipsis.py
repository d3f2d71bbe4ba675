"""Follow-ups that only say what differs: "and for broker-dealers?", "in 34-86031?", "what about the costs?". Pure."""

import re

from corpus.records import Kind
from rag.asked import Asked, Name, NameKind, is_actor
from rag.earlier import Earlier, Rewritten, sentence

_LEAD = re.compile(
    r"^(?:(?:and|or|but|ok(?:ay)?,?|so|then)\s+)*(?P<opening>(?:what|how)\s+about|what\s+if\s+it\s+is|and|or|but)\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<word>for|under|in|of|by|to|with|within|on|at|from|before|after|since|during|against|outside|about|regarding"
    r"|concerning)\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|be|do|does|did|must|may|can|could|shall|should|will|would|has|have|had|requires?|appl(?:y|ies)"
    r"|says?|means?|defines?|how|why|when|which|who|what|where)\b",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"^(?:the\s+)?(?:(?P<adopted>adopted|final|adopting)|(?P<proposed>(?:re)?propos(?:ed|ing)|proposal))"
    r"(?:\s+(?:rules?|release|version|form|one|regulation|text|amendments?))?$|^(?:the\s+)?(?P<adoption>adoption)$",
    re.IGNORECASE,
)
_THE_SAME = re.compile(r"\b(?:same|others?|rest)\b|\bones?$|\byou\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<![su'’])s$", re.IGNORECASE)
_FUNCTION = r"(?:the|an?|any|about|of|in|for|to|on|by|with|from|under|and|or|commission|say|said|have|has)"
_LABELS = re.compile(r"^(?:(?:sub)?paragraph\s+)?(?P<labels>(?:\(\w{1,4}\))+)$", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<rule>\b[Rr]ules?\s+\d[\w-]*)(?:\(\w{1,4}\))*")
_ABOUT = ("about", "regarding", "concerning")
_MOST_WORDS = 9


def fill_in(read: Asked, earlier: Earlier) -> Rewritten | None:
    """The earlier question with what the follow-up says in its place; None where it is no such follow-up.

    Args:
        read: the follow-up, taken apart.
        earlier: the turn before.
    """
    lead = _LEAD.match(read.text)
    rest = lead["rest"] if lead else read.text
    phrase = _PREPOSITION.match(rest)
    if not (lead or phrase) or len(rest.split()) > _MOST_WORDS or _VERBS.search(rest) or _THE_SAME.search(rest):
        return None
    word, what = (phrase["word"].lower(), phrase["what"]) if phrase else ("", rest)
    if read.names:
        return _name(word, what, read.names, earlier)
    return (
        _labels(what, earlier)
        or _stage(word, what, earlier)
        or _actor(word, what, earlier)
        or (_appended(word, what, earlier) if phrase else _thing(what, earlier))
    )


def _why(earlier: Earlier) -> str:
    return f"“{earlier.turn.asked}”, asked before, with what you named"


def _labels(what: str, earlier: Earlier) -> Rewritten | None:
    """Another paragraph of the rule that was named before: "and (b)(6)?"."""
    match, text = _LABELS.match(what), earlier.asked.text
    rule = _LABELLED.search(text)
    if match is None or rule is None:
        return None
    asked = f"{text[: rule.start()]}{rule['rule']}{match['labels']}{text[rule.end() :]}"
    return Rewritten(sentence(asked), _why(earlier), earlier.kept())


def _stage(word: str, what: str, earlier: Earlier) -> Rewritten | None:
    """The same of the adoption or the proposal: "in the adopted rule"."""
    match = _STAGE.match(what)
    if match is None:
        return None
    stage = Kind.PROPOSED_RULE if match["proposed"] else Kind.FINAL_RULE
    document = earlier.of_stage(stage)
    called = earlier.called(document) if document else f"the {'proposed' if match['proposed'] else 'adopted'} rule"
    text, (start, end) = earlier.asked.text, earlier.asked.span
    asked = f"{text[:start]}{called}{text[end:]}" if end else f"{text}, {word or 'in'} {called}"
    return Rewritten(sentence(asked), _why(earlier), (document.id,) if document else earlier.kept())


def _name(word: str, what: str, names: tuple[Name, ...], earlier: Earlier) -> Rewritten | None:
    """In the place of the rule or release that was named before: "under Rule 612", "in 34-86031"."""
    if " ".join(what.split()).lower().removeprefix("the ") not in {n.words.lower() for n in names} and len(names) < 2:
        extra = len(what.split()) - len(names[0].words.split())
        if extra > 2:
            return None  # "the costs of Regulation SCI": a question of its own
    before, new = earlier.asked, names[-1]
    rule = next((n for n in before.names if n.kind is NameKind.RULE), None)
    text, (start, end) = before.text, before.span
    if new.kind is NameKind.RULE and rule and re.fullmatch(r"\d{3}[A-Z]?", new.number) and "of Regulation" not in what:
        swapped = re.sub(rf"\b[Rr]ules?\s+{re.escape(rule.number)}(?:\(\w+\))*", new.words, rule.words, count=1)
        asked = f"{text[: rule.start]}{swapped}{text[rule.end :]}"
    elif not end:
        asked = f"{text} {word or 'under'} {what}"
    elif new.kind is NameKind.RULE and before.names[-1].kind is NameKind.REGULATION and new.number.isdigit():
        asked = f"{text[:start]}{new.words} of {text[before.names[-1].start :]}"
    else:
        asked = f"{text[:start]}{what}{text[end:]}"
    return Rewritten(sentence(asked), _why(earlier), earlier.kept_unless_named(names))


def _actor(word: str, what: str, earlier: Earlier) -> Rewritten | None:
    """In the place of whom the question before was about, else added to it: "for broker-dealers"."""
    if word not in ("", "for", "to", "by", "of", "with") or not is_actor(what):
        return None
    before = earlier.asked
    if re.match(r"an?\s", what, re.IGNORECASE) and re.match(r"an?\s", before.topic, re.IGNORECASE):
        return _thing(what, earlier)
    for match in re.finditer(
        r"\b(?:for|by|to|with|of|on|against)\s+([^,]+?)(?=\s+(?:under|of|in|for|by)\b|$)", before.text
    ):
        if is_actor(match[1]) and match[0].split()[0] == (word or "for"):
            asked = f"{before.text[: match.start(1)]}{what}{before.text[match.end(1) :]}"
            return Rewritten(sentence(asked), _why(earlier), earlier.kept())
    clause = before.clause()
    if clause and not word and "commission" not in clause[2].lower():
        lead, verb, _, rest = clause
        verb = {"has": "have", "does": "do"}.get(verb, verb) if _PLURAL.search(what) else verb
        return Rewritten(sentence(f"{lead} {verb} {what} {rest}"), _why(earlier), earlier.kept())
    return _appended(word or "for", what, earlier)


def _appended(word: str, what: str, earlier: Earlier) -> Rewritten | None:
    """What is new in the place of a phrase with the same preposition, else at the end."""
    before = earlier.asked
    same = re.search(rf"\b{word}\s+[^,]+?(?=\s+(?:under|of|in|for|by|to|with|on|from)\s|$)", before.text, re.IGNORECASE)
    if not same and word in _ABOUT:
        return _thing(what, earlier)
    named = same and any(same.start() <= n.start < same.end() for n in before.names)
    if same and not named and not same.start() < len(before.verb) and word not in ("for", "of", "to", "by"):
        asked = f"{before.text[: same.start()]}{word} {what}{before.text[same.end() :]}"
    else:
        asked = f"{before.text} {word} {what}"
    return Rewritten(sentence(asked), _why(earlier), earlier.kept())


def _thing(what: str, earlier: Earlier) -> Rewritten | None:
    """Asked as the question before, else of its rule: "what about the compliance date?"."""
    before, head = earlier.asked, re.escape(what.split()[-1])
    if before.topic:
        start = len(before.verb) + 1
        after = before.text[start:]
        after = after[after.lower().find(before.topic.lower()) + len(before.topic) :] if before.context else ""
        verb = "is" if not _PLURAL.search(what) else "are"
        asks = "Who" if before.verb.lower().startswith("who") and is_actor(what) else "What"
        return Rewritten(sentence(f"{asks} {verb} {what}{after}"), _why(earlier), earlier.kept())
    same = re.search(
        rf"\b(?:the|an?|any)\s+(?:(?!{_FUNCTION}\s)[\w’'-]+\s+){{0,4}}?{head}\b", before.text, re.IGNORECASE
    )
    if same:
        asked = f"{before.text[: same.start()]}{what}{before.text[same.end() :]}"
        return Rewritten(sentence(asked), _why(earlier), earlier.kept())
    if not earlier.context:
        return None
    return Rewritten(sentence(f"What does {earlier.context} say about {what}"), _about(earlier), earlier.kept())


def _about(earlier: Earlier) -> str:
    return f"the question before was about {earlier.context}"
