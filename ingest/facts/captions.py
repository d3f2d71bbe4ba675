"""The head of a release: the labelled paragraphs of its caption, and what stands above them. Pure.

Layout as the Office of the Federal Register prescribes it (Document Drafting Handbook): agency, CFR parts,
numbers and title, then AGENCY, ACTION, SUMMARY, DATES, ADDRESSES, FOR FURTHER INFORMATION CONTACT and
SUPPLEMENTARY INFORMATION. Labels are printed in capitals, on older web pages also as "Agency:".
"""

import re
from dataclasses import dataclass

HEAD_CHARS = 20_000
_MASTHEAD_CHARS = 1500
_FIRST_LABEL_BY = 6000
_BEFORE = re.compile(r"BILLING\s+CODE\s+[\w-]+", re.IGNORECASE)  # ends the document before, on a shared page
_LABELS = {
    "agency": ("AGENCY", "AGENCIES"),
    "action": ("ACTION", "ACTIONS"),
    "summary": ("SUMMARY",),
    "dates": ("DATES", "DATE", "EFFECTIVE DATE", "EFFECTIVE DATES"),
    "addresses": ("ADDRESSES", "ADDRESS"),
    "contact": ("FOR FURTHER INFORMATION CONTACT", "FOR FURTHER INFORMATION", "FOR MORE INFORMATION CONTACT"),
    "supplementary": ("SUPPLEMENTARY INFORMATION",),
}


def _label_pattern() -> re.Pattern[str]:
    """Labels in capitals anywhere, white space between their letters or not; capitalised ones begin a line."""
    names = [(name, label) for name, labels in _LABELS.items() for label in labels]
    capitals = [r"\s?".join(label.replace(" ", "")) for _, label in names]
    written = [label.title().replace(" ", r"\s+") for _, label in names]
    return re.compile(
        rf"\b(?P<capitals>{'|'.join(capitals)})\s?:|^[ \t]*(?P<written>{'|'.join(written)})[ \t]?:", re.MULTILINE
    )


_LABEL = _label_pattern()
_PART = {label.replace(" ", ""): name for name, labels in _LABELS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class Caption:
    """The head of a release; a part that is not there is "".

    Attributes:
        masthead: what stands above "AGENCY:": who, which CFR parts, numbers, title.
        start: offset of its first label.
        action: the words after "ACTION:", such as "Final rule; request for comment".
        dates: with its label, because "EFFECTIVE DATE:" says more than "DATES:".
    """

    masthead: str
    start: int = 0
    agency: str = ""
    action: str = ""
    summary: str = ""
    dates: str = ""


def read_caption(head: str) -> Caption | None:
    """The caption in the first characters of a document, or None when there is none.

    Args:
        head: at least :data:`HEAD_CHARS` of the body, with "-" for every hyphen.
    """
    labels = _labels(head[:HEAD_CHARS])
    found = {name for name, _, _ in labels}
    if not labels or labels[0][1] > _FIRST_LABEL_BY or not {"summary", "dates"} & found:
        return None
    if not {"agency", "action"} & found and not re.search(r"\bRelease\s+No", head[: labels[0][1]], re.IGNORECASE):
        return None
    parts: dict[str, str] = {}
    ends = [start for _, start, _ in labels[1:]] + [min(len(head), labels[-1][2] + 1000)]
    for (name, start, end), next_start in zip(labels, ends, strict=True):
        parts.setdefault(name, head[start if name == "dates" else end : next_start].strip())
    masthead = _BEFORE.split(head[: labels[0][1]])[-1]
    if "agency" not in found:
        masthead = masthead[:_MASTHEAD_CHARS]
    wanted = {name: parts[name] for name in ("agency", "action", "summary", "dates") if name in parts}
    return Caption(masthead, labels[0][1], **wanted)


def _labels(head: str) -> list[tuple[str, int, int]]:
    """(part, start of the label, end of it), up to SUPPLEMENTARY INFORMATION; the first of each part."""
    found: list[tuple[str, int, int]] = []
    seen: set[str] = set()
    for match in _LABEL.finditer(head):
        printed = match["capitals"] or match["written"]
        name = _PART["".join(printed.split()).upper()]
        if name == "supplementary":
            found.append((name, match.start(), match.end()))
            break
        if name not in seen:
            seen.add(name)
            found.append((name, match.start(), match.end()))
    return found
