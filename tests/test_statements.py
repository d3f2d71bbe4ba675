"""What releases state about other documents, in words of our own."""

import pytest

from corpus.records import Kind
from ingest.facts.statements import stated_lineage

FILE = {"file_numbers": ("S7-12-06",), "release_numbers": ("34-96212",)}


def stated(
    text: str, title: str = "Amendments to Regulation Quiet", kind: Kind = Kind.FINAL_RULE, **fields: object
) -> object:
    return stated_lineage(text, kind, title, FILE | fields)


OWN = """
See Exchange Act Release No. 94154 (July 14, 2006), 71 FR 41710 (“Proposing Release”). | adopts 34-94154
See Release Nos. 33-98762; 34-94976 (Dec. 19, 2006) [71 FR 76580] (the “Proposing Release”). | adopts 33-98762
Investment Company Act Release No. 99610 (May 20, 2015) (“Proposal” or “Proposing Release”). | adopts IC-99610
See 80 FR 69,786 (Nov. 10, 2015) (``Proposing Release''). | adopts 80 FR 69786
See 80 FR 69786 (Nov. 10, 2015) (‘‘Proposing Release’’). | adopts 80 FR 69786
Exchange Act Release No. 90103 (July 28, 2004) (“2004 Regulation Quiet Adopting Release”). | amends 34-90103
Release No. 34-90103 (July 28, 2004) (“Adopting Release”). Release No. 34-94154 (July 14, 2006) (“Proposal”). \
 | amends 34-90103, adopts 34-94154
We proposed these amendments in May 2006. See Release No. 33-98401 (May 16, 2006) [71 FR 1]. | adopts 33-98401
The rules were proposed in Exchange Act Release No. 98401 (May 16, 2006). | adopts 34-98401
Exchange Act Release No. 99809 (June 4, 2006), 71 FR 32784, [File No. S7-12-06]. | adopts 34-99809
"""
NOT_OWN = """
another rulemaking's | See Exchange Act Release No. 99490 (May 1, 2013) (“Cross-Border Proposing Release”).
older than the file | See Exchange Act Release No. 98709 (Oct. 28, 2003) (“2003 Proposing Release”).
of no known series | See Release No. 2011 (May 1, 2006) (“Proposing Release”).
the document itself | [Release No. 34-96212, File No. S7-12-06]
named, not defined | Commenters on Release No. 34-91111 asked for more. The Proposing Release was long.
reopens, not proposes | Exchange Act Release No. 99809 (June 4, 2006) (re-opening comment), [File No. S7-12-06].
"""


@pytest.mark.parametrize("row", OWN.replace("\\\n", "").strip().split("\n"))
def test_short_names_tell_what_a_final_rule_builds_on(row: str) -> None:
    text, _, links = row.rpartition(" | ")
    assert stated(text) == tuple(tuple(link.split(" ", 1)) for link in links.split(", "))


@pytest.mark.parametrize("row", NOT_OWN.strip().split("\n"))
def test_other_releases_are_not_what_it_builds_on(row: str) -> None:
    assert stated(row.split(" | ")[1]) == ()


def test_a_proposal_older_than_an_adoption_that_is_built_on_was_adopted_there() -> None:
    text = (
        "Exchange Act Release No. 93085 (July 28, 2006) (“Proposing Release”); Exchange Act Release No. 93591 "
        "(Nov. 17, 2006) (“Adopting Release”)."
    )
    assert stated(text) == (("amends", "34-93591"),)


def test_of_dated_proposals_the_latest_is_adopted_and_bare_names_come_first() -> None:
    two = (
        "Release No. 34-98940 (July 1, 2008) (“2008 Proposing Release”); "
        "Release No. 34-99186 (Feb. 9, 2011) (“2011 Proposing Release”)."
    )
    assert stated(two) == (("adopts", "34-99186"),)
    assert stated(f"{two} See Release No. 34-97777 (May 1, 2010) (“Proposing Release”).") == (("adopts", "34-97777"),)


def test_initials_of_the_title_are_words_of_the_title() -> None:
    text = "Release No. IC-33140 (June 28, 2018) (“2018 QTF Proposing Release”)."
    assert stated(text, "Quiet-Traded Funds") == (("adopts", "IC-33140"),)
    assert stated(text, "Funds That Trade") == ()


CAPTION = "AGENCY: Securities and Exchange Commission.\nACTION: {action}\nSUMMARY: {summary}\n\nDATES: None.\n"


@pytest.mark.parametrize(
    ("action", "summary", "kind", "link"),
    [
        (
            "Final rule; technical correction.",
            "This document corrects rules adopted in Release No. 33-90618 (March 20, 2019), published at 84 FR 12674.",
            Kind.FINAL_RULE, ("corrects", "33-90618"),
        ),
        (
            "Final rule; correction.", "We published a document on March 26, 2020 (85 FR 17178). It erred.",
            Kind.FINAL_RULE, ("corrects", "85 FR 17178"),
        ),
        (
            "Proposed rule; extension of comment period.", "We give time for Release No. IA-96240 (Feb. 15, 2023).",
            Kind.PROPOSED_RULE, ("extends", "IA-96240"),
        ),
        (
            "Proposed rule; withdrawal.", "We withdraw what Exchange Act Release No. 95342 (July 1, 2015) proposed.",
            Kind.PROPOSED_RULE, ("withdraws", "34-95342"),
        ),
    ],
)  # fmt: skip
def test_what_is_corrected_extended_or_withdrawn(action: str, summary: str, kind: Kind, link: tuple[str, str]) -> None:
    text = CAPTION.format(action=action, summary=summary)
    assert link in stated(text, "Quiet Hours", kind, action=action)  # type: ignore[operator]


def test_a_proposal_proposes_again_or_on_what_a_concept_release_asked() -> None:
    text = (
        "We are re-proposing the rule. See Exchange Act Release No. 94154 (July 14, 2006) (“Proposing Release”) and "
        "Exchange Act Release No. 91358 (Jan. 14, 2005) (“Concept Release”)."
    )
    assert stated(text, "Quiet Hours", Kind.PROPOSED_RULE) == (("reproposes", "34-94154"), ("proposes", "34-91358"))
    once = text.replace("re-proposing", "proposing")
    assert stated(once, "Quiet Hours", Kind.PROPOSED_RULE) == (("proposes", "34-91358"),)


def test_a_letter_states_no_lineage() -> None:
    assert stated("Release No. 34-94154 (“Proposing Release”)", kind=Kind.COMMENT_LETTER) == ()
