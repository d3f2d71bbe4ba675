"""Whether a text speaks to a language model and not to a reader. Pure.

This keeps orders away from a model where it sees them; it cannot know all disguises. What
a model that obeys says all the same is stopped by ``rag/guard.py``.
"""

import re
import unicodedata

from corpus.pagemap import fold
from corpus.printable import printable
from corpus.records import Passage

_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|of|the)\s+)*(?:your|previous|prior|earlier|above|preceding"
    r"|system)\s+(?:\w+\s+){0,2}(?:instructions?|prompts?|rules|guidelines|directions)\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:\w+\s+)?(?:AI|assistant|language\s+model|chat\s?bot)\b"
    r"|\bas\s+an\s+AI\b|\b(?:your|the)\s+system\s+prompt\b|<\|\w+\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|\{\s*[\"“](?:claims|tool_calls)[\"”]\s*:\s*\["
    r"|\b(?:ignoriere?|vergiss|missachte)\s+(?:\w+\s+){0,3}(?:anweisung|vorgabe|instruktion)\w*"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\s+(?:\w+\s+){0,3}(?:instruction|consigne)s?\b"
    r"|\b(?:ignora|ignore|olvida|dimentica)\s+(?:\w+\s+){0,3}(?:instrucciones|istruzioni|instruções)\b"
    r"|(?:忽略|无视|忘记)[^。]{0,8}(?:指令|指示|说明)|(?:игнорируй|забудь)\w*\s+(?:\w+\s+){0,3}(?:инструкци|указани)\w*",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"(?:^|[.;:!?]\s*|\b(?:and|then|please|instead)\s+|\byou\s+(?:must|should|shall|will|are\s+to)\s+)"
    r"(?:say|reply|respond|answer|tell\s+(?:the|your)\s+(?:user|reader|researcher|analyst|human)s?)\s+"
    r"(?:(?:only|exactly|just|now|instead)\s+)*(?:that|with|:)"
    r"|\b(?:correct|right|expected|required)\s+(?:answer|reply)\s+(?:to|for|is)\b",
    re.IGNORECASE,
)
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕкмтвнАЕОРСУХІЈЅКМТВНοανιρτυκΟΑΝΙΡΤΥΚΕΒΗΜΖΧ", "aeopcyxijskmtbhAEOPCYXIJSKMTBHoaviptukOANIPTYKEBHMZX"
)


def addresses_a_model(passage: Passage) -> bool:
    """Whether a passage, its title or its heading speaks to a language model; such a one is not shown to it."""
    return speaks_to_a_model(f"{passage.document.title}\n{passage.chunk.section}\n{passage.chunk.text}")


def speaks_to_a_model(text: str) -> bool:
    """Whether a text tells a language model to leave its instructions, or forges its marks or its reply."""
    seen = printable(unicodedata.normalize("NFKC", text))
    return any(_TO_A_MODEL.search(fold(way)) for way in (seen, seen.translate(_LOOKALIKES)))


def orders_an_answer(sentences: str) -> bool:
    """Whether quoted sentences tell whoever reads them what to answer: "and say that …"."""
    return speaks_to_a_model(sentences) or _ORDERED.search(fold(printable(sentences))) is not None
