"""Classes of wordings that bind: what kind, and whether it is in force or only would be."""

import re


def modality_of(wording: str) -> tuple[str, bool]:
    """Class of a wording, as "duty", "prohibition", "permission" or "advice", and whether it is only proposed.

    "may not" and "would not be able to" prohibit; "need not" and "will not be required to" permit; "should"
    and "is expected to" advise; any other wording that binds is a duty. "would" and "propose" are not yet in force.
    """
    words = " ".join(re.findall(r"[a-z']+", wording.lower().replace("_", " ").replace("’", "'")))
    would_be = re.search(r"\bwould\b|\bpropos", words) is not None
    return next((kind for kind, pattern in _CLASSES if pattern.search(words)), "duty"), would_be


_NOT = r"(?:not|n't)\b(?: \w+){0,2}? "
_NEED_NOT = rf"{_NOT}(?:required|require|expected|need|have)\b|\bneed not\b|\bneedn't|\bexcuse|\bexempt"
_MAY_NOT = rf"\b(?:may|must|shall|can|will|should|would|could) not\b|{_NOT}(?:permitted|allowed|able)\b"
_CLASSES = (
    ("permission", re.compile(_NEED_NOT)),
    ("prohibition", re.compile(rf"{_MAY_NOT}|\bcannot\b|\bprohibit|\bforbid")),
    ("permission", re.compile(r"\bmay\b|\bcan\b|\bcould\b|\bpermi|\ballow|\bable to\b")),
    ("advice", re.compile(r"\bshould\b|\bexpect|\brecommend|\bencourag|\badvi[cs]e")),
)
