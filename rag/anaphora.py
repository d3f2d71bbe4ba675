"""Follow-ups that point back: "does it apply to dealers?", "define it", "what does (a)(2) say?", "the rule". Pure."""

import re

from corpus.records import Kind
from rag.asked import Asked, NameKind, is_actor
from rag.earlier import Earlier, Rewritten, sentence
from rag.query import analyse

_BEFORE = (
    r"(?:and|but|so|then|ok|okay|if|who|whom|what|which|when|where|why|how|much|many|long|often|soon|far|else|is|are"
    r"|was|were|be|been|do|does|did|must|may|can|could|shall|should|will|would|has|have|had|to|with|of|about|from"
    r"|under|by|for|in|on|than|as|at|against|into|please|also|still|not|exactly|compare|define|explain|describe|say"
    r"|says|said|mean|means|comply|complies|differ|different|differs|adopt|propose|change|affect|affects|apply|applies"
    r"|use|uses|happens?|happened|difference|between|the|commission|sec|agency|staff|commenters|firms|brokers|dealers"
    r"|exceptions|exemptions|penalties|rules|markets|exchanges|persons|people|anyone|anybody|subject|covered"
    r"|summari[sz]e|tell|me|us|more|there|any|effects?|reasons?|works?|did|made|make)"
)
_OPEN = rf"^(?:{_BEFORE}[\s,]+)*?"
_AFTER_THAT = (
    r"(?=$|[,;]|\s+(?:still|also|too|now|then|ever|not|the\s+case|different|apply|applies|mean|means|include|includes"
    r"|cover|covers|differ|differs|compare|compares|change|changes|changed|cost|costs|work|works|happen|happened|required"
    r"|enforced|final|adopted|proposed|effective|in|under|for|to|with|from|affect|affects|as|binding|allowed|legal"
    r"|so|true|why|become|take|takes|on|by|at|when|if)\b)"
)
_AT_THE_END = re.compile(
    r"^(?:[\w’'-]+\s+){1,8}(?P<it>it|this|that)(?:\s+(?:too|also|as\s+well|then|now|instead|yet|still))?$",
    re.IGNORECASE,
)
_IT = re.compile(rf"{_OPEN}(?P<it>it|this|that)\b", re.IGNORECASE)
_THAT = re.compile(rf"{_OPEN}(?P<it>this|that){_AFTER_THAT}", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:defines?|defined|mean)\b", re.IGNORECASE)
_ITS = re.compile(r"^(?:and\s+)?(?P<lead>(?:what|when|how\s+\w+)\s+(?:is|are|was|were))\s+its\s+(?P<rest>\S.*)$", re.I)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:\w+\s+){0,2}?(?:takes?|costs?|means?|matters?|seems?|counts?|happens?|appears?|helps?)\s+"
    r"(?:to|that|if|when|whether|for|where|how|which|who|what|as)\b"
    r"|\b(?:is|was|be)\s+it\s+(?:\w+\s+)?(?!(?:applicable|subject|relevant|similar|equal|due|limited|available|different"
    r"|related|comparable|used)\b)\w+\s+(?:to|that|if|when|whether|for)\b",
    re.IGNORECASE,
)
_THEY = re.compile(rf"{_OPEN}(?P<they>they|them)\b", re.IGNORECASE)
_AGENCY_DOES = re.compile(
    r"\b(?:adopt|decide|propose|reject|define|explain|estimate|conclude|say|consider|choose|change|amend|withdraw)\b",
    re.IGNORECASE,
)
_DO_THAT = re.compile(r"\bdo\s+(?:it|that|this|so)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:(?P<these>this|that|these|those|such(?:\s+an?)?)|the)\s+(?:(?P<adopted>adopted|final|adopting)\s+"
    r"|(?P<proposed>(?:re)?propos(?:ed|ing))\s+)?(?P<noun>rules?|regulation|release|proposal|rulemaking|adoption"
    r"|amendments?|requirements?|provisions?|definition|exemptions?|exceptions?|standard|obligations?|duty|cap|fee"
    r"|threshold|test|limit|approach|decision)\b(?P<after>\s+\w+)?",
    re.IGNORECASE,
)
_OF_A_RULE = re.compile(
    r"\b(?:appl(?:y|ies)|costs?|force|effect|effective|comply|adopt\w*|repeal\w*|withdr\w+|cover|binding)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:differ\w*|compar\w+|versus|vs|chang\w*|same)\b", re.IGNORECASE)
_OF_ITS_OWN = re.compile(
    r"^\s+(?:of|on|for|from|by|in|against|that|which|who|about|under|number|\d+|\w+ing)$", re.IGNORECASE
)
_THE_RULE = re.compile(r"^(?:rule|regulation|release|proposal|rulemaking|adoption)$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"\b(?:an?|each|every|any|if|whenever|the)\s+(?!commission|sec\b|difference|agency|\w+[^s]s\b)\w+", re.I
)
_PARAGRAPH = re.compile(r"(?<![\w)])(?:paragraph\s+|subparagraph\s+)?(?P<labels>(?:\(\w{1,4}\))+)", re.IGNORECASE)
_RULE_WORDS = re.compile(r"\bRule\s+\d[\w-]*", re.IGNORECASE)
_ASPECT = re.compile(
    r"^(?:and\s+)?(?:(?:what|when)\s+(?:is|are|was|were)\s+the\s+(?:\w+\s+)?(?:dates?|deadline|period|costs?|benefits?"
    r"|burdens?|exceptions|exemptions|penalt(?:y|ies)|purpose|scope|rationale|alternatives|requirements|exclusions)"
    r"|(?:is|are|were)\s+there\s+(?:an?\s+|any\s+)?(?:\w+\s+)?(?:exceptions?|exemptions?|penalt(?:y|ies)|alternatives"
    r"|exclusions?|safe\s+harbou?rs?|thresholds?|de\s+minimis\s+\w+)(?P<for>\s+for\s+.+)?"
    r"|who\s+(?:else\s+)?(?:must|has\s+to|needs\s+to)\s+comply|who\s+(?:else\s+)?is\s+(?:covered|affected|exempt)"
    r"|what\s+happens\s+if\s+(?:someone|a\s+firm|they)\s+(?:do(?:es)?\s+not|do(?:es)?n['’]t)\s+comply)$",
    re.IGNORECASE,
)
_MOST_WORDS = 14  # who asks at greater length says what is meant


def point_back(read: Asked, earlier: Earlier) -> Rewritten | None:
    """The follow-up with what it points at in place of a pronoun; None where it points at nothing before it.

    A question that names what its pronoun means ("may a broker … if it …") stands on its own.
    """
    if len(read.text.split()) > _MOST_WORDS:
        return None
    return (
        _paragraph(read, earlier)
        or _they_do_that(read, earlier)
        or _pronoun(read, earlier)
        or _noun(read, earlier)
        or _aspect(read, earlier)
    )


def _paragraph(read: Asked, earlier: Earlier) -> Rewritten | None:
    """A bare "(a)(2)": of the rule that the question before names, or the source quoted."""
    match = _PARAGRAPH.search(read.text)
    if match is None or read.names:
        return None
    rules = [n.words for n in earlier.asked.names if n.kind is NameKind.RULE]
    quoted = [f"{source.section} {source.quote}" for source in earlier.turn.sources]
    rule = next(filter(None, map(_RULE_WORDS.search, [*rules, *quoted])), None)
    named = f"{rule[0]}{match['labels']}" if rule else f"paragraph {match['labels']} of {earlier.context}"
    if not (rule or earlier.context):
        return None
    asked = f"{read.text[: match.start()]}{named}{read.text[match.end() :]}"
    return Rewritten(
        sentence(_without_and(asked)), f"a paragraph of {rule[0] if rule else earlier.context}", earlier.kept()
    )


def _they_do_that(read: Asked, earlier: Earlier) -> Rewritten | None:
    """Whom the question before was about ("they"), and what they do ("do that")."""
    match = _THEY.match(read.text)
    doing = _DO_THAT.search(read.text)
    if read.names or not (match or doing):
        return None
    clause = earlier.asked.clause()
    text = read.text
    if doing:
        if clause is None or _NOUN_BEFORE.search(text[: doing.start()]):
            return None
        text = f"{text[: doing.start()]}{clause[3]}{text[doing.end() :]}"
    if match and match["they"].lower() == "they":
        agency = _AGENCY_DOES.search(read.text) and (clause is None or re.search(r"\bdid\b", read.text, re.IGNORECASE))
        subject = "the Commission" if agency else clause[2] if clause else ""
        if not subject:
            return None
        text = re.sub(r"\bthey\b", subject, text, count=1, flags=re.IGNORECASE)
        text = re.sub(r"\b(?:it|that|this)$", earlier.it or "it", text)
    elif match:
        if clause is None:
            return None
        text = re.sub(r"\bthem\b", clause[2], text, count=1, flags=re.IGNORECASE)
    return Rewritten(sentence(_without_and(text)), _why(earlier), earlier.kept())


def _pronoun(read: Asked, earlier: Earlier) -> Rewritten | None:
    """What "it", "that" or "its" means."""
    if not earlier.it:
        return None
    if its := _ITS.match(read.text):
        return Rewritten(
            sentence(f"{its['lead']} the {its['rest']} of {earlier.context or earlier.it}"),
            _why(earlier),
            earlier.kept(),
        )
    match = _IT.match(read.text)
    if match and match["it"].lower() != "it":
        match = _THAT.match(read.text)
    match = match or _AT_THE_END.match(read.text)
    if match is None or _EXPLETIVE.search(read.text):
        return None
    start, end = match.span("it")
    if any(name.start < start for name in read.names) or _NOUN_BEFORE.search(read.text[:start]):
        return None
    names = tuple(name for name in read.names if name.start > start)
    compares = bool(names or _stage(read.text)) and _COMPARES.search(read.text)
    means = (_definition(earlier) if compares else "") or _meant(read, earlier)
    why = f"“{match['it']}” was taken to mean {means}"
    if compares:
        return _comparison(read, (start, end), means, earlier, why)
    text = f"{_with_stage(read.text[:start], earlier)}{means}{_with_stage(read.text[end:], earlier)}"
    kept = earlier.kept_unless_named(names) if names else earlier.kept()
    return Rewritten(sentence(_without_and(text)), why, _with_counterpart(read, earlier, kept))


def _meant(read: Asked, earlier: Earlier) -> str:
    """What "it" stands for in this question: a term to define, a rule, or what was asked about."""
    if re.match(r"(?:and\s+)?(?:define|what\s+does)\b", read.text, re.IGNORECASE) and not read.names:
        return earlier.topic or earlier.it
    if is_actor(earlier.asked.topic):  # "it" is not a person, but what is said of one
        of_a_rule = _OF_A_RULE.search(read.text) and earlier.context
        return earlier.context if of_a_rule else f"the definition of {earlier.asked.whole_topic}"
    return earlier.it


def _comparison(read: Asked, span: tuple[int, int], means: str, earlier: Earlier, why: str) -> Rewritten:
    """Of what was asked about with what the follow-up names, each with its release number, so that both are asked."""
    text, kept = read.text, earlier.kept() or ()
    own = next((earlier.documents[i] for i in kept if i in earlier.documents), None)
    stage = _stage(text)
    other = earlier.of_stage(stage[1]) if stage else earlier.document_of(read.names[-1].words)
    if own and other and own.release_numbers and other.release_numbers and own != other:
        if stage:
            text = _with_stage(text, earlier)
        else:
            name = read.names[-1]
            number = "" if other.release_numbers[0] in name.words else f" ({other.release_numbers[0]})"
            text = f"{text[: name.end]}{number}{text[name.end :]}"
        means = means if own.release_numbers[0] in means else f"{means} ({own.release_numbers[0]})"
    both = tuple(d.id for d in (own, other) if d) if own and other else None
    asked = f"{text[: span[0]]}{means}{text[span[1] :]}"
    return Rewritten(sentence(_without_and(asked)), why, both)


def _definition(earlier: Earlier) -> str:
    """The definition that the question before asked for, with whose it is; "" where it asked for none."""
    term = analyse(earlier.asked.text, earlier.documents.values()).subject
    if not term or not _DEFINES.search(earlier.asked.text):
        return ""
    return f"the definition of {term}" + (f" in {earlier.context}" if earlier.context else "")


def _noun(read: Asked, earlier: Earlier) -> Rewritten | None:
    """What "the rule", "these requirements" or "the proposal" means."""
    match = _BACK.search(read.text)
    if match is None or read.names or not earlier.it:
        return None
    bare = match["noun"].lower()
    if match["after"] and _OF_ITS_OWN.match(match["after"]):
        return None
    if not match["these"] and not _THE_RULE.match(bare):
        return None
    if not match["these"] and re.match(r"\s+of\b", read.text[match.end() :]):
        return None
    kept = _with_counterpart(read, earlier, earlier.kept())
    text = _with_stage(read.text, earlier)
    if text == read.text:
        means = earlier.context if _THE_RULE.match(bare.rstrip("s")) or bare.startswith("amend") else earlier.it
        if bare in ("requirements", "provisions", "amendments") and earlier.context:
            means = f"the {bare} of {earlier.context}"
        if not means:
            return None
        text = f"{read.text[: match.start()]}{means}{match['after'] or ''}{read.text[match.end() :]}"
    return Rewritten(sentence(_without_and(text)), _why(earlier), kept)


def _stage(read_text: str) -> tuple[re.Match[str], Kind] | None:
    for match in _BACK.finditer(read_text):
        noun = match["noun"].lower()
        if match["after"] and _OF_ITS_OWN.match(match["after"]):
            continue
        if match["proposed"] or noun == "proposal":
            return match, Kind.PROPOSED_RULE
        if match["adopted"] or noun == "adoption":
            return match, Kind.FINAL_RULE
    return None


def _with_stage(text: str, earlier: Earlier) -> str:
    """The text with "the proposal" or "the final rule" called by its name."""
    found = _stage(text)
    document = earlier.of_stage(found[1]) if found else None
    if not found or not document:
        return text
    match = found[0]
    return f"{text[: match.start()]}{earlier.called(document)}{match['after'] or ''}{text[match.end() :]}"


def _with_counterpart(read: Asked, earlier: Earlier, kept: tuple[str, ...] | None) -> tuple[str, ...] | None:
    found = _stage(read.text)
    document = earlier.of_stage(found[1]) if found else None
    if document is None or kept is None:
        return (document.id,) if document else kept
    return tuple(dict.fromkeys((*kept, document.id))) if _COMPARES.search(read.text) else (document.id,)


def _aspect(read: Asked, earlier: Earlier) -> Rewritten | None:
    """Of what a bare date or cost is: "what is the compliance date?"."""
    match = _ASPECT.match(read.text)
    about = earlier.context or earlier.it
    if match is None or read.names or not about:
        return None
    return Rewritten(sentence(f"{_without_and(read.text)} under {about}"), _why(earlier), earlier.kept())


def _without_and(text: str) -> str:
    return re.sub(r"^(?:(?:and|but|so|then|ok|okay),?\s+)+", "", text, flags=re.IGNORECASE)


def _why(earlier: Earlier) -> str:
    return f"the question before was about {earlier.context or earlier.it}"
