"""What is true of the two releases of Regulation Quiet Hours: its changes, its answers, its traps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one provision between the two releases: gold for ``reglens compare``.

    Attributes:
        topic: the provision, in a reader's words.
        status: ``added``, ``removed``, ``changed`` or ``unchanged``.
        proposed: words that stand on a page of the proposing release; ``""`` if added.
        adopted: words that stand on a page of the adopting release; for a removal, the words that say so.
        reason: words of the adopting release that give the reason; ``""`` if none is needed.
    """

    topic: str
    status: str
    proposed: str
    adopted: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """A question with the words that answer it in each release; ``""`` where a release does not say."""

    question: str
    proposed: str
    adopted: str


CHANGES = (
    RuleChange(
        "message threshold of the definition of quiet-hours dealer",
        "changed",
        "more than 5,000 retail customers",
        "more than 10,000 retail customers",
        "a firm just above 5,000 customers would spend most of its compliance budget on software",
    ),
    RuleChange(
        "definition of prompt message",
        "changed",
        "Prompt message means any electronic message",
        "The term does not include a service message",
        "customers could miss a margin call or a fraud alert",
    ),
    RuleChange(
        "compliance period",
        "changed",
        "six months after the effective date",
        "twelve months after the effective date",
        "six months would force firms to change their systems during the year-end freeze",
    ),
    RuleChange(
        "written request of the customer",
        "added",
        "",
        "has asked in writing to receive prompt messages during quiet hours",
        "some customers live in one time zone and work at night in another",
    ),
    RuleChange(
        "monthly log on Form QH",
        "removed",
        "file with the Commission a log on Form QH",
        "we are not adopting the monthly log",
        "the log would repeat information that examiners can already obtain from the records",
    ),
    RuleChange("quiet hours", "unchanged", "9:00 p.m. to 7:00 a.m.", "9:00 p.m. to 7:00 a.m.", ""),
    RuleChange("record retention", "unchanged", "preserve for five years", "preserve for five years", ""),
)

QUESTIONS = (
    RuleQuestion(
        "Who is a quiet-hours dealer?",
        "a broker or dealer that sent prompt messages to more than 5,000 retail customers",
        "a broker or dealer that sent prompt messages to more than 10,000 retail customers",
    ),
    RuleQuestion(
        "By when must a firm comply?",
        "no later than six months after the effective date",
        "no later than twelve months after the effective date",
    ),
    RuleQuestion(
        "What must a dealer disclose?",
        "The payments that the dealer receives for orders placed within 30 minutes",
        "The payments that the dealer receives for orders placed within 30 minutes",
    ),
    RuleQuestion(
        "What would the collection of information cost?",
        "4,800 hours and $1,968,000",
        "2,400 hours and $1,008,000",
    ),
    RuleQuestion("May a customer ask for messages at night?", "", "has asked in writing"),
    RuleQuestion("What does the rule say about crypto assets?", "", ""),
)

TRAPS = (
    "A. for reference marks an order that may wait for the next day",  # follows "see rule 305." at a line end
    "II. of this release",  # follows "discussed in Part" at a line end
    "1. of its annex",  # follows "see table" at a line end
)
"""Words that begin a printed line and look like a heading, but are the middle of a sentence."""
