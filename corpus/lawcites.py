"""Mentions of law: sections of the CFR and of the US Code, rules, regulations, sections of Acts. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.grammar import (
    BLANK,
    LABEL,
    LETTERED,
    PARAGRAPHS,
    RULE_NUMBER,
    Item,
    Mention,
    continued,
    item_pattern,
    read_items,
    squeezed,
)
from corpus.rulebook import ACT, OTHER_ACT, OTHER_MAKERS, REGULATION, SEC_PARTS, act_name, regulation_name
from corpus.structure import ReferenceKind

_SECTION = r"(?:§+|[Ss]ec(?:tion|\.)s?)"
_CFR = re.compile(rf"(?<![\d.,-])(\d{{1,2}})\s+C\.?\s?F\.?\s?R\.?,?\s*(?:([Pp]arts?|PARTS?)\s+|{_SECTION}\s*)?(?=\d)")
_SIGNED = re.compile(rf"{_SECTION}\s*(?=(\d{{3}})\.\s?\d)")
_CFR_FIRST = item_pattern(rf"\d{{1,4}}(?:\.\s?{RULE_NUMBER}|(?!\w|\.\d|,\d|-\d))")
_CFR_FURTHER = item_pattern(
    rf"\d{{3,4}}\.\s?{RULE_NUMBER}|{LETTERED}(?![\w-])|\d{{3}}[A-Z]?(?![\w%-]|[.,]\d)", r"(?:§+\s*)?"
)
_PART = item_pattern(r"\d{1,4}(?!\w|\.\d|,\d|-\d)")
_BARE_PART = re.compile(rf"\b[Pp]art{BLANK}(\d{{3}})(?![\w%(]|[.,]\d|-\d)")
_BARE_CFR = re.compile(rf"(?<![\d.$,-])(?P<number>2\d\d\.{RULE_NUMBER})(?P<paragraphs>{PARAGRAPHS})")
_USC = re.compile(rf"(?<![\d.,-])(\d{{1,2}})\s+U\.?\s?S\.?\s?C\.?(?:\s?A\.)?\s*(?:{_SECTION}\s*)?(?=\d)")
_USC_SUFFIX = r"(?:-\s?\d{1,2}[a-z]?)?(?![\w%]|,\d|-\s"
_USC_FIRST = item_pattern(rf"7[789]\s[a-z](?=\s?[)\](,;.])|\d{{1,5}}[a-z]{{0,4}}{_USC_SUFFIX})")
_USC_FURTHER = item_pattern(
    rf"(?!(?:19|20)\d\d\b)(?:\d{{3,5}}|\d{{1,5}}[a-z]{{1,4}}){_USC_SUFFIX}|\.\d)", r"(?:§+\s*)?"
)
_QUALIFIED = r"(?:(?:new|current|existing|final|amended|adopted|revised|(?:re)?proposed)\s+)*"
_PARAGRAPH_OF = re.compile(
    rf"\b(?:sub)?paragraphs?\s+(?P<labels>(?:{LABEL})+(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|through)\s+)(?:{LABEL})+)*)"
    rf"\s+(?:of|to|under|in)\s+(?:the\s+|our\s+)?{_QUALIFIED}$",
    re.IGNORECASE,
)
_BEFORE_CHARS = 110
_BEFORE = re.compile(
    rf"(?:\b|(?<=[a-z])(?=[A-Z]))(?P<book>(?P<act>{ACT})(?:\s*\([“\"](?:the\s+)?[^”\"()]{{1,30}}[”\"]\))?"
    rf"|{OTHER_MAKERS}|{REGULATION},?)(?:['’]s)?\s+(?:Conduct\s+|Marketplace\s+)?{_QUALIFIED}(?:[Pp]articularly\s+)?$"
)
_NO_TITLE = r"(?!\s+(?:[Rr]el|[Rr]ule|Reform))"  # "the Securities Act Reform Release" is no Act
_AFTER = re.compile(
    rf",?\s+(?:(?:of|under)\s+(?:the\s+)?(?P<book>(?P<act>{ACT}){_NO_TITLE}|{REGULATION})"
    r"|of\s+(?:the\s+|our\s+|its\s+)?(?:(?:Commission|SEC)['’]s\s+)?Rules\s+of\s+Practice)"
)
_RULES_OF_PRACTICE = "Rules of Practice"
_RULE = re.compile(rf"\b(?:[Rr]ule|RULE)(s|S)?{BLANK}?(of\s+Practice\s+)?(?=\d|[A-Z]-\d)")
_RULE_ITEM = item_pattern(RULE_NUMBER)
_OTHER_ITEM = item_pattern(r"(?:[A-Z]{1,2}-)?\d{1,5}(?:\.\d{1,2}){0,2}[A-Za-z]?(?![\w%]|,\d|-\d)")
_ITEM = re.compile(rf"\bItem(s)?{BLANK}(?=\d)")
_ITEM_ITEM = item_pattern(r"\d{1,4}[A-Z]?(?!\w|\.\d|-\d|,\d)")
_BARE_RULE = re.compile(rf"(?<![\d.\-A-Za-z])(?P<number>{LETTERED})(?![\w-])(?P<paragraphs>{PARAGRAPHS})")
_REGULATION = re.compile(rf"\b{REGULATION}")
_STATUTE = re.compile(rf"\b[Ss]ec(?:tion|\.)(s)?{BLANK}(?=\d)")
_STATUTE_ITEM = item_pattern(r"\d{1,4}[A-Za-z]{0,2}(?:-\d)?(?![\w%]|\.\w|-\w|,\d)")
_OWN_HEADING = re.compile(r"(?<=\n)S[Ee][Cc](?:\.|TION) \d+[A-Z]?\.\s+[A-Z]")  # "Sec. 626. Intermediate companies."
_CODE_NOTE = r"(?:\s*\d{0,4}\s*[\[(]\d+ U\.?S\.?C[^\])]{0,60}(?:\([^)]{0,6}\)[^\])]{0,30}){0,4}[\])])?"
_OF_ACT = re.compile(
    rf"{_CODE_NOTE}\s+(?:of|under)\s+(?:[Tt]itle\s+[IVX]+\s+of\s+)?(?:the\s+)?"
    rf"(?P<act>{ACT}\b{_NO_TITLE}|(?:Act|Code)\b(?! of)|{OTHER_ACT})"
)
_NO_STATUTE = re.compile(
    r"\s+(?:of|in|to|on)\s+(?:this\b|(?:the\s+|our\s+)?(?:[\w.-]+\s+){0,3}?(?:Form|Schedule|Appendix|[Rr]eleases?|[Rr]ules?"
    r"|[Rr]egulations?|[Gg]uidelines|Codification|Guide|Handbook|Manual|Standards?|Plan|Agreement|Report|By-?[Ll]aws"
    r"|Constitution|Charter|Instructions?)\b)|,?\s*(?:above|below|supra|infra)\b"
)
_ACRONYM = re.compile(r"\b(?!SEE|THE|AND|UNDER|OF|IN|TO|SEC)([A-Z]{2,6})\s+$")  # "FCRA section 624"
_PUBLIC_LAW = re.compile(r"\bPub(?:\.|lic)\s*L(?:\.|aw)\s*(?:Nos?\.?\s*)?(\d{2,3}-\s?\d{1,4})\b")


def find_law(text: str) -> Iterator[Mention]:
    """Mentions of law in a plain text, those that are surest first; a later one may lie within an earlier one."""
    yield from _cfr(text)
    yield from _usc(text)
    yield from _statutes(text)
    yield from _rules(text)
    yield from _items(text)
    yield from _bare(text)
    for match in _REGULATION.finditer(text):
        name = regulation_name(match["regulation"])
        yield Mention(ReferenceKind.RULE, match.start(), match.end(), name, "")


def _bare(text: str) -> Iterator[Mention]:
    """Numbers that look like law, without a word that says so."""
    for match in _BARE_RULE.finditer(text):
        yield _single(ReferenceKind.RULE, match, "")
    for match in _BARE_CFR.finditer(text):
        named = bool(match["paragraphs"]) or "-" in match["number"]
        yield replace(_single(ReferenceKind.CFR, match, "17 CFR"), named=named)
    for match in _BARE_PART.finditer(text):
        yield Mention(ReferenceKind.CFR, match.start(), match.end(), "17 CFR", match[1], named=False)


def _single(kind: ReferenceKind, match: re.Match[str], book: str) -> Mention:
    number, paragraphs = squeezed(match["number"]), squeezed(match["paragraphs"])
    return Mention(kind, match.start(), match.end(), book, number, paragraphs, named=False)


def _mentions(
    kind: ReferenceKind, book: str, items: Sequence[Item], start: int, end: int | None = None
) -> list[Mention]:
    """One mention for each item; the first begins at ``start``, and the last ends at ``end``, where that is further."""
    found = [Mention(kind, item.start, item.end, book, item.number, item.paragraphs) for item in items]
    if found:
        found[0] = replace(found[0], start=start)
        found[-1] = replace(found[-1], end=end or found[-1].end)
    return found


def _led(text: str, mentions: list[Mention]) -> list[Mention]:
    """With the words before: "paragraphs (a)(1) and (b) of" the first mention are two mentions of it."""
    shift = max(mentions[0].start - _BEFORE_CHARS, 0) if mentions else 0
    lead = _PARAGRAPH_OF.search(text[shift : mentions[0].start]) if mentions else None
    if not lead:
        return mentions
    first, labels = mentions[0], ""
    found: list[Mention] = []
    printed = list(re.finditer(rf"(?:{LABEL})+", lead["labels"]))
    for n, match in enumerate(printed):
        printed_labels = squeezed(match[0])
        labels = continued(labels, printed_labels) or printed_labels
        start = shift + (lead.start() if n == 0 else lead.start("labels") + match.start())
        end = first.end if n + 1 == len(printed) else shift + lead.start("labels") + match.end()
        found.append(replace(first, start=start, end=end, paragraphs=first.paragraphs + labels))
    return found + mentions[1:]


def _cfr(text: str) -> Iterator[Mention]:
    for match in _CFR.finditer(text):
        items = read_items(text, match.end(), _CFR_FIRST, _PART if match[2] else _CFR_FURTHER, plural=True)
        items = items if match[2] else list(_with_parts(items))
        yield from _led(text, _mentions(ReferenceKind.CFR, f"{match[1]} CFR", items, match.start()))
    for match in _SIGNED.finditer(text):
        if int(match[1]) in SEC_PARTS:
            items = list(_with_parts(read_items(text, match.end(), _CFR_FIRST, _CFR_FURTHER, plural=True)))
            yield from _led(text, _mentions(ReferenceKind.CFR, "17 CFR", items, match.start()))


def _with_parts(items: Sequence[Item]) -> Iterator[Item]:
    """A number without its part ("240.13e-1, 13e-3", "230.135, 145") is of the part before, if it looks like it."""
    part, number = "", ""
    for item in items:
        if "." in item.number:
            part, _, number = item.number.partition(".")
            yield item
        elif not part:
            yield item
            return
        elif item.number.isdigit() == number.isdigit():
            yield replace(item, number=f"{part}.{item.number}")
        else:
            return


def _usc(text: str) -> Iterator[Mention]:
    for match in _USC.finditer(text):
        items = read_items(text, match.end(), _USC_FIRST, _USC_FURTHER, plural=True)
        yield from _mentions(ReferenceKind.USC, f"{match[1]} U.S.C.", items, match.start())


def _rules(text: str) -> Iterator[Mention]:
    for match in _RULE.finditer(text):
        before = _BEFORE.search(text[max(match.start() - _BEFORE_CHARS, 0) : match.start()])
        book = _book(before) if before else _RULES_OF_PRACTICE if match[2] else ""
        item = _OTHER_ITEM if before and not before["act"] and not before["regulation"] else _RULE_ITEM
        items = read_items(text, match.end(), item, item, plural=match[1] is not None)
        after = _AFTER.match(text, items[-1].end) if items and not book else None
        start = match.start() - len(before[0]) if before else match.start()
        mentions = _mentions(ReferenceKind.RULE, _book(after) if after else book, items, start, after and after.end())
        yield from _led(text, mentions)


def _items(text: str) -> Iterator[Mention]:
    """Items of Regulations S-K, S-B, M-A and AB; those of forms are no law."""
    for match in _ITEM.finditer(text):
        before = _BEFORE.search(text[max(match.start() - _BEFORE_CHARS, 0) : match.start()])
        items = read_items(text, match.end(), _ITEM_ITEM, _ITEM_ITEM, plural=match[1] is not None)
        named = before or (_AFTER.match(text, items[-1].end) if items else None)
        if named and named["regulation"]:
            start, end = (match.start() - len(before[0]), None) if before else (match.start(), named.end())
            yield from _led(text, _mentions(ReferenceKind.RULE, _book(named), items, start, end))


def _book(match: re.Match[str]) -> str:
    """An Act's or a regulation's usual name; another rule maker's as printed."""
    if match["act"]:
        return act_name(match["act"])
    if match["regulation"]:
        return regulation_name(match["regulation"])
    return " ".join(match["book"].split()) if match["book"] else _RULES_OF_PRACTICE


def _statutes(text: str) -> Iterator[Mention]:
    for match in _STATUTE.finditer(text):
        items = read_items(text, match.end(), _STATUTE_ITEM, _STATUTE_ITEM, plural=match[1] is not None)
        if not items or _OWN_HEADING.match(text, match.start()):
            continue
        if place := _act_of(text, match.start(), items[-1].end):
            book, start, end = place
            yield from _led(text, _mentions(ReferenceKind.STATUTE, book, items, start, end))
    for match in _PUBLIC_LAW.finditer(text):
        yield Mention(ReferenceKind.STATUTE, match.start(), match.end(), "Pub. L.", squeezed(match[1]))


def _act_of(text: str, start: int, end: int) -> tuple[str, int, int | None] | None:
    """The Act named around ``text[start:end]``, and the span with its name; None when it is no section of an Act."""
    before = _BEFORE.search(text[max(start - _BEFORE_CHARS, 0) : start])
    if before and before["act"]:
        return act_name(before["act"]), start - len(before[0]), None
    if after := _OF_ACT.match(text, end):
        return act_name(after["act"]), start, after.end()
    if _NO_STATUTE.match(text, end):
        return None
    if acronym := _ACRONYM.search(text[max(start - 9, 0) : start]):
        return act_name(acronym[1]), start - len(acronym[0]), None
    return "", start, None
