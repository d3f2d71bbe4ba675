"""Who a sentence speaks of: the noun phrase of persons in front of a modal verb. Pure.

The grammar of English noun phrases decides; the list of words for persons and firms only
tells a broker-dealer from an interest.
"""

import re

_MOST_TAIL = 14
_PERSONS = (
    r"broker|dealer|broker-dealer|adviser|advisor|firm|entity|exchange|association|center|centre|market"
    r"|organization|person|issuer|customer|investor|member|participant|agency|facility|company|fund|registrant"
    r"|trader|specialist|representative|professional|committee|processor|vendor|bank|owner|manufacturer"
    r"|operator|applicant|respondent|institution|custodian|employee|officer|director|manager|underwriter"
    r"|distributor|sro|ats|seller|buyer|dual-registrant|subscriber|sponsor|individual|party|auditor|accountant"
    r"|trustee|administrator|corporation|partnership|counterparty|commission|staff|you|we"
)
_PLURALS = "entities|facilities|agencies|companies|parties|counterparties"
_DETERMINER = (
    r"(?:each of (?:the )?[\d,]+|an?|the|each|every|any|no|all|some|most|many|such|these|those|certain|both|other"
    r"|its|their)"
)
_WORD = (
    rf"(?!(?:{_DETERMINER[3:-1]}|and|or|of|that|which|who|by|in|to|for|with|from|at|on|as|if|when|than|not|but"
    rf"|requir\w+|permit\w*)\b)[\w’'-]+"
)
_ONE = rf"(?:{_DETERMINER} ){{0,2}}(?:{_WORD} ){{0,4}}?(?:(?:{_PERSONS})s?|{_PLURALS})\b(?![-’'])"
_TAIL = (
    r"(?: (?:who|that|whose|of|in|for|with|to|under|by|at|on|subject|registered|acting|making|seeking"
    r"|other than|effecting|offering"
    r"|relying|using)\b[^;:]*)?"
)
_ACTOR = re.compile(
    rf"(?<![\w’'-])(?P<named>{_ONE}(?:(?:, (?:or |and )?| or | and |/){_ONE})*)(?P<tail>{_TAIL})$", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|for|with|to|from|under|by|at|on|between|against|about|as|than|into|upon|among|through) $",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"^(?:and |or |but )?(?:when|if|prior|in|at|for|as|by|with|upon|to|during|under|including|such as|unless"
    r"|where|subject|before|after"
    r"|on|without|pursuant|i\.e\.|e\.g\.|among|while|although|though|because|since|once|until|whether|rather"
    r"|except|consistent|similar"
    r"|through|using|within|given|depending|regardless|based|however|therefore|thus|accordingly|instead|also"
    r"|further\w*|moreover"
    r"|finally|specifically|generally|first|second|third|additionally|similarly|importantly|where appropriate"
    r"|based)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:and |or |but |then |also )?(?:an?|the|such|these|those|its|their|our) ", re.IGNORECASE)


def find_subject(before: str) -> str | None:
    """The noun phrase of persons that ends in front of a modal verb, or None.

    Phrases set off by commas ("when making a recommendation") are stepped over, and a list
    ("a broker, dealer, or natural person") is kept whole.
    """
    pieces = [p.strip() for p in before.strip(" ,").split(", ")]
    last = len(pieces) - 1
    while last > 0 and (_SUBORDINATE.search(pieces[last]) or name_actor(pieces[last]) is None):
        last -= 1
    low = last
    while low > 0 and re.match(r"(?:or|and|and/or) ", pieces[low]) and name_actor(pieces[low - 1]) is not None:
        low -= 1
        while low > 0 and len(pieces[low].split()) <= 3 and name_actor(pieces[low - 1]) is not None:
            low -= 1
    return name_actor(", ".join(pieces[low : last + 1]))


def name_actor(phrase: str) -> str | None:
    """The actor that a phrase ends with, without article in front, or None when it ends with none.

    "interests of the broker-dealer" names interests, not a broker-dealer.
    """
    text = re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(phrase.split())).strip(' ,“”"')
    match = _ACTOR.search(text)
    if match is None or _PREPOSITION.search(text[: match.start()]):
        return None
    named, tail = match["named"], match["tail"]
    while (shorter := _ARTICLE.sub("", named)) != named:
        named = shorter
    return f"{named}{tail}" if len(tail.split()) <= _MOST_TAIL else named
