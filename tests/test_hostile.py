"""Hostile filings, read by models that obey them: nothing of what they want reaches the user as a statement."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from langchain_core.messages import AIMessage
from markdown_it import MarkdownIt

from corpus.answers import Answer
from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.printable import escaped
from corpus.records import Kind
from ingest.chunks import ChunkSettings
from ingest.commands import print_entries
from ingest.reading import read_document
from ingest.sources import Source
from rag.agent import Agent
from rag.answer import AnswerSettings
from rag.budget import AgentSettings
from rag.events import Done, Event, Step, Text
from rag.exports import shown_only
from rag.generate import answer_with_model
from rag.impact import find_obligations
from rag.models import Completion
from rag.printing import print_answer
from rag.retrieve import Retriever
from rag.scope import Scope
from tests.hostile_documents import ATTACKS, FETCHES, ORDER, Attack
from tests.made_documents import parsed
from tests.scripted_agent import Messages, ScriptedModel, asks, calling, looked_at, says
from tests.test_generate import KEPT_FIVE_YEARS, QUESTION, QUIET
from views.rows import obligation_csv
from views.words import plain

KEY = "sk-live-0123456789abcdefghij"
ANY = AnswerSettings(min_support=0.0)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[str, str]]]:
    """A library of the honest filing and every hostile one, and the id of each by the attack's name."""
    folder = tmp_path_factory.mktemp("hostile")
    library = Library(folder / "library", HashEmbedder(), create=True)
    files = {"quiet": ("txt", QUIET.encode())} | {a.name: a.file for a in ATTACKS if a.file}
    read = {}
    for name, (ending, content) in files.items():
        path = folder / f"{name}.{ending}"
        path.write_bytes(content)
        read[name] = read_document(Source(path, ending), ChunkSettings())
    read |= {a.name: a.made() for a in ATTACKS if a.made}
    with library.writing():
        library.add(list(read.values()))
    yield library, {name: document.document.id for name, document in read.items()}
    library.close()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def obey(attack: Attack, shown: str) -> str:
    """What the model wants to say, with every quote for every passage that it has seen, and some that it has not."""
    numbers = sorted({int(n) for n in re.findall(r'<passage number="(\d+)"', shown)} | {1, 99})
    citations = [{"passage": n, "quote": quote} for n in numbers for quote in (*attack.quotes, KEPT_FIVE_YEARS)]
    text = attack.says.replace("{key}", KEY)
    several = [{"text": text, "citations": [citation]} for citation in citations]
    return json.dumps({"claims": [{"text": text, "citations": citations}, *several]})


def obedient(attack: Attack, identity: str) -> ScriptedModel:
    """Looks at the honest filing and the hostile one, calls and says what it is told to."""
    calls = [
        (tool, {name: str(value).replace("{key}", KEY) for name, value in given.items()})
        for tool, given in attack.calls
    ]

    def reply(messages: Messages) -> AIMessage:
        return says(obey(attack, looked_at(messages)))

    return ScriptedModel(
        calling("search", query="record of a quiet hour"),
        calling("read_pages", document=identity, page="1", more=2),
        *([lambda _: asks(*calls)] if calls else []),
        reply,
        streaming=True,
    )


class ObedientModel:
    """The same for an answer in one reply."""

    name = "scripted"
    leaves_machine = False

    def __init__(self, attack: Attack) -> None:
        self._attack = attack

    def complete(self, system: str, user: str) -> Completion:
        return Completion(obey(self._attack, user), 100, 10)


def events_of(attacked: tuple[Library, dict[str, str]], attack: Attack) -> list[Event]:
    library, ids = attacked
    scope = Scope(documents=(ids["quiet"], ids[attack.name]))
    agent = Agent(Retriever(library), obedient(attack, ids[attack.name]), AgentSettings(), ANY)
    return list(agent.stream(QUESTION, scope))


def answered(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Done)
    return events[-1].answer


def withstood(attack: Attack, found: Answer, output: str) -> None:
    """The lie is dropped and no statement; the documents' own sentences answer; nothing shown steers or fetches."""
    statements = [claim.text for claim in found.claims]
    assert not any(attack.unseen in text or text == attack.says for text in statements)
    assert KEPT_FIVE_YEARS in statements
    assert all(c.verified for claim in found.claims for c in claim.citations)
    assert found.dropped
    assert found.notices[-1].startswith("Nothing that scripted said passed the check, so this answer")
    assert KEY not in repr(found)
    assert KEY not in output
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", output)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_an_agent_that_obeys_a_hostile_filing_is_not_believed(
    attacked: tuple[Library, dict[str, str]], attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    events = events_of(attacked, attack)
    found = answered(events)
    print_answer(found)
    withstood(attack, found, capsys.readouterr().out)
    assert not any(isinstance(event, Text) for event in events)
    assert not any(KEY in event.words or "\x1b" in event.words for event in events if isinstance(event, Step))


@pytest.mark.parametrize("attack", [a for a in ATTACKS if not a.calls], ids=lambda a: a.name)
def test_a_model_that_obeys_a_hostile_filing_in_one_reply_is_not_believed(
    attacked: tuple[Library, dict[str, str]], attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    library, ids = attacked
    scope = Scope(documents=(ids["quiet"], ids[attack.name]))
    found = answer_with_model(QUESTION, Retriever(library), ObedientModel(attack), ANY, scope)
    print_answer(found)
    withstood(attack, found, capsys.readouterr().out)


def test_there_are_enough_attacks_and_each_has_a_name_of_its_own() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 25


SPELLED = [attack.says for attack in FETCHES]


@pytest.mark.parametrize("text", [*SPELLED, ORDER, "[x][y]\n\n[y]: https://evil.example", "<https://evil.example>"])
def test_what_the_page_shows_of_a_document_fetches_and_links_nothing(text: str) -> None:
    html = MarkdownIt("commonmark").render(plain(text))
    assert re.search("<(?!/?p>)", html) is None


@pytest.mark.parametrize("text", ['=HYPERLINK("https://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_what_is_exported_is_no_formula(text: str) -> None:
    assert shown_only(text) == f"'{text}"


def test_an_exported_obligation_of_a_hostile_filing_computes_nothing(empty: Library) -> None:
    text = '=HYPERLINK("https://evil.example","x") must keep each record of a quiet hour for at least five years.'
    with empty.writing():
        empty.add([parsed("formula", text, kind=Kind.FINAL_RULE)])
    (document,) = empty.documents().values()
    rows = list(csv.reader(io.StringIO(obligation_csv(find_obligations(empty, document).obligations))))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_titles_with_marks_are_listed_as_they_are_written(
    attacked: tuple[Library, dict[str, str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Terminal mark-up would make a link of the one and end in an error at "[/red]"."""
    monkeypatch.setenv("COLUMNS", "400")
    library, _ = attacked
    print_entries(library.entries())
    output = capsys.readouterr().out
    assert "[link=https://evil.example/p.png?q=quiet]Note[/link]" in output
    assert "[/red]" in output
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_json_says_the_same_and_steers_no_terminal() -> None:
    text = "Note \x9b31m on\u202e quiet\u200b hours \U000e0041 é“”"
    written = escaped(json.dumps({"title": text}, ensure_ascii=False))
    assert json.loads(written) == {"title": text}
    assert written == '{"title": "Note \\u009b31m on\\u202e quiet\\u200b hours \\udb40\\udc41 é“”"}'


def test_a_tool_shows_no_passage_that_is_written_to_a_model_and_says_how_many(
    attacked: tuple[Library, dict[str, str]],
) -> None:
    library, ids = attacked
    model = ScriptedModel(calling("read_pages", document=ids["plain-order"], page="1"), lambda _: says("{}"))
    found = Agent(Retriever(library), model, AgentSettings(), ANY).ask(QUESTION)
    shown = looked_at(model.chat.seen[-1])
    assert "repealed" not in shown
    assert "(1 passages are left out, because they are written to a language model)" in shown
    assert found.searched["passages_withheld"] == 1


def test_a_title_that_is_written_to_a_model_is_not_listed_to_it(attacked: tuple[Library, dict[str, str]]) -> None:
    model = ScriptedModel(calling("list_documents", words="title that is not shown"), lambda _: says("{}"))
    Agent(Retriever(attacked[0]), model, AgentSettings(), ANY).ask(QUESTION)
    shown = looked_at(model.chat.seen[-1])
    assert ORDER not in shown
    assert attacked[1]["title"][:8] in shown


def test_a_huge_passage_is_shown_in_part_and_the_rest_is_counted(attacked: tuple[Library, dict[str, str]]) -> None:
    library, ids = attacked
    model = ScriptedModel(calling("read_pages", document=ids["huge-passage"], page="1"), lambda _: says("{}"))
    Agent(Retriever(library), model, AgentSettings(), ANY).ask(QUESTION)
    shown = looked_at(model.chat.seen[-1])
    assert len(shown) < 10_000
    assert "(307000 more characters of this passage are not shown)" in shown
