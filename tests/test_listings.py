"""Listings of the Federal Register kept as Markdown, in words of our own."""

import pytest

from corpus.records import Kind
from ingest.facts.kinds import kind_of_words
from ingest.facts.metadata import Facts
from ingest.formats.plain import read_markdown

SEC = "The Securities and Exchange Commission (“Commission”) "


def listing(title: str, abstract: str) -> Facts:
    text = (
        f'---\nlayout: post\ntitle: "{title}"\ndate: 2026-02-05 19:09:07 +0000\nsource: federal_register\n'
        "item_id: federal_register:2020-99760\noriginal_published: 2020-03-24 00:00:00 +0000\n---\n\n"
        f"# {title}\n\n**Published:** February 05, 2026\n\n## Summary\n\n{abstract}\n\n## Sources\n\n- none\n"
    )
    return read_markdown(text.encode()).facts


def test_a_listing_is_dated_by_its_publication_and_not_by_its_collection() -> None:
    found = listing("Night Market Data", f"{SEC}is proposing to amend its rules.")
    assert (found.title, found.kind) == ("Night Market Data", Kind.PROPOSED_RULE)
    assert found.fields == {
        "published": "2020-03-24", "document_number": "2020-99760", "agency": "Securities and Exchange Commission",
    }  # fmt: skip


def test_an_agency_that_is_only_spoken_of_is_not_the_agency() -> None:
    found = listing(
        "Night Ferries", "The Ferry Board is adopting rules that the Securities and Exchange Commission knows."
    )
    assert "agency" not in found.fields


def test_releases_in_the_title_are_the_documents_own_and_those_in_the_abstract_are_not() -> None:
    title = "Securities Act of 1933 Release No. 99753/February 6, 2020; Order Regarding Review of Fees"
    found = listing(title, "See Exchange Act Release No. 34-11111 (May 1, 2019).")
    assert (found.kind, found.fields["release_numbers"]) == (Kind.ORDER, ("33-99753",))
    assert found.fields["issued"] == "2020-02-06"


def test_other_front_matter_is_not_a_listing() -> None:
    text = b"---\ntitle: A note\nsource: federal_register\nkind: note\ndates: {published: 2020-01-02}\n---\n\nText.\n"
    found = read_markdown(text).facts
    assert (found.kind, found.fields) == (Kind.NOTE, {"published": "2020-01-02"})


@pytest.mark.parametrize(
    ("title", "summary", "kind"),
    [
        ("Quiet Hours", f"{SEC}is re-proposing a rule.", Kind.PROPOSED_RULE),
        ("Quiet Hours", f"{SEC}is re-opening the comment period.", Kind.PROPOSED_RULE),
        ("Quiet Hours", f"{SEC}proposes to amend rules.", Kind.PROPOSED_RULE),
        ("Reopening of Comment Period for Quiet Hours", f"{SEC}is reopening the comment period.", Kind.PROPOSED_RULE),
        (
            "Quiet Hours; Extension",
            f"{SEC}is extending the comment period for a release proposing rules.",
            Kind.PROPOSED_RULE,
        ),
        ("Quiet Hours", f"{SEC}, with the Board, is jointly issuing this proposed rule.", Kind.PROPOSED_RULE),
        ("Quiet Hours", "We are adopting a rule that was proposed.", Kind.FINAL_RULE),
        ("Quiet Hours", f"{SEC}is amending its rules; it proposed them in May.", Kind.FINAL_RULE),
        (
            "Quiet Hours; Extension of Compliance Date",
            f"{SEC}is extending the compliance date for rules.",
            Kind.FINAL_RULE,
        ),
        (
            "Quiet Hours; Correction",
            "This document makes a technical correction to the preamble of a rule.",
            Kind.FINAL_RULE,
        ),
        (
            "Quiet Hours; Correction",
            "This document contains corrections to the proposed rule on nights.",
            Kind.PROPOSED_RULE,
        ),
        (
            "Adoption of the Night Manual, Proposed Collection",
            f"{SEC}is adopting revisions to the manual.",
            Kind.FINAL_RULE,
        ),
        ("Request for Comment on Nights", f"{SEC}is seeking comment.", Kind.CONCEPT_RELEASE),
        ("Nights and Statements", f"{SEC}is issuing this statement on nights.", Kind.INTERPRETATION),
        ("Order Granting Exemptive Relief From Nights", "", Kind.ORDER),
        ("Ferry LLC; Order Instituting Proceedings on Its Application", "", Kind.ORDER),
        ("Self-Regulatory Organizations; Ferry Inc.; Order Granting Approval of a Change", "", Kind.SRO_FILING),
        ("Order Competition Rule", f"{SEC}is proposing to require auctions.", Kind.PROPOSED_RULE),
        ("Notice of Proposed Conditional Exemptive Order", "The Commission proposes to issue an order.", Kind.OTHER),
        ("Submission for Review; Comment Request; Extension: Order Granting Relief", "", Kind.OTHER),
        ("Ferry LLC; Notice of Filing of an Application", "", Kind.OTHER),
        ("List of Rules To Be Reviewed", f"{SEC}is publishing a list of rules.", Kind.OTHER),
        ("Ferry Advisory Committee", f"{SEC}is providing notice of a meeting.", None),
    ],
)
def test_kinds_from_titles_and_summaries(title: str, summary: str, kind: Kind | None) -> None:
    assert kind_of_words(title, summary) is kind
