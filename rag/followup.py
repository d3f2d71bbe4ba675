"""A question as it is asked: a follow-up is filled in from the turn before, any other question stays as it is. Pure.

Precision comes first: a question that could stand on its own is never touched. No language
model; the forms that are understood are those of ``rag/ellipsis.py`` ("and for …?"),
``rag/anaphora.py`` ("does it …?") and the short ones here ("why?", "more", "the second one?").
"""

import re
from collections.abc import Mapping

from corpus.records import Document, Kind
from rag.anaphora import point_back
from rag.asked import Asked
from rag.conversation import Conversation, Resolved, Source, name_of
from rag.earlier import Earlier, Rewritten, sentence
from rag.ellipsis import fill_in

_MORE = re.compile(
    r"^(?:please\s+)?(?:(?:and\s+)?(?:some\s+)?more|(?:a\s+bit\s+|a\s+little\s+)?more(?:\s+(?:details?|please|on\s+(?:that|this|it)"
    r"|about\s+(?:that|this|it)))*|go\s+on|continue|carry\s+on|keep\s+going|(?:tell|give|show)\s+me\s+more"
    r"(?:\s+(?:about\s+(?:that|this|it)|details?))?|say\s+more|(?:anything|what|something)\s+else|elaborate"
    r"|expand(?:\s+on\s+(?:that|this|it))?|in\s+more\s+detail|(?:a\s+)?longer(?:\s+answer)?|and\s+then)(?:,?\s+please)?$",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"^(?:and\s+)?(?:who\s+(?:said|says|wrote|claims|claimed|argued)\s+(?:so|that|this|it)|says\s+who|according\s+to\s+whom"
    r"|whose\s+(?:view|words?|opinion)\s+is\s+(?:that|this|it)|is\s+that\s+the\s+(?:commission|sec|agency)['’]s\s+view)$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^(?:and\s+)?(?:where\s+(?:exactly\s+)?(?:does|do|did)\s+(?:it|they|the\s+(?:rule|release|commission|sec))\s+"
    r"(?:say|state)\s+(?:so|that|this|it)|where\s+(?:exactly\s+)?(?:is|does)\s+(?:that|this|it)\s+(?:from|stated|said|written|stand"
    r"|come\s+from)|where\s+(?:exactly|in\s+the\s+(?:release|document|text|rule))?|(?:(?:on|in|under)\s+)?(?:which|what)\s+(?:page|section|rule|release)"
    r"|what\s+is\s+(?:the|your)\s+source(?:\s+(?:for|of)\s+(?:that|this|it))?|(?:your\s+)?sources?|are\s+you\s+sure"
    r"(?:\s+(?:about|of)\s+(?:that|this|it))?)$",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|last|\d{{1,2}}(?:st|nd|rd|th))"
_CITED = r"(?:one|source|citation|quote|quotation|passage|sentence|point|answer)"
_SOURCE = re.compile(
    rf"^(?:(?:and|but|what\s+about|how\s+about|show(?:\s+me)?|more\s+(?:on|about|from)|explain|open|tell\s+me\s+(?:more\s+)?about"
    rf"|what\s+(?:does|did)|where\s+is)\s+)*(?:the\s+{_ORDINAL}(?:\s+{_CITED})?"
    rf"|(?:{_CITED}\s+|number\s+|no\.?\s+)*\[?(?P<number>\d{{1,2}})\]?)"
    r"(?:\s+(?:say|mean|from|in\s+(?:more\s+)?detail|exactly|please))*$",
    re.IGNORECASE,
)
_MARKED = re.compile(
    rf"\[\d{{1,2}}\]|\b{_CITED}\b|\b(?:{'|'.join(_ORDINALS)}|last|\d+(?:st|nd|rd|th))\b", re.IGNORECASE
)
_SHORT = re.compile(
    r"^(?:and\s+|but\s+)?(?P<word>why(?:\s+(?:not|so|is\s+that|was\s+that))?|how\s+come|when|since\s+when|(?:by|until|from)\s+when"
    r"|how|how\s+much|how\s+many|how\s+often|how\s+long|how\s+soon)$",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"^(?:and\s+|but\s+)?what\s+(?:was|had\s+been)\s+(?:(?:originally|first|finally)\s+)?(?P<done>proposed|adopted)"
    r"(?:\s+(?:instead|originally|at\s+first|first|finally|in\s+the\s+end|before))?$",
    re.IGNORECASE,
)
_OUTLINE = re.compile(r"^[IVXL]+(?:\.\w+)*(?=\s|$)")
_ASKING = re.compile(r"^(?:when|where|why|how(?:\s+(?:long|often|soon|quickly|much))?)$", re.IGNORECASE)
_LIMITS = (  # of an amount a release gives the reasons for the limit, not for the highest
    (re.compile(r"^(?:the\s+)?(?:highest|largest|greatest|maximum)\s+", re.IGNORECASE), "the limit on the "),
    (re.compile(r"^(?:the\s+)?(?:lowest|smallest)\s+", re.IGNORECASE), "the minimum "),
)
_YES_OR_NO = re.compile(r"^(?:must|may|shall|should|can|could|will|would|do|does|did|is|are|was|were|has|have)\b", re.I)


def resolve(question: str, conversation: Conversation, documents: Mapping[str, Document]) -> Resolved:
    """The question that is meant.

    Args:
        question: as the user typed it.
        conversation: what was asked before.
        documents: of the library, by id; they tell which titles are names, and what adopts what.

    Returns:
        The question itself where it stands on its own, or where nothing was asked before.
    """
    typed, last = " ".join(question.split()), conversation.last
    if last is None or not typed:
        return Resolved(question, question)
    bare = typed.rstrip("?!. …")
    earlier = Earlier(last, Asked.read(last.asked, documents.values()), documents)
    if _MORE.match(bare):
        why = "a longer answer to the question before"
        return Resolved(question, last.asked, True, why, earlier.kept(), last.more + 1)
    found = _again(bare, earlier) or _source(bare, earlier) or _short(bare, earlier) or _at_stage(bare, earlier)
    if found is None:
        read = Asked.read(bare, documents.values())
        found = fill_in(read, earlier) or point_back(read, earlier)
    if found is None or found.asked == question:
        return Resolved(question, question)
    return Resolved(question, found.asked, True, found.why, found.documents)


def _again(bare: str, earlier: Earlier) -> Rewritten | None:
    """The question before, whose answer shows who speaks and where."""
    if _WHOSE.match(bare):
        return Rewritten(earlier.turn.asked, "each source says who speaks in it", earlier.kept())
    if _WHERE.match(bare):
        return Rewritten(earlier.turn.asked, "each source says where its words stand", earlier.kept())
    return None


def _source(bare: str, earlier: Earlier) -> Rewritten | None:
    """What a numbered source says; None where the answer before has no such source."""
    match = _SOURCE.match(bare)
    if match is None or not _MARKED.search(bare):
        return None
    sources = earlier.turn.sources
    number = _number(match, len(sources))
    if not 1 <= number <= len(sources):
        return None
    source = sources[number - 1]
    topic = earlier.topic
    asked = f"What does {_place(source, earlier)} say" + (f" about {topic}" if topic else "")
    return Rewritten(sentence(asked), f"source [{number}] of the answer before", (source.document,))


def _number(match: re.Match[str], count: int) -> int:
    if match["number"]:
        return int(match["number"])
    ordinal = match["ordinal"].lower()
    if ordinal == "last":
        return count
    return _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(re.sub(r"\D", "", ordinal))


def _place(source: Source, earlier: Earlier) -> str:
    """Where a source stands, as a question names it: "section II.A.2 of 34-83062"."""
    document = earlier.documents.get(source.document)
    name = name_of(document) if document else source.title
    if number := _OUTLINE.match(source.section):
        return f"section {number[0]} of {name}"
    if heading := source.section.rpartition(" › ")[2].strip():
        return f"“{heading}” in {name}"
    return f"page {source.page} of {name}"


def _short(bare: str, earlier: Earlier) -> Rewritten | None:
    """Why, when or how much, of what was asked."""
    match = _SHORT.match(bare)
    if match is None:
        return None
    word = " ".join(match["word"].lower().split())
    word = "why" if word.startswith("why") or word == "how come" else word
    asked = _asked_with(word, earlier.asked)
    return Rewritten(sentence(asked), f"the question before was “{earlier.turn.asked}”", earlier.kept())


def _at_stage(bare: str, earlier: Earlier) -> Rewritten | None:
    """What was proposed, or adopted, on what was asked."""
    match = _STAGE.match(bare)
    if match is None:
        return None
    done = match["done"].lower()
    document = earlier.of_stage(Kind.PROPOSED_RULE if done == "proposed" else Kind.FINAL_RULE)
    where = f" in {name_of(document)}" if document else ""
    before = earlier.asked.text
    about = earlier.asked.whole_topic or f"this question: {before[:1].lower()}{before[1:]}"
    why = f"the question before was “{earlier.turn.asked}”"
    kept = (document.id,) if document else earlier.kept()
    return Rewritten(sentence(f"what was {done}{where} with regard to {about}"), why, kept)


def _asked_with(word: str, before: Asked) -> str:
    """The earlier question with another question word."""
    clause = before.clause()
    if _YES_OR_NO.match(before.text):
        return f"{word} {before.text[:1].lower()}{before.text[1:]}"
    if clause and _ASKING.match(clause[0]):
        return f"{word} {' '.join(clause[1:])}"
    if before.topic and word == "why":
        return f"what are the reasons for {_limit(before.whole_topic)}"
    if before.topic:
        asks = {"how": "how does {} work", "how much": "how much is {}", "how many": "how many are {}"}
        return asks.get(word, f"{word} does {{}} apply").format(before.whole_topic)
    if word == "why":
        return f"what are the reasons given on this question: {before.text[:1].lower()}{before.text[1:]}"
    return f"{word}, with regard to this question: {before.text[:1].lower()}{before.text[1:]}"


def _limit(topic: str) -> str:
    """The limit that an extreme amount is: "the limit on the fee that a venue may charge" of "the highest fee …"."""
    for extreme, limit in _LIMITS:
        topic = extreme.sub(limit, topic)
    return topic
