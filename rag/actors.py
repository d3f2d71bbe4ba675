"""Who a sentence speaks of: the noun phrase of persons in front of a modal verb. Pure.

The grammar of English noun phrases decides; the list of words for persons and firms only
tells a broker-dealer from an interest.
"""

import re

_MOST_TAIL = 14
_NEAR = 20  # characters
_PERSONS = (
    r"broker|dealer|broker-dealer|adviser|advisor|firm|entity|exchange|association|center|centre|market"
    r"|organization|person|issuer|customer|investor|member|participant|agency|facility|company|fund|registrant"
    r"|trader|specialist|representative|professional|committee|processor|vendor|bank|owner|manufacturer"
    r"|operator|applicant|respondent|institution|custodian|employee|officer|director|manager|underwriter"
    r"|distributor|sro|ats|seller|buyer|dual-registrant|subscriber|sponsor|individual|party|auditor|accountant"
    r"|trustee|administrator|designee|personnel|counsel|maker|purchaser|lender|borrower|holder|shareholder|partner"
    r"|agent|repository"
    r"|signatory|signer|servicer|originator|depositor|insurer|intermediary|offeror|corporation|partnership|counterparty|commission"
    r"|staff|you|we"
)
_PLURALS = "signatories|repositories|intermediaries|entities|facilities|agencies|companies|parties|counterparties"
_DETERMINER = (
    r"(?:each of (?:the )?[\d,]+|an?|the|each|every|any|no|all|some|most|many|such|these|those|certain|both|other"
    r"|its|their)"
)
_WORD = (
    rf"(?!(?:{_DETERMINER[3:-1]}|and|or|of|that|which|who|by|in|to|for|with|from|at|on|per|as|if|when|than|not|but"
    r"|will|would|could|can|may|must|shall|should|is|are|was|were|has|have|had|be|been|do|does|did|while|whether"
    r"|because|since|after|before|during|under|although|though|thus|therefore|so|where|unless|until|however|we"
    r"|believes?|estimates?|expects?|anticipates?|understand|notes?|assumes?|proposes?|think|provides?|helps?|ensures?"
    r"|enables?|allows?|causes?|gives?|identif(?:y|ies)|includes?"
    rf"|requir\w+|permit\w*)\b)[\w’'-]+"
)
_ONE = rf"(?:{_DETERMINER} ){{0,2}}(?:{_WORD} ){{0,4}}?(?:(?:{_PERSONS})s?|{_PLURALS})(?:\d{{1,4}})?\b(?![-’'])"
_TAIL = (
    r"(?: (?:who|that|whose|of|in|for|with|to|under|by|at|on|subject|registered|acting|making|seeking"
    r"|other than|effecting|offering"
    r"|relying|using|[a-z]+ing)\b[^;:]*)?"
)
_ACTOR = re.compile(
    rf"(?<![\w’'-])(?P<named>{_ONE}(?:(?:, (?:or |and )?| or | and |/){_ONE})*)(?P<tail>{_TAIL})$", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|for|with|per|to|from|under|by|at|on|between|against|about|as|than|into|upon|among|through) $",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"^(?:and |or |but )?(?:when|if|prior|in|at|for|as|by|with|upon|to|during|under|including|such as|unless"
    r"|where|subject|before|after"
    r"|on|without|pursuant|i\.e\.|e\.g\.|among|while|although|though|because|since|once|until|whether|rather than"
    r"|except|consistent|similar"
    r"|through|using|within|given|depending|regardless|based|however|therefore|thus|accordingly|instead|also"
    r"|further\w*|moreover"
    r"|finally|specifically|generally|first|second|third|additionally|similarly|importantly|where appropriate"
    r"|based)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r"(?:,? (?:that|who|which))+$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:whereby|wherein|where|if|when) |^(?:and |or |but |then |also )?(?:an?|the|such|these|those|its|their|our) ",
    re.IGNORECASE,
)


_JOINED = re.compile(r",? (?:and|or|but)(?:,? (?:thus|therefore|also|then|so|accordingly|otherwise|as such|instead)),*$"
                     r"|,? (?:and|but)$", re.IGNORECASE)  # fmt: skip
_CLAUSE = re.compile(r"(?:^|[;:] |, |\b(?:that|because|as|while|if|when|where|since) )", re.IGNORECASE)
_AT_START = re.compile(rf"(?P<named>{_ONE}(?:(?:, (?:or |and )?| or | and |/){_ONE})*)(?= [a-z])", re.IGNORECASE)
_AGENT = re.compile(
    rf"\bbe (?:\w+ly )?\w+ (?:(?!(?:to|that|than|from|whose|which)\b)[\w’-]+ ){{0,6}}?by (?P<named>{_ONE})",
    re.IGNORECASE,
)
_BEARER = re.compile(rf"\b(?:for|at|per|by) (?P<named>{_ONE})", re.IGNORECASE)
_ADVERBS = re.compile(r"(?: (?:\w+ly|also|still|then|therefore|each))+$")
_MEANWHILE = re.compile(r"^(?:in|when|upon|by|before|after|while) \w+ing\b", re.IGNORECASE)
_SAID_THAT = re.compile(
    r"\b(?:provid|stat|specif|clarif|conclud|believ|not|emphasi[sz]|explain|mean|ensur|indicat|recogni[sz]|acknowledg"
    r"|agre|so)\w* that (?=\S+ )",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:^|[\s,—])(?P<word>it|they)(?: also| then)?$", re.IGNORECASE)
_NAMED = re.compile(rf"(?<![\w’'-])(?P<named>{_ONE}(?:(?:, (?:or |and )?| or | and |/){_ONE})*)", re.IGNORECASE)


def find_subject(before: str) -> str | None:
    """The noun phrase of persons that is the subject of the modal verb behind it, or None.

    Phrases set off by commas ("when making a recommendation,") are stepped over, and a list
    ("a broker, dealer, or natural person") is kept whole. "It" and "they" stand for who is named
    in the same sentence; a second verb ("dealers hold stock and thus must") has the first's subject.
    """
    said = max((match.end() for match in _SAID_THAT.finditer(before)), default=0)
    phrase = _ADVERBS.sub("", before[said:].strip())
    if (joined := _JOINED.search(phrase.rstrip(" ,"))) is not None:
        return _subject_of(phrase[: joined.start()])
    if (pronoun := _PRONOUN.search(phrase.rstrip(" ,"))) is not None:
        return _antecedent(phrase[: pronoun.start()], plural=pronoun["word"].lower() == "they")
    pieces = [p.strip() for p in phrase.rstrip(" ,").split(", ")]
    last = len(pieces) - 1
    if not phrase.endswith((",", "—")) and name_actor(pieces[last]) is None and not _MEANWHILE.search(pieces[last]):
        return None
    while last > 0 and (_SUBORDINATE.search(pieces[last]) or name_actor(pieces[last]) is None):
        last -= 1
    low = last
    while low > 0 and re.match(r"(?:or|and|and/or) ", pieces[low]) and name_actor(pieces[low - 1]) is not None:
        low -= 1
        while low > 0 and len(pieces[low].split()) <= 3 and name_actor(pieces[low - 1]) is not None:
            low -= 1
    return name_actor(", ".join(pieces[low : last + 1]))


def _subject_of(clauses: str) -> str | None:
    """Who the last clause that begins with an actor begins with."""
    for begins in reversed([m.end() for m in _CLAUSE.finditer(clauses)]):
        if (match := _AT_START.match(clauses, begins)) is not None:
            return _bare(match["named"])
    return None


def _antecedent(before: str, *, plural: bool) -> str | None:
    """Who of the sentence so far a pronoun stands for: the first who fits in number."""
    for match in _NAMED.finditer(before):
        if _PREPOSITION.search(before[: match.start()]):
            continue
        many = match["named"].endswith("s") or " and " in match["named"]
        if many == plural:
            return _bare(match["named"])
    return None


def find_agent(action: str) -> str | None:
    """By whom something must be done: "be kept by the dealer"; None where the words do not say."""
    match = _AGENT.search(action)
    return _bare(match["named"]) if match and match.start() <= _NEAR else None


def find_bearer(text: str) -> str | None:
    """For whom an estimate is: "each notice will take 2 hours for each dealer"; None where the words do not say."""
    match = _BEARER.search(text)
    return _bare(match["named"]) if match else None


def name_actor(phrase: str) -> str | None:
    """The actor that a phrase ends with, without article in front, or None when it ends with none.

    "interests of the broker-dealer" names interests, not a broker-dealer.
    """
    text = re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(phrase.split())).strip(' ,“”"')
    text = _LEFT_OPEN.sub("", text)
    match = _ACTOR.search(text)
    if match is None or _PREPOSITION.search(text[: match.start()]):
        return None
    named, tail = _bare(match["named"]), match["tail"]
    return f"{named}{tail}" if len(tail.split()) <= _MOST_TAIL else named


def _bare(named: str) -> str:
    named = re.sub(r"(?<=[a-z])\d+", "", named)  # the number of a footnote
    while (shorter := _ARTICLE.sub("", named)) != named:
        named = shorter
    return named
