"""Captions of every shape, in words of our own, with what a reader finds in them; and the traps beside them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from corpus.records import Kind
from ingest.facts.metadata import Facts, read_facts
from ingest.formats.plain import read_text
from tests.conftest import REAL_FILES, real


def facts(text: str, furniture: str = "", metadata: Mapping[str, str] | None = None) -> Facts:
    return read_facts(text, furniture, metadata or {})


def caption(
    *, numbers: str, action: str = "Final rule.", dates: str = "", title: str = "Quiet Hours", summary: str = ""
) -> str:
    """The head of a release as the agency prints it today."""
    return (
        f"SECURITIES AND EXCHANGE COMMISSION\n17 CFR Parts 240 and 249b\n{numbers}\n{title}\n"
        f"AGENCY: Securities and Exchange Commission.\n\nACTION: {action}\n\n"
        f"SUMMARY: {summary or 'We are adopting a rule on quiet hours.'}\n\n{dates}\n\n"
        "FOR FURTHER INFORMATION CONTACT: Wren Halloway.\n\nSUPPLEMENTARY INFORMATION: The rule is new.\n"
    )


def field(text: str, name: str) -> Any:
    return facts(text).fields.get(name)


CAPTIONS = """
[Release Nos. 33-99646; 34-99189; IC-99755; File No. S7-2-98] RIN 3235-ZA94 \
 | 33-99646 34-99189 IC-99755 | S7-2-98 | 3235-ZA94
(Release No. 34-99162; FR-52; File No. S7-7-98) RIN 3235-ZH36 | 34-99162 FR-52 | S7-7-98 | 3235-ZH36
Release No. 34-99760; File No. S7-12-98 RIN: 3235-ZH41 | 34-99760 | S7-12-98 | 3235-ZH41
[RELEASE NO. 34-99758A; FILE NO. S7-24-04] RIN 3235-ZJ26 | 34-99758A | S7-24-04 | 3235-ZJ26
[Release No. 35-99404 ; File No. S7-07-01] | 35-99404 | S7-07-01 |
Release No. BHCA-1; File No. S7-41-11 | BHCA-1 | S7-41-11 |
[Release Nos. 33-99759, 34-99054; International Series Release No. 1208; 39-2378; File No. S7-29-98] \
 | 33-99759 34-99054 39-2378 | S7-29-98 |
[Release Nos. 33-99238; IC-99068; File Nos. S7-40-02; S7-06-03] RIN 3235-ZI66 and 3235-ZI79 \
 | 33-99238 IC-99068 | S7-40-02 S7-06-03 | 3235-ZI66 3235-ZI79
[Release Nos. 33-99470 and 34-99227; S7-26-96] RIN 3235-ZG85 | 33-99470 34-99227 | S7-26-96 | 3235-ZG85
[Release N o. 34-99050; File No. S7-04-09] RIN 3235 ZK14 | 34-99050 | S7-04-09 | 3235-ZK14
Release Nos. 33- 99233; IC- 99315; File No. S7-16-15 RIN 3235–ZL61 | 33-99233 IC-99315 | S7-16-15 | 3235-ZL61
[Release No. 34–99489; File No. 4–631] | 34-99489 | 4-631 |
[Release No. 33-99176; File No. 265-28] RIN 3235-Z169 | 33-99176 | 265-28 | 3235-ZI69
"""


@pytest.mark.parametrize("row", CAPTIONS.replace("\\\n", "").strip().split("\n"))
def test_numbers_as_captions_list_them(row: str) -> None:
    printed, releases, files, rins = row.split("|")
    found = facts(caption(numbers=printed))
    assert found.fields.get("release_numbers", ()) == tuple(releases.split())
    assert found.fields.get("file_numbers", ()) == tuple(files.split())
    assert found.fields.get("rins", ()) == tuple(rins.split())
    assert (found.title, found.kind) == ("Quiet Hours", Kind.FINAL_RULE)
    assert found.fields["cfr_parts"] == ("17 CFR 240", "17 CFR 249b")


def test_a_note_of_the_web_page_and_other_releases_in_the_text_are_not_the_documents_own() -> None:
    text = "Webmaster's Note: See also Rel. No. 33-88410A\n\n" + caption(
        numbers="[Release No. 33-88410; File No. S7-14-04]"
    )
    text += "\nSee Securities Exchange Act Release No. 34-77123 (File No. S7-01-03), RIN 3235-ZZ99.\n"
    assert facts(text).fields["release_numbers"] == ("33-88410",)
    assert facts(text).fields["file_numbers"] == ("S7-14-04",)
    assert "rins" not in facts(text).fields


def test_labels_in_small_letters_of_older_web_pages() -> None:
    text = (
        "Final Rule:\n\nNight Trading Reports SECURITIES AND EXCHANGE COMMISSION\n\n17 CFR Part 240\n\n"
        "[Release No. 34-98171; File No. S7-29-02]\n\nRIN 3235-ZI55\n\nNIGHT TRADING REPORTS BY EDGAR FILERS\n\n"
        "Agency : Securities and Exchange Commission\n\nAction : Final rule\n\nSummary : EDGAR filers report.\n\n"
        "Dates : Effective Date : January 2, 2003.\n\nFor Further Information Contact: W. Halloway.\n"
    )
    found = facts(text)
    assert (found.kind, found.title) == (Kind.FINAL_RULE, "Night Trading Reports by EDGAR Filers")
    assert found.fields["effective"] == "2003-01-02"
    assert found.fields["agency"] == "Securities and Exchange Commission"


def test_a_joint_caption_with_two_agencies() -> None:
    text = (
        "COMMODITY FUTURES TRADING COMMISSION\n17 CFR Part 41\nRIN 3038-ZA46\nSECURITIES AND EXCHANGE COMMISSION\n"
        "17 CFR Part 240\n[Release No. 34-98338; File No. S7-16-11]\nRIN 3235-ZK65\nMargin at Night\n"
        "AGENCIES: Commodity Futures Trading Commission (“CFTC”); Securities and Exchange Commission (“SEC”).\n"
        "ACTION: Joint final rule; interpretations; request for comment on an interpretation.\nSUMMARY: We adopt.\n"
    )
    found = facts(text)
    assert found.fields["rins"] == ("3038-ZA46", "3235-ZK65")
    assert found.fields["cfr_parts"] == ("17 CFR 41", "17 CFR 240")
    assert found.fields["agency"] == "Commodity Futures Trading Commission; Securities and Exchange Commission"
    assert (found.kind, found.title) == (Kind.FINAL_RULE, "Margin at Night")


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("Proposed rule.", Kind.PROPOSED_RULE),
        ("Proposed rule; extension of comment period.", Kind.PROPOSED_RULE),
        ("Withdrawal of proposed rules.", Kind.PROPOSED_RULE),
        ("Notice of proposed rulemaking.", Kind.PROPOSED_RULE),
        ("Final rule; request for comments.", Kind.FINAL_RULE),
        ("Interim final temporary rule.", Kind.FINAL_RULE),
        ("Final rule; technical correction.", Kind.FINAL_RULE),
        ("Concept release; request for comments.", Kind.CONCEPT_RELEASE),
        ("Advance notice of proposed rulemaking.", Kind.CONCEPT_RELEASE),
        ("Request for comment.", Kind.CONCEPT_RELEASE),
        ("Interpretation; request for comment.", Kind.INTERPRETATION),
        ("Policy statement.", Kind.INTERPRETATION),
        ("Notice of proposed exemptive order.", Kind.OTHER),
        ("Temporary exemptive order.", Kind.ORDER),
        ("Final order.", Kind.ORDER),
        ("Amendments to the plan.", Kind.FINAL_RULE),  # names no kind; the summary says "are adopting"
    ],
)
def test_the_kind_that_an_action_line_names(action: str, kind: Kind) -> None:
    assert facts(caption(numbers="[Release No. 34-99001]", action=action)).kind is kind


def test_a_proposal_that_speaks_of_final_rules_is_a_proposal() -> None:
    summary = "The Commission is proposing rules; any final rule would follow the comments on this proposal."
    assert (
        facts(caption(numbers="[Release No. 34-99001]", action="Notice.", summary=summary)).kind is Kind.PROPOSED_RULE
    )


def test_what_is_printed_in_capitals_keeps_its_abbreviations_and_loses_its_shouting() -> None:
    text = caption(
        numbers="[Release No. 33-99295]", title="COVERED SECURITIES OF BATZ EXCHANGE, INC.: FORM S-8 AND RULE 12(g)"
    )
    text += "Securities listed on BATZ are covered. BATZ is an exchange of the corporation. A rule and a form say so.\n"
    assert facts(text).title == "Covered Securities of BATZ Exchange, Inc.: Form S-8 and Rule 12(g)"


def test_small_words_in_small_letters_do_not_make_capitals_a_mixed_title() -> None:
    text = caption(numbers="[Release No. 34-92892]", title="REVISED LANTERN FORM and RELATED RULE")
    assert facts(text).title == "Revised Lantern Form and Related Rule"


def test_a_title_of_which_blanks_split_the_words_is_mended_by_the_words_of_the_text() -> None:
    text = caption(numbers="[Release No. 34-99780]", title="Cross-Borde r Re quire me nts for Dealers of a Kind")
    text += "The cross-border requirements bind dealers. Cross-border requirements bind a kind of dealer.\n" * 2
    assert facts(text).title == "Cross-Border Requirements for Dealers of a Kind"


def test_the_date_of_the_signature_and_no_other_is_the_date_of_issue() -> None:
    text = caption(numbers="[Release No. 34-99001]")
    assert (
        "issued"
        not in facts(text + "On July 2, 2013, the court ruled. Dated papers followed on July 3, 2013.\n").fields
    )
    signed = (
        text
        + "By the Commission.\n\nDated: April 18, 2018\n\nOtis Marchbank\nSecretary\n\nAppendix: filed July 3, 2019.\n"
    )
    assert facts(signed).fields["issued"] == "2018-04-18"


REGISTER = "Federal Register / Vol. 85, No. 152 / Thursday, August 6, 2020 / Proposed Rules"


def test_the_federal_registers_print_states_its_citation_day_and_number() -> None:
    text = (
        caption(numbers="[Release No. 34–99001]", action="Proposed rule.")
        + "[FR Doc. 2020–17221 Filed 8–5–20; 8:45 am]\n"
    )
    text += "BILLING CODE 8011–01–P\nDEPARTMENT OF LANTERNS\n"
    found = facts(
        text, f"{REGISTER} 47699\nVerDate Sep<11>2014 Frm 00001\n47700 {REGISTER}\nVerDate Sep<11>2014"
    ).fields
    assert (found["federal_register"], found["published"]) == ("85 FR 47699", "2020-08-06")
    assert found["document_number"] == "2020-17221"


def test_a_running_head_of_the_second_page_does_not_give_the_first_pages_number() -> None:
    text = caption(numbers="[Release No. 34–99001]", action="Proposed rule.")
    found = facts(text, f"VerDate Sep<11>2014 Frm 00001\n{REGISTER} 47699\nVerDate Sep<11>2014 Frm 00002").fields
    assert "federal_register" not in found
    assert found["published"] == "2020-08-06"


def test_another_documents_end_on_the_same_page_is_left_to_it() -> None:
    before = (
        "[Release No. 34-11111; File No. SR-OLD-2019-1]\nIt is ordered.\n"
        "[FR Doc. 2020-11111 Filed 8-5-20]\nBILLING CODE 8011-01-P\n"
    )
    text = before + caption(numbers="[Release No. 34-22222]") + "[FR Doc. 2020-22222 Filed 8-5-20]\n"
    found = facts(text).fields
    assert (found["release_numbers"], found["document_number"]) == (("34-22222",), "2020-22222")
    assert "file_numbers" not in found


def test_the_text_edition_of_the_federal_register() -> None:
    head = (
        "[Federal Register Volume 83, Number 211 (Wednesday, October 31, 2018)]\n[Notices]\n[Pages 54800-54801]\n"
        "From the Federal Register Online via the Government Publishing Office [www.gpo.gov]\n"
        "[FR Doc No: 2018-23733]\n\n\n----------\n\nSECURITIES AND EXCHANGE COMMISSION\n\n"
        "[Release No. 34-99489; File No. SR-LanternX-2018-76]\n\n\n"
        "Self-Regulatory Organizations; Lantern Exchange, Inc.; Notice of Filing \nof Change To Dim Its Fees\n\n"
        "October 25, 2018.\n    Pursuant to Section 19(b)(1) of the Act, notice is given.\n"
    )
    found = facts(head)
    assert found.kind is Kind.SRO_FILING
    assert (
        found.title
        == "Self-Regulatory Organizations; Lantern Exchange, Inc.; Notice of Filing of Change To Dim Its Fees"
    )
    assert found.fields == {
        "release_numbers": ("34-99489",), "file_numbers": ("SR-LanternX-2018-76",), "issued": "2018-10-25",
        "federal_register": "83 FR 54800", "published": "2018-10-31", "document_number": "2018-23733",
    }  # fmt: skip


def test_a_notice_below_the_end_of_another_on_a_page_of_the_federal_register() -> None:
    text = (
        "fees of the ferry are just and lawful. " * 80 + "\n[FR Doc. 2020–11111 Filed 6–5–20; 8:45 am]\n"
        "BILLING CODE 8011–01–P\n\nSECURITIES AND EXCHANGE COMMISSION\n\n"
        "[Release No. 34–99777; File No. SR–FERRY–2020–11]\n\n"
        "Self-Regulatory Organizations; Ferry Exchange LLC; Notice of Filing\n\nJune 3, 2020.\n\n"
        "Pursuant to Section 19(b)(1) of the Act, notice is given.\n[FR Doc. 2020–22222 Filed 6–8–20; 8:45 am]\n"
    )
    found = facts(text)
    assert (found.kind, found.fields["release_numbers"]) == (Kind.SRO_FILING, ("34-99777",))
    assert (found.fields["file_numbers"], found.fields["issued"]) == (("SR-FERRY-2020-11",), "2020-06-03")
    assert found.fields["document_number"] == "2020-22222"


def test_an_order_known_by_the_acts_it_is_issued_under() -> None:
    text = (
        "SECURITIES ACT OF 1933\nRelease No. 98768 / March 4, 2020\n\nSECURITIES EXCHANGE ACT OF 1934\n"
        "Release No. 98318 / March 4, 2020\n\nORDER UNDER SECTION 36 GRANTING LANTERN EXEMPTIONS\n\n"
        "The Securities and Exchange Commission grants exemptions. Lanterns stay lit under this section by order.\n"
    )
    found = facts(text)
    assert (found.kind, found.title) == (Kind.ORDER, "Order under Section 36 Granting Lantern Exemptions")
    assert found.fields == {"release_numbers": ("33-98768", "34-98318"), "issued": "2020-03-04"}


def test_a_proceeding_is_named_by_whose_it_is_and_what_is_ordered() -> None:
    text = (
        "UNITED STATES OF AMERICA\nBefore the\nSECURITIES AND EXCHANGE COMMISSION\n\nSECURITIES EXCHANGE ACT OF 1934\n"
        "Release No. 97992 / February 8, 2017\n\nADMINISTRATIVE PROCEEDING\nFile No. 3-97839\n\nIn the Matter of\n\n"
        "Lantern LLC,\n\nRespondent.\n\nORDER INSTITUTING PROCEEDINGS\n\nI.\n\nProceedings are instituted.\n"
    )
    found = facts(text)
    assert (found.kind, found.title) == (Kind.ORDER, "In the Matter of Lantern LLC; Order Instituting Proceedings")
    assert found.fields == {"release_numbers": ("34-97992",), "file_numbers": ("3-97839",), "issued": "2017-02-08"}


def test_a_comment_letter_has_the_file_it_comments_on_and_not_the_release() -> None:
    text = (
        "December 7, 2010\nMs. Otis Marchbank\nSecretary\n\nRe: File Number S7-99-10, Proposed Rules for\n\n"
        "Quiet Nights, Release No. 34-99237 (Nov. 3, 2010)\n\nDear Ms. Marchbank:\n\nWe welcome the proposed rule.\n"
    )
    found = facts(text)
    assert found.kind is Kind.COMMENT_LETTER
    assert (
        found.title
        == "Comment letter: File Number S7-99-10, Proposed Rules for Quiet Nights, Release No. 34-99237 (Nov. 3, 2010)"
    )
    assert found.fields == {"file_numbers": ("S7-99-10",), "issued": "2010-12-07"}


def test_a_letter_to_someone_else_is_no_comment_letter() -> None:
    assert (
        facts("May 1, 2010\n\nRe: Your ferry, and its lantern\n\nDear Ms. Marchbank:\n\nIt is lit.\n").kind
        is Kind.OTHER
    )


def test_a_statute_has_its_short_title_and_date() -> None:
    text = (
        "PUBLIC LAW 111-999—JULY 21, 2010\n\nAn Act\n\nBe it enacted by the Senate.\n\n"
        "SECTION 1. SHORT TITLE.\n(a) This Act may be cited as the ‘‘Quiet Nights\nAct of 2010’’.\n"
    )
    found = facts(text)
    assert (found.kind, found.title, found.fields) == (
        Kind.STATUTE,
        "Quiet Nights Act of 2010",
        {"issued": "2010-07-21"},
    )


def test_text_of_the_code_of_federal_regulations() -> None:
    text = (
        "Title 17 —Commodity and Securities Exchanges\nChapter II —Securities and Exchange Commission\n"
        "Part 242 —Regulations Quiet and Night\n\n§ 242.900 Definitions.\n\nIn this part, night means dark.\n"
    )
    found = facts(text)
    assert (found.kind, found.title) == (Kind.RULE_TEXT, "Part 242—Regulations Quiet and Night")
    assert found.fields == {"cfr_parts": ("17 CFR 242",)}


def test_a_text_that_names_nothing_of_itself_has_a_first_line_and_no_fields() -> None:
    found = facts(
        "Thoughts on Regulation Quiet\n\nRelease No. 34-99001 was adopted on June 5, 2019. Summary: it is long.\n"
    )
    assert (found.title, found.kind, found.fields) == ("Thoughts on Regulation Quiet", Kind.OTHER, {})


def test_a_file_name_in_a_files_properties_is_no_title() -> None:
    text = "First words of the page that stand for a title\n\nMore words.\n"
    for machine_made in ("Microsoft Word - draft 3.doc", "0000764478-17-000008", "34-99001.pdf"):
        assert facts(text, metadata={"title": machine_made}).title == "First words of the page that stand for a title"


def test_numbers_of_real_releases_stand_as_the_index_says() -> None:
    """A few of the 328, one of each shape; the whole is measured by `reglens eval facts`."""
    folder = real("sec_final_rules")
    shapes = {
        "33-8176": ("S7-43-02", "3235-AI69"),
        "34-50758A": ("S7-24-04", "3235-AJ26"),
        "34-60423": ("S7-29-04", "3235-AJ24"),
        "33-7470": ("S7-26-96", "3235-AG85"),
        "BHCA-1": ("S7-41-11", "3235-AL07"),
        "35-27404": ("S7-07-01", "3235-AI12"),
    }
    for release, (file, rin) in shapes.items():
        found = read_text((folder / f"{release}.txt").read_bytes()).facts
        assert found.kind is Kind.FINAL_RULE
        assert release in found.fields["release_numbers"]
        assert file in found.fields["file_numbers"]
        assert rin in found.fields["rins"]


def test_the_hand_written_facts_are_of_documents_at_hand() -> None:
    real("sec_final_rules")
    from evals.facts import load_expected
    from tests.test_architecture import ROOT

    expected = load_expected(ROOT / "evals" / "data" / "release_facts.jsonl")
    for item in expected:
        assert (REAL_FILES / "sec_final_rules" / f"{item.document}.txt").is_file()
    assert json.dumps([item.field for item in expected]).count('"title"') == len({item.document for item in expected})
