from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.records import Voice
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.force import in_words
from rag.impact import Impact, find_obligations, impact_json
from tests.release_factory import draw_release


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("impact")
    draw_release(folder / "proposed.pdf")
    found = Library(folder / "library", HashEmbedder(), create=True)
    ingest(found, find_sources([folder / "proposed.pdf"])[0], ChunkSettings())
    yield found
    found.close()


@pytest.fixture(scope="module")
def impact(library: Library) -> Impact:
    return find_obligations(library, library.find("34-99001"))


def test_every_binding_paragraph_of_the_rule_is_listed_first(impact: Impact) -> None:
    paragraphs = [o.section for o in impact.obligations if o.voice is Voice.RULE_TEXT]

    assert {"§ 240.99z-1(b)", "§ 240.99z-1(c)", "§ 240.99z-1(d)", "§ 240.99z-1(e)", "§ 240.99z-1(f)"} <= set(paragraphs)
    assert [o.voice for o in impact.obligations[: len(paragraphs)]] == [Voice.RULE_TEXT] * len(paragraphs)


def test_definitions_are_no_obligations(impact: Impact) -> None:
    assert not [o for o in impact.obligations if o.section.startswith("§ 240.99z-1(a)")]


def test_an_item_of_a_list_takes_its_actor_and_force_from_the_opening(impact: Impact) -> None:
    item = next(o for o in impact.obligations if o.section == "§ 240.99z-1(c)(1)")

    assert (item.actor, item.modality) == ("quiet-hours dealer", "shall")
    assert item.action.endswith("states: The quiet hours that apply to the customer")


def test_the_deadline_of_the_monthly_log_is_read(impact: Impact) -> None:
    log = next(o for o in impact.obligations if o.section == "§ 240.99z-1(e)")

    assert log.deadline == "no later than 15 days after the end of each month"
    assert (log.threshold, log.cost) == (None, None)


def test_the_paperwork_estimate_is_a_cost_on_its_respondents(impact: Impact) -> None:
    burden = next(o for o in impact.obligations if o.voice is Voice.PAPERWORK_BURDEN)

    assert burden.actor == "each of 40 respondents"
    assert burden.cost == "120 hours; 4,800 hours; $1,968,000; $410 for each hour"


def test_every_citation_is_verified_and_holds_the_words_of_the_action(impact: Impact) -> None:
    for o in impact.obligations:
        quoted = " ".join(c.quote for c in (o.citation, *o.continued))
        assert all(c.verified for c in (o.citation, *o.continued))
        assert o.action.split(": ")[-1].removesuffix(" …")[:40] in quoted


def test_nobody_is_told_what_the_commission_will_do(impact: Impact) -> None:
    assert not [o for o in impact.obligations if o.actor and "ommission" in o.actor]


def test_an_actor_filter_keeps_only_that_actor(library: Library) -> None:
    found = find_obligations(library, library.find("34-99001"), actor="respondents")

    assert [o.actor for o in found.obligations] == ["each of 40 respondents"]


def test_sections_on_costs_show_the_sentence_with_the_figures(impact: Impact) -> None:
    paperwork = next(s for s in impact.sections if "PAPERWORK" in s.section)

    assert "4,800 hours and $1,968,000" in paperwork.citation.quote


def test_the_json_has_the_promised_keys_and_null_for_what_is_not_stated(impact: Impact) -> None:
    told = impact_json(impact)
    silence = next(o for o in told["obligations"] if o["section"] == "§ 240.99z-1(b)")

    assert told["document_id"] == impact.document.id
    assert silence["deadline"] is None
    assert silence["voice"] == "rule_text"
    assert silence["citation"]["page"] == 12
    assert set(told["sections"][0]) >= {"section", "page", "page_label", "quote"}


def test_force_and_action_read_as_one_clause() -> None:
    assert in_words("would be required", "disclose") == "would be required to disclose"
    assert in_words("is not prohibited", "being paid") == "is not prohibited from being paid"
    assert in_words("shall not", "send a message") == "shall not send a message"
    assert in_words("would need to", "keep a log") == "would need to keep a log"
