"""If, unless, where and when what: the conditions that a sentence puts on a duty. Pure."""

import re

_OPENS = (
    r"(?:only )?(?:if|unless|except (?:that|where|when|if|for|as|to|in|with|under)|provided(?: that|,? however,? that)"
    r"|where|when|whenever|in the event(?: that| of)?|in (?:any|the) case (?:of|where)|to the extent(?: that)?"
    r"|so long as|as long as|subject to|until|only after|upon)"
)
_LEADING = re.compile(rf"^(?:\W*(?:and|but|further|however|also|thus|then|accordingly|therefore|for example"
                      rf"|in addition|specifically|similarly|moreover),? )?(?P<words>{_OPENS}\b[^;]{{4,400}}?),(?: then)?\W*$",
                      re.IGNORECASE)  # fmt: skip
_INSIDE = re.compile(rf",? ?\b(?P<words>{_OPENS}\b[^;.]{{4,300}}?),?\s*$", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?<!even )(?<!as )(?<!or )(?:(?<=\s)|(?<=^))\(?(?P<words>{_OPENS}\b[^;:]{{4,300}}?)"
    r"(?=;|:|\.?\s*\d*$|\.\s+[A-Z(]|, (?:and|but|or|which|because|although|while|thereby|as well)\b|\)|\s\d+$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:if (?:any|so|not|applicable|necessary|possible|appropriate)|where (?:applicable|appropriate|possible|permitted"
    r"|necessary)|when (?:applicable|appropriate|available|necessary)|as applicable|upon (?:request )?and)\b\W*$",
    re.IGNORECASE,
)
_TIME = re.compile(r"^(?:until|upon|when|only after)\b", re.IGNORECASE)
_LEAST_WORDS = 3


def stated_condition(before: str, between: str, action: str) -> str | None:
    """The conditions of a duty in the order they stand, at most two, or None.

    Args:
        before: the sentence up to the actor.
        between: from the actor's end to the modal verb: ", when making a recommendation,".
        action: from the modal verb to the end of its clause.
    """
    found = [m["words"] for m in (_LEADING.search(before.strip()), _INSIDE.search(between)) if m is not None]
    found += [m["words"] for m in _TRAILING.finditer(action)]
    kept = [c for c in (" ".join(words.split()).strip(" ,.") for words in found) if _is_condition(c)]
    return "; ".join(dict.fromkeys(kept[:2])) or None


def _is_condition(words: str) -> bool:
    return len(words.split()) >= _LEAST_WORDS and not _NONE.search(words)
