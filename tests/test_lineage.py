"""Links between documents: chains written by hand, and what a file with several releases does not tell."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reglens
from corpus.library import Library
from corpus.lineage import Link, documents_by_number, lineage, resolve
from corpus.records import Document, Kind
from corpus.stored import document_from, document_text
from ingest.facts.metadata import read_facts
from ingest.facts.statements import stated_lineage
from ingest.formats.pdf import read_pdf
from ingest.formats.plain import read_text
from ingest.layout.pages import lay_out
from rag.standing import standing
from tests.conftest import real
from tests.made_documents import parsed

PROPOSED, FINAL, CONCEPT = Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE


def document(number: str, kind: Kind, title: str = "Quiet Hours", **facts: Any) -> Document:
    return Document(f"id {number}", "", f"{number}.txt", title, kind, "txt", release_numbers=(number,), **facts)


def found(*documents: Document) -> set[tuple[str, str, str]]:
    """(source, relation, target) by number; the order in which documents come must not matter."""
    links = lineage(documents)
    assert set(lineage(documents[::-1])) == set(links)
    assert all(link.evidence for link in links)
    return {(link.source_id[3:], link.relation.value, link.target_id[3:]) for link in links}


def test_a_file_that_holds_a_proposal_and_its_adoption() -> None:
    proposal = document("34-90001", PROPOSED, file_numbers=("S7-01-20",), issued="2020-01-02")
    adoption = document("34-91001", FINAL, file_numbers=("S7-01-20",), issued="2021-01-02")
    assert found(proposal, adoption) == {("34-91001", "adopts", "34-90001")}


def test_a_file_that_holds_a_whole_history() -> None:
    file: dict[str, Any] = {"file_numbers": ("S7-01-20",)}
    concept = document("34-90000", CONCEPT, **file)
    proposal = document("34-90010", PROPOSED, action="Proposed rule", **file)
    longer = document("34-90020", PROPOSED, action="Proposed rule; extension of comment period", **file)
    again = document("34-90030", PROPOSED, action="Proposed rule; re-proposal", **file)
    adoption = document("34-90040", FINAL, action="Final rule", **file)
    mended = document("34-90040A", FINAL, action="Final rule; correction", **file)
    assert found(concept, proposal, longer, again, adoption, mended) == {
        ("34-90010", "proposes", "34-90000"),
        ("34-90020", "extends", "34-90010"),
        ("34-90030", "reproposes", "34-90010"),
        ("34-90040", "adopts", "34-90030"),
        ("34-90040A", "corrects", "34-90040"),
    }


def test_a_proposal_after_the_adoption_is_not_adopted_by_it() -> None:
    file: dict[str, Any] = {"file_numbers": ("S7-37-04",)}
    first = document("IC-96647", PROPOSED, issued="2004-11-04", **file)
    adoption = document("IC-97538", FINAL, issued="2006-10-25", **file)
    later = document("IC-97539", PROPOSED, issued="2006-10-25", **file)
    second = document("IC-98266", FINAL, issued="2008-05-15", **file)
    assert found(first, adoption, later, second) == {
        ("IC-97538", "adopts", "IC-96647"),
        ("IC-98266", "adopts", "IC-97539"),
        ("IC-98266", "amends", "IC-97538"),  # one title, one file, and later
    }


def test_a_withdrawn_proposal() -> None:
    proposal = document("34-90001", PROPOSED, file_numbers=("S7-01-20",), published="2020-01-02")
    withdrawal = document(
        "34-95001", PROPOSED, action="Withdrawal of proposed rule", file_numbers=("S7-01-20",), published="2025-06-17"
    )
    assert found(proposal, withdrawal) == {("34-95001", "withdraws", "34-90001")}


def test_two_adoptions_of_one_proposal_do_not_amend_each_other() -> None:
    file: dict[str, Any] = {"file_numbers": ("S7-16-15",)}
    proposal = document("IC-91835", PROPOSED, **file)
    liquidity = document("33-90233", FINAL, "Liquidity", **file)
    pricing = document("33-90234", FINAL, "Pricing", **file)
    assert found(proposal, liquidity, pricing) == {
        ("33-90233", "adopts", "IC-91835"),
        ("33-90234", "adopts", "IC-91835"),
    }


def test_dates_that_are_not_of_issue_tell_the_order_too() -> None:
    proposal = document("33-90001", PROPOSED, file_numbers=("S7-01-20",), comment_deadline="2020-03-01")
    before = document("IC-90009", FINAL, file_numbers=("S7-01-20",), effective="2019-12-01")
    after = document("IC-90010", FINAL, file_numbers=("S7-01-20",), effective="2021-12-01")
    assert found(proposal, before) == set()
    assert found(proposal, after) == {("IC-90010", "adopts", "33-90001")}


def test_what_is_stated_links_documents_of_different_files() -> None:
    chain = (
        document("34-50103", FINAL, "Short Sales", file_numbers=("S7-23-03",)),
        document("34-56212", FINAL, "Amendments", file_numbers=("S7-12-06",), stated_lineage=(("amends", "34-50103"),)),
        document("34-58775", FINAL, "More", stated_lineage=(("amends", "34-56212"), ("adopts", "34-56213"))),
    )
    assert found(*chain) == {("34-56212", "amends", "34-50103"), ("34-58775", "amends", "34-56212")}


def test_what_is_stated_and_shared_is_one_link_with_the_better_evidence() -> None:
    proposal = document("34-90001", PROPOSED, file_numbers=("S7-01-20",))
    adoption = document("34-91001", FINAL, file_numbers=("S7-01-20",), stated_lineage=(("adopts", "34-90001"),))
    (link,) = lineage([proposal, adoption])
    assert link == Link(adoption.id, link.relation, proposal.id, "it names 34-90001 as what it adopts")


def test_two_prints_of_one_release_are_both_linked_and_two_documents_of_one_page_are_not() -> None:
    prints = [
        document("34-90001", PROPOSED),
        Document("id print", "", "", "Quiet", PROPOSED, "pdf", release_numbers=("34-90001",)),
    ]
    adoption = document("34-91001", FINAL, stated_lineage=(("adopts", "34-90001"), ("amends", "34-1")))
    assert found(*prints, adoption) == {("34-91001", "adopts", "34-90001"), ("34-91001", "adopts", "print")}
    on_one_page = [replace(d, federal_register="83 FR 21574") for d in prints]
    correction = document("34-91001", FINAL, stated_lineage=(("corrects", "83 FR 21574"),))
    assert found(*on_one_page, correction) == set()


def found_links(*documents: Document) -> tuple[Link, ...]:
    return lineage(documents)


def test_notes_cards_and_letters_are_outside_the_lineage() -> None:
    file: dict[str, Any] = {"file_numbers": ("S7-01-20",)}
    card, letter = document("34-90001", Kind.RULE_CARD, **file), document("34-90002", Kind.COMMENT_LETTER, **file)
    assert found_links(card, letter, document("34-91001", FINAL, **file)) == ()


def test_references_lead_to_documents() -> None:
    proposal = document(
        "34-90001", PROPOSED, file_numbers=("S7-01-20",), cfr_parts=("17 CFR 242",), federal_register="83 FR 21574"
    )
    rules = Document("rules", "", "", "Part 242", Kind.RULE_TEXT, "txt", cfr_parts=("17 CFR 242",))
    card = Document(
        "card", "", "", "Rule 611", Kind.RULE_CARD, "md", cfr_parts=("17 CFR 242.611",), release_numbers=("34-90001",)
    )
    listing = Document("listing", "", "", "Quiet", FINAL, "md", document_number="2020-28103")
    numbers = documents_by_number([proposal, rules, card, listing])
    assert resolve("34-90001", numbers) == (proposal.id,)
    assert resolve("S7-01-20", numbers) == (proposal.id,)
    assert resolve("83 FR 21574", numbers) == (proposal.id,)
    assert resolve("2020-28103", numbers) == ("listing",)
    assert resolve("17 CFR 242.611(a)(1)", numbers) == ("card",)
    assert resolve("17 CFR 242.600", numbers) == ("rules",)
    assert resolve("17 CFR 240.15c3-5", numbers) == ()
    assert resolve("II.C.4", numbers) == ()


def test_lineage_that_is_stated_survives_the_catalog_and_an_older_record_has_none() -> None:
    kept = document(
        "34-90001", FINAL, stated_lineage=(("adopts", "34-1"), ("amends", "33-2")), compliance=("2020-01-01",)
    )
    assert document_from(document_text(kept)) == kept
    older = json.loads(document_text(kept))
    del older["stated_lineage"], older["action"], older["document_number"]
    assert document_from(json.dumps(older)).stated_lineage == ()


def test_standing_is_said_in_words_and_follows_the_library(empty: Library) -> None:
    facts: dict[str, Any] = {"file_numbers": ("S7-01-20",)}
    with empty.writing():
        empty.add([parsed("a1", "Quiet.", kind=PROPOSED, release_numbers=("34-90001",), **facts)])
    proposal = next(iter(empty.documents().values()))
    assert standing(empty, proposal) == "proposed"
    with empty.writing():
        empty.add(
            [
                parsed("b2", "Quiet at night.", release_numbers=("34-91001",), **facts),
                parsed("c3", "Mended.", release_numbers=("34-91001A",), action="Final rule; correction", **facts),
                parsed("d4", "Quieter.", release_numbers=("34-95001",), stated_lineage=(("amends", "34-91001"),)),
            ]
        )
    by_number = {d.release_numbers[0]: d for d in empty.documents().values()}
    assert standing(empty, by_number["34-90001"]) == "proposed; adopted in 34-91001"
    assert standing(empty, by_number["34-91001"]) == "adopted; amended by 34-95001; corrected by 34-91001A"
    assert standing(empty, by_number["34-91001A"]) == "correction of 34-91001"
    with empty.writing():
        empty.remove(by_number["34-91001"].id)
    assert standing(empty, by_number["34-90001"]) == "proposed"


def test_a_document_is_found_by_its_number_in_the_federal_register(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet."), parsed("b2", "Quiet at night.", document_number="2020-28103")])
    assert empty.find("2020-28103").document_number == "2020-28103"


def test_show_prints_the_lineage_in_words_and_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reglens.toml").write_text('[corpus]\nembedding_model = "hash-256"\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))
    for number, action, verb in (("34-90001", "Proposed rule", "propose"), ("34-91001", "Final rule", "adopt")):
        (tmp_path / f"{number}.txt").write_text(
            f"SECURITIES AND EXCHANGE COMMISSION\n17 CFR Part 240\n[Release No. {number}; File No. S7-01-20]\n"
            f"Quiet Hours\nAGENCY: Securities and Exchange Commission.\n\nACTION: {action}.\n\n"
            f"SUMMARY: We {verb} it.\n\nDATES: None.\n"
        )
    run = CliRunner()
    files = [str(tmp_path / f"{number}.txt") for number in ("34-90001", "34-91001")]
    assert run.invoke(reglens.app, ["ingest", *files]).exit_code == 0
    shown = run.invoke(reglens.app, ["show", "34-90001"]).stdout
    assert "adopted in 34-91001 (Quiet Hours): both are in file S7-01-20, and it is later" in shown
    link = json.loads(run.invoke(reglens.app, ["show", "34-91001", "--json"]).stdout)["lineage"][0]
    assert (link["relation"], link["evidence"]) == ("adopts", "both are in file S7-01-20, and it is later")


def as_read(name: str) -> Document:
    """A real release as ingest reads it, without its chunks."""
    data = real(f"sec_final_rules/{name}.txt").read_bytes()
    facts = read_text(data).facts
    stated = stated_lineage(data.decode(), facts.kind, facts.title or "", facts.fields)
    return Document(name, "", name, facts.title or "", facts.kind, "txt", stated_lineage=stated, **facts.fields)


def test_the_short_sale_and_best_interest_chains_of_real_releases() -> None:
    raw = read_pdf(real("sec_pdfs/34-83062-regulation-best-interest-proposed.pdf"))
    facts = read_facts("\n".join(page.text for page in lay_out(raw).pages), "", raw.metadata)
    proposal = Document("34-83062", "", "", facts.title or "", facts.kind, "pdf", **facts.fields)
    documents = [proposal, *map(as_read, ("34-50103", "34-56212", "34-58775", "34-86031"))]
    links = {(link.source_id, link.relation.value, link.target_id) for link in lineage(documents)}
    assert links >= {
        ("34-56212", "amends", "34-50103"),
        ("34-58775", "amends", "34-56212"),
        ("34-86031", "adopts", "34-83062"),
    }
