"""If, unless, where and when what: the conditions that a sentence puts on a duty. Pure."""

import re

_OPENS = (
    r"(?:(?:only )?(?:if|unless|where|when|whenever)(?! to\b)|except (?:that|where|when|if|for|as|to|in|with|under)"
    r"|provided(?: that|, however, that|(?= (?:the|it|they|an?|such|each|any)\b))|in the event(?: that| of)?"
    r"|in (?:any|the) case (?:of|where)|to the extent(?: that)?|(?:so|as) long as|only after"
    r"|subject to|upon (?=(?:the |any |each |an? )?(?:occurrence|request|receipt|discovery|becoming|termination"
    r"|responsible)))"
)
_LEADING = re.compile(rf"(?:^|[\s,—(])(?P<words>{_OPENS}\b[^;]{{4,400}}),\s*(?:then\b[^;]*)?$", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:^|[\s,])(?P<words>{_OPENS}\b[^;.]{{4,300}}?),?\s*$", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:^|(?<=[\s(]))(?P<words>{_OPENS}\b(?:[^,;:.()]|\.(?=\d)){{4,250}}"
    r"(?:(?:, [^,;:.()]{1,40})+, (?:and|or) [^,;:.()]{1,120})?)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:\b(?:we|the Commission)(?: \w+){1,4} that\s+)?\b(?:(?:the|an?|such|each|any|that|these|those|every|its"
    r"|their)\s*)*$",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"^(?:if (?:any|so)\b|(?:if|where|when) (?:applicable|necessary|possible|appropriate|permitted|available"
    r"|not)(?:,|$))",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:even|as|or|circumstances?|situations?|instances?|cases?|times?|is|are|be|was|were|been|being|determine|know"
    r"|consider|identify|explain|disclose|describe|specify) $",
    re.IGNORECASE,
)
_NEXT_VERB = re.compile(r",? (?:and|but) (?:also )?(?:cannot|must|shall|may|should|will|would)\b", re.IGNORECASE)
_LEAST_WORDS = 3


def stated_condition(before: str, between: str, action: str) -> str | None:
    """The conditions of a duty in the order they stand, at most two, or None.

    Args:
        before: the clause up to the actor.
        between: from the actor's end to the modal verb: ", when making a recommendation,".
        action: from the modal verb to the end of its clause.
    """
    found = []
    for pattern, text in ((_LEADING, _SPOKEN.sub("", before)), (_INSIDE, between), (_TRAILING, action)):
        for match in pattern.finditer(text):
            words = _NEXT_VERB.split(" ".join(match["words"].split()))[0].strip(" ,.")
            allowed = not _NOT_BEFORE.search(text[: match.start("words")])
            allowed = allowed and " because " not in words
            enough = len(words.split()) >= _LEAST_WORDS or words.lower() == "upon request"
            if allowed and enough and not _NO_CONDITION.search(words):
                found.append(words)
    return "; ".join(dict.fromkeys(found[:2])) or None
