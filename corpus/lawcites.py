"""Mentions of law: sections of the CFR and of the US Code, rules, regulations, sections of Acts. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.grammar import BLANK, LABEL, LETTERED, PARAGRAPHS, RULE_NUMBER, Item, Mention, continued, item_pattern, read_items
from corpus.rulebook import ACT, OTHER_ACT, REGULATION, SEC_PARTS, SELF_REGULATORS, act_name, regulation_name
from corpus.structure import ReferenceKind

_SECTION = r"(?:§+|[Ss]ec(?:tion|\.)s?)"
_CFR = re.compile(rf"(?<![\d.,-])(\d{{1,2}})\s+C\.?\s?F\.?\s?R\.?,?\s*(?:([Pp]arts?|PARTS?)\s+|{_SECTION}\s*)?(?=\d)")
_SIGNED = re.compile(rf"{_SECTION}\s*(?=(\d{{3}})\.\s?\d)")
_BARE_CFR = re.compile(rf"(?<![\d.$,-])(?P<number>2\d\d\.{RULE_NUMBER})(?P<paragraphs>{PARAGRAPHS})")
_CFR_FIRST = item_pattern(rf"\d{{1,4}}(?:\.\s?{RULE_NUMBER}|(?!\w|\.\d|,\d|-\d))")
_CFR_FURTHER = item_pattern(rf"\d{{3,4}}\.\s?{RULE_NUMBER}|{LETTERED}(?![\w-])|\d{{3}}[A-Z]?(?![\w%-]|[.,]\d)", r"(?:§+\s*)?")
_PART = item_pattern(r"\d{1,4}(?!\w|\.\d|,\d|-\d)")
_BARE_PART = re.compile(rf"\b[Pp]art{BLANK}(\d{{3}})(?![\w%(]|[.,]\d|-\d)")
_USC = re.compile(rf"(?<![\d.,-])(\d{{1,2}})\s+U\.?\s?S\.?\s?C\.?(?:\s?A\.)?\s*(?:{_SECTION}\s*)?(?=\d)")
_USC_FIRST = item_pattern(r"7[789]\s[a-z](?=\s?[)\](,;.])|\d{1,5}[a-z]{0,4}(?:-\s?\d{1,2}[a-z]?)?(?![\w%]|,\d|-\s)")
_USC_FURTHER = item_pattern(
    r"(?!(?:19|20)\d\d\b)(?:\d{3,5}|\d{1,5}[a-z]{1,4})(?:-\s?\d{1,2}[a-z]?)?(?![\w%]|,\d|\.\d)", r"(?:§+\s*)?"
)
_QUALIFIED = r"(?:(?:new|current|existing|final|amended|adopted|revised|(?:re)?proposed)\s+)*"
_PARAGRAPH_OF = re.compile(
    rf"\b(?:[Ss]ub)?[Pp]aragraphs?\s+(?=\()(?P<labels>(?:{LABEL})+(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|through)\s+)"
    rf"(?:{LABEL})+)*)\s+(?:of|to|under|in)\s+(?:the\s+|our\s+)?{_QUALIFIED}$",
    re.IGNORECASE,
)
_RULE = re.compile(rf"\b(?:[Rr]ule|RULE)(s|S)?{BLANK}?(of\s+Practice\s+)?(?=\d|[A-Z]-\d)")
_RULE_ITEM = item_pattern(RULE_NUMBER)
_SELF_REGULATORS_ITEM = item_pattern(r"(?:[A-Z]{1,2}-)?\d{1,5}(?:\.\d{1,2}){0,2}[A-Za-z]?(?![\w%]|,\d|-\d)")
_ITEM = re.compile(rf"\bItem(s)?{BLANK}(?=\d)")
_ITEM_ITEM = item_pattern(r"\d{1,4}[A-Z]?(?!\w|\.\d|-\d|,\d)")
_BEFORE = re.compile(
    rf"(?:\b|(?<=[a-z])(?=[A-Z]))(?P<book>(?P<act>{ACT})(?:\s*\([“\"](?:the\s+)?[^”\"()]{{1,30}}[”\"]\))?|{SELF_REGULATORS}(?:\s+(?=Conduct|Marketplace))?|{REGULATION},?)"
    rf"(?:['’]s)?\s+(?:Conduct\s+|Marketplace\s+)?{_QUALIFIED}(?:[Pp]articularly\s+)?$"
)
_AFTER = re.compile(
    rf",?\s+(?:(?:of|under)\s+(?:the\s+)?(?P<book>(?P<act>{ACT})(?!\s+(?:[Rr]el|[Rr]ule|Reform))|{REGULATION})"
    rf"|of\s+(?:the\s+|our\s+|its\s+)?(?:(?:Commission|SEC)['’]s\s+)?(?P<practice>Rules\s+of\s+Practice))"
)
_BARE_RULE = re.compile(rf"(?<![\d.\-A-Za-z])(?P<number>{LETTERED})(?![\w-])(?P<paragraphs>{PARAGRAPHS})")
_REGULATION = re.compile(rf"\b{REGULATION}")
_STATUTE = re.compile(rf"\b[Ss]ec(?:tion|\.)(s)?{BLANK}(?=\d)")
_STATUTE_ITEM = item_pattern(r"\d{1,4}[A-Za-z]{0,2}(?:-\d)?(?![\w%]|\.\w|-\w|,\d)")
_CODE_NOTE = r"(?:\s*\d{0,4}\s*[\[(]\d+ U\.?S\.?C[^\])]{0,60}(?:\([^)]{0,6}\)[^\])]{0,30}){0,4}[\])])?"
_OF_ACT = re.compile(
    rf"{_CODE_NOTE}\s+(?:of|under)\s+(?:(?:title|Title)\s+[IVX]+\s+of\s+)?(?:the\s+)?"
    rf"(?P<act>{ACT}\b(?!\s+(?:[Rr]el|[Rr]ule|Reform))|(?:Act|Code)\b(?! of)|{OTHER_ACT})"
)
_NO_STATUTE = re.compile(
    r"\s+(?:of|in|to|on)\s+(?:this\b|(?:the\s+|our\s+)?(?:[\w.-]+\s+){0,3}?(?:Form|Schedule|Appendix|[Rr]eleases?|[Rr]ules?|[Rr]egulations?|[Gg]uidelines"
    r"|Codification|Guide|Handbook|Manual|Standards?|Plan|Agreement|Report|By-?[Ll]aws|Constitution|Charter|Instructions?)\b)"
    r"|,?\s*(?:above|below|supra|infra)\b"
)
_ACRONYM = re.compile(r"\b(?!SEE|THE|AND|UNDER|OF|IN|TO|SEC)([A-Z]{2,6})\s+$")  # "FCRA section 624"
_PUBLIC_LAW = re.compile(r"\bPub(?:\.|lic)\s*L(?:\.|aw)\s*(?:Nos?\.?\s*)?(\d{2,3}-\s?\d{1,4})\b")
_BEFORE_CHARS = 110


def find_law(text: str) -> Iterator[Mention]:
    """Mentions of law in a plain text, those that are surest first; a later one may lie within an earlier one."""
    yield from _cfr(text)
    yield from _usc(text)
    yield from _statutes(text)
    yield from _rules(text)
    for match in _BARE_RULE.finditer(text):
        yield _single(ReferenceKind.RULE, match, "")
    for match in _BARE_CFR.finditer(text):
        named = bool(match["paragraphs"]) or "-" in match["number"]
        yield replace(_single(ReferenceKind.CFR, match, "17 CFR"), named=named)
    for match in _BARE_PART.finditer(text):
        yield Mention(ReferenceKind.CFR, match.start(), match.end(), "17 CFR", match[1], named=False)
    for match in _REGULATION.finditer(text):
        name = regulation_name(match["regulation"])
        yield Mention(ReferenceKind.RULE, match.start(), match.end(), name, "")


def _single(kind: ReferenceKind, match: re.Match[str], book: str) -> Mention:
    number = "".join(match["number"].split())
    return Mention(kind, match.start("number"), match.end(), book, number, match["paragraphs"].strip(), named=False)


def _mentions(kind: ReferenceKind, book: str, items: Sequence[Item], low: int, high: int | None) -> list[Mention]:
    """One mention for each item; the first begins at ``low``, and the last ends at ``high``, where there is more."""
    found = [Mention(kind, item.start, item.end, book, item.number, item.paragraphs) for item in items]
    if found:
        found[0] = replace(found[0], start=low)
        found[-1] = replace(found[-1], end=high or found[-1].end)
    return found


def _led(text: str, mentions: list[Mention]) -> list[Mention]:
    """With the words before: "paragraphs (a)(1) and (b) of" the first mention are two mentions of it."""
    lead = mentions and _PARAGRAPH_OF.search(text[max(mentions[0].start - _BEFORE_CHARS, 0) : mentions[0].start])
    if not lead:
        return mentions
    first, shift = mentions[0], max(mentions[0].start - _BEFORE_CHARS, 0)
    printed = list(re.finditer(rf"(?:{LABEL})+", lead["labels"]))
    found: list[Mention] = []
    labels = ""
    for n, match in enumerate(printed):
        labels = continued(labels, match[0]) or match[0]
        start = shift + (lead.start() if n == 0 else lead.start("labels") + match.start())
        end = first.end if n + 1 == len(printed) else shift + lead.start("labels") + match.end()
        found.append(replace(first, start=start, end=end, paragraphs=first.paragraphs + labels))
    return found + mentions[1:]


def _cfr(text: str) -> Iterator[Mention]:
    for match in _CFR.finditer(text):
        items = read_items(text, match.end(), _CFR_FIRST, _PART if match[2] else _CFR_FURTHER, plural=True)
        items = items if match[2] else list(_with_parts(items))
        yield from _led(text, _mentions(ReferenceKind.CFR, f"{match[1]} CFR", items, match.start(), None))
    for match in _SIGNED.finditer(text):
        if int(match[1]) in SEC_PARTS:
            items = list(_with_parts(read_items(text, match.end(), _CFR_FIRST, _CFR_FURTHER, plural=True)))
            yield from _led(text, _mentions(ReferenceKind.CFR, "17 CFR", items, match.start(), None))


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
        yield from _mentions(ReferenceKind.USC, f"{match[1]} U.S.C.", items, match.start(), None)


def _rules(text: str) -> Iterator[Mention]:
    for match in _RULE.finditer(text):
        before = _BEFORE.search(text[max(match.start() - _BEFORE_CHARS, 0) : match.start()])
        book = _book(before) if before else "Rules of Practice" if match[2] else ""
        own = before is not None and not before["act"] and not before["regulation"]
        item = _SELF_REGULATORS_ITEM if own else _RULE_ITEM
        items = read_items(text, match.end(), item, item, plural=match[1] is not None)
        if not items:
            continue
        after = None if book else _AFTER.match(text, items[-1].end)
        low = match.start() - len(before[0]) if before else match.start()
        high = after.end() if after else None
        mentions = _mentions(ReferenceKind.RULE, book or (_book(after) if after else ""), items, low, high)
        yield from _led(text, mentions)
    yield from _items(text)


def _items(text: str) -> Iterator[Mention]:
    """Items of Regulations S-K, S-B, M-A and AB; those of forms are no law."""
    for match in _ITEM.finditer(text):
        before = _BEFORE.search(text[max(match.start() - 40, 0) : match.start()])
        items = read_items(text, match.end(), _ITEM_ITEM, _ITEM_ITEM, plural=match[1] is not None)
        named = before or (items and _AFTER.match(text, items[-1].end))
        if items and named and named["regulation"]:
            low = match.start() - len(before[0]) if before else match.start()
            high = None if before else named.end()
            yield from _led(text, _mentions(ReferenceKind.RULE, _book(named), items, low, high))


def _book(match: re.Match[str]) -> str:
    """An Act's or a regulation's usual name; a self-regulator's as printed."""
    if match["act"]:
        return act_name(match["act"])
    if match["regulation"]:
        return regulation_name(match["regulation"])
    return " ".join(match["book"].split()) if match["book"] else "Rules of Practice"


def _statutes(text: str) -> Iterator[Mention]:
    for match in _STATUTE.finditer(text):
        items = read_items(text, match.end(), _STATUTE_ITEM, _STATUTE_ITEM, plural=match[1] is not None)
        if not items:
            continue
        before = _BEFORE.search(text[max(match.start() - _BEFORE_CHARS, 0) : match.start()])
        after = _OF_ACT.match(text, items[-1].end)
        if before and before["act"]:
            low, high, book = match.start() - len(before[0]), None, act_name(before["act"])
        elif after:
            low, high, book = match.start(), after.end(), act_name(after["act"])
        elif _NO_STATUTE.match(text, items[-1].end):
            continue
        else:
            acronym = _ACRONYM.search(text[max(match.start() - 9, 0) : match.start()])
            low, high = match.start() - (len(acronym[0]) if acronym else 0), None
            book = acronym[1] if acronym else ""
        yield from _led(text, _mentions(ReferenceKind.STATUTE, book, items, low, high))
    for match in _PUBLIC_LAW.finditer(text):
        number = "".join(match[1].split())
        yield Mention(ReferenceKind.STATUTE, match.start(), match.end(), "Pub. L.", number)
