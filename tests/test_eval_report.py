"""The page of a run and its Markdown; numbers are written out by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.answers import Answer, Citation, Claim
from corpus.errors import ModelError
from corpus.library import Library
from corpus.records import Kind, Voice
from evals.bank.adjudication import adjudicate
from evals.bank.baseline import compare_runs
from evals.bank.exam import Exam
from evals.bank.pages.markdown import as_markdown
from evals.bank.pages.page import as_html
from evals.bank.printing import print_bank
from evals.bank.runs import Run, ask_bank
from evals.bank.totals import bank_report
from rag.scope import Scope
from tests.bank_run import MADE_WITH, OTHER, QUESTION, RULE, TAKE, examiner, run_of
from tests.made_documents import parsed
from tests.page_reading import SVG, block, both, cells, changed, main_of, of_class, per_cent, questions, words

EVIL = "<script>alert('x')</script><img src=x onerror=\"y()\"> & | *z*"


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([parsed("a1", TAKE, title="Note on orders", kind=Kind.NOTE), parsed("b2", RULE, title="A rule")])
    return empty


@pytest.fixture
def run(library: Library) -> Run:
    """Two questions; with our notes each states one must point of two, elsewhere none."""
    return run_of(library, QUESTION, OTHER)


def test_both_say_what_was_measured_and_the_figures_of_each_column(run: Run) -> None:
    html, markdown = both(run)
    assert "Answers to the question bank: night.jsonl" in words(main_of(html))
    assert "2 questions of the bank, and 0 that no document answers." in words(main_of(html))
    assert "Answers written by extractive" in words(main_of(html))
    assert cells(html, "must points stated") == ["0.000 0.000 to 0.000", "0.500 0.500 to 0.500", "0.000 0.000 to 0.000"]
    assert cells(html, "citation precision")[1:] == ["1.000", "–"]
    assert cells(html, "citations")[1:] == ["2", "0"]
    assert cells(html, "orders")[1] == "0.500 0.500 to 0.500, n = 2"
    assert cells(html, "beginner") == ["0.000 n = 1", "0.500 n = 1", "0.000 n = 1"]
    assert "- Answers written by: extractive" in markdown
    assert (
        "| must points stated | 0.000 (0.000 to 0.000) | 0.500 (0.500 to 0.500) | 0.000 (0.000 to 0.000) |" in markdown
    )
    assert "| advanced | 0.000 (n = 1) | 0.500 (n = 1) | 0.000 (n = 1) |" in markdown


def test_nothing_measured_is_a_dash(run: Run) -> None:
    html, markdown = both(run)
    assert cells(html, "Of the questions without an answer") == ["–"]
    assert cells(html, "gold notes")[0] == "–"
    assert "| Of the questions without an answer, left unanswered | – |" in markdown
    assert "None" not in markdown.replace("None.", "")


def test_milliseconds_have_no_decimals(run: Run) -> None:
    html, _ = both(changed(run, q1={"latency_ms": 1234.5678}, q2={"latency_ms": 1234.5678}))
    assert cells(html, "most milliseconds")[1] == "1,235"


def worsened(library: Library) -> Run:
    """Five questions that went differently; in the order of the bank the best comes first."""
    asked = [replace(OTHER, id=f"q{n}", question=f"Question {n}?") for n in range(1, 6)]
    made = run_of(library, *asked, ask=lambda question, scope: Answer(question, (Claim(TAKE, ()),), False, {}, (), "m"))
    return changed(
        made, q1={"must": 1.0}, q3={"error": "gone\nstart it"}, q4={"must": 0.25}, q5={"contradictions": ["bonus-1"]}
    )


def test_the_worst_come_first_and_only_they_are_open(library: Library) -> None:
    html, markdown = both(worsened(library))
    order = ["q3", "q5", "q4", "q2", "q1"]
    assert [block.findtext("summary/strong") for block in questions(html)] == order
    assert [block.get("open") for block in questions(html)] == ["open"] * 3 + [None] * 2
    index = main_of(html).findall(".//nav/ol/li/a")
    assert [(link.text, link.get("href")) for link in index] == [(q, f"#question-{n}") for n, q in enumerate(order, 1)]
    headings = [line.removeprefix("### ") for line in markdown.splitlines() if line.startswith("### q")]
    assert headings == order


def test_errors_contradictions_and_leaks_are_shown(library: Library) -> None:
    html, markdown = both(changed(worsened(library), q2={"leaks": ["A note: … eight words …"]}))
    assert "Error: gone start it" in words(block(html, "question-1"))
    assert "Says what is wrong: They come from the book." in words(block(html, "question-2"))
    assert "A note: … eight words …" in words(block(html, "question-4"))
    for line in ("**Error:** gone start it", "**Says what is wrong:** They come from the book.", "- A note: … eight"):
        assert line in markdown


def test_each_point_has_its_verdict_and_the_sentence_that_earned_it(run: Run) -> None:
    html, markdown = both(run)
    points = [words(item) for item in block(html, "question-1").findall("ul[@class='points']/li")]
    assert points[0] == f"stated (strength 1.000) {TAKE} {TAKE}"
    assert points[1].startswith("not stated (strength 0.")
    assert points[1].endswith("Limit orders supply it.")
    assert points[2] == f"stated (strength 1.000) They come from the book. {TAKE}"
    assert f"- **stated** (strength 1.000): {TAKE} — “{TAKE}”" in markdown
    assert "1 of 2 points (0.500)" in words(block(html, "question-1"))
    assert "filings only: no answer" in words(block(html, "question-1"))


def test_a_stated_contradiction_is_told_from_one_that_was_not(run: Run) -> None:
    point = {"id": "c-1", "kind": "contradiction", "text": "Up is down.", "strength": 0.9, "evidence": ""} | {
        "suspected": False
    }
    for expressed, verdict in ((True, "contradicts"), (False, "not said")):
        html, markdown = both(changed(run, q1={"points": [point | {"expressed": expressed}]}))
        told = f"{verdict} (strength 0.900) Up is down."
        assert any(told in words(question) for question in questions(html))
        assert f"{verdict}{'**' if expressed else ''} (strength 0.900): Up is down." in markdown


def citation(quote: str, *, verified: bool = True) -> Citation:
    return Citation(
        "b2".ljust(16, "0"), "A rule", 1, "iv", "I. Hours", quote, 0, 1, 0, 1, verified, "final", Voice.PREAMBLE
    )


def test_citations_are_numbered_through_the_answer_with_quote_and_place(library: Library) -> None:
    claims = (
        Claim("Both hold.", (citation("First."), citation("Second."))),
        Claim("So does this.", (citation("Third.", verified=False),)),
        Claim("Bare.", ()),
    )
    said = Answer("?", claims, False, {}, (), "m", dropped=(("Too bold.", "no such words"),))
    html, markdown = both(run_of(library, QUESTION, ask=lambda question, scope: said))
    shown = words(block(html, "question-1"))
    assert "Both hold. [1][2] So does this. [3] Bare. (no citation)" in shown
    assert "[2] A rule, I. Hours, page 1 (printed iv), final Second." in shown
    assert "[3] A rule, I. Hours, page 1 (printed iv), final – this quote was not found there Third." in shown
    assert "Too bold. (no such words)" in shown
    assert "0 of 3 quotes stand on their page; 0 of 3 carry their sentence." in shown
    assert "> Both hold. \\[1\\]\\[2\\]\n>\n> So does this. \\[3\\]" in markdown
    assert "- \\[2\\] A rule, I. Hours, page 1 (printed iv), final: “Second.”" in markdown


def test_what_was_answered_wrongly_is_shown_with_the_answer(library: Library) -> None:
    def ask(question: str, scope: Scope) -> Answer:
        if question == "Broken?":
            raise ModelError("no connection", remedy="try later")
        silent = question in (QUESTION.question, "Unknowable?")
        claims = () if silent else (Claim("Neptune has many.", (citation("Made up."),)),)
        return Answer(question, claims, silent, {}, (citation("Near."),) if silent else (), "m")

    asked = {"u1": ("other", "Unknowable?"), "u2": ("other", "How many moons?"), "u3": ("premise", "Broken?")}
    html, markdown = both(ask_bank(Exam((QUESTION, OTHER), asked), examiner(library, ask), MADE_WITH))
    assert cells(html, "Of the questions without an answer") == ["0.333 0.000 to 1.000"]
    # OTHER asks in the same words as QUESTION: two wrong abstentions, one right.
    assert cells(html, "Of all questions left unanswered") == ["0.333"]
    assert cells(html, "Left unanswered: other") == ["1 of 2"]
    assert "How many moons? other Answer Neptune has many. [1]" in words(block(html, "unanswerable-1"))
    assert "Error: no connection" in words(block(html, "unanswerable-2"))
    assert f"q1 {QUESTION.question}" in words(main_of(html).find("section[@aria-labelledby='unanswerable']/ul"))  # type: ignore[arg-type]
    assert "What came nearest A rule" in words(block(html, "question-1"))
    assert "**u2** (other): How many moons?\n\nAnswer:\n\n> Neptune has many. \\[1\\]" in markdown
    assert "**u3** (premise): Broken?\n\n**Error:** no connection → try later" in markdown
    assert f"- [q1](#q1): {QUESTION.question}" in markdown


def test_corrected_verdicts_and_those_of_a_judge_stand_beside_the_raw_ones(run: Run, tmp_path: Path) -> None:
    look = {"id": "q1", "column": "with_notes", "point": "must-2", "stated": True, "why": "in other words"}
    (tmp_path / "look.jsonl").write_text(json.dumps(look), "utf-8")
    judged = changed(run, q1={"judge_error": "", "judge_must": 1.0, "judge_stated": ["must-1", "must-2"]},
                     q2={"judge_error": "no such model", "judge_must": None, "judge_stated": []})  # fmt: skip
    html, markdown = both(judged, adjudicated=adjudicate(judged, tmp_path / "look.jsonl"))
    assert cells(html, "must points stated")[1] == "0.500 0.500 to 0.500"
    assert cells(html, "the same, after a second look")[1] == "0.750 1 of 1 verdicts changed"
    assert cells(html, "the same, by the judging model") == ["–", "0.500", "–"]
    assert "; judging model: stated) Limit orders supply it." in words(block(html, "question-1"))
    assert "could not judge: no such model" in words(block(html, "question-2"))
    assert "| 0.750 (1 of 1 verdicts changed) |" in markdown
    assert "; judging model: not stated): They come from the book." in markdown


def test_an_earlier_run_is_set_beside_and_what_got_worse_is_named(run: Run) -> None:
    before = replace(changed(run, q1={"must": 1.0}, q2={"must": 1.0}), fingerprint=MADE_WITH | {"model": "older"})
    html, markdown = both(run, baseline=compare_runs(run, before))
    assert cells(html, "with our notes") == ["-0.500 -0.500 to -0.500", "2", "q1 , q2"]
    assert cells(html, "filings only") == ["+0.000 0.000 to 0.000", "2", "none"]
    told = "A whole interval lies below 0: a loss. The two runs also differ in: answers written by."
    assert told in words(main_of(html))
    assert "| with our notes | -0.500 (-0.500 to -0.500) | 2 | [q1](#q1), [q2](#q2) |" in markdown
    assert told in markdown


def test_no_text_of_a_run_becomes_markup(library: Library) -> None:
    said = Answer("?", (Claim(EVIL, (replace(citation(EVIL), title=EVIL),)),), False, {}, (), "m", ((EVIL, EVIL),))
    point = replace(QUESTION.points[0], text=EVIL)
    asked = replace(QUESTION, id=EVIL, level=EVIL, topic=EVIL, question=EVIL, points=(point,))
    made = ask_bank(
        Exam((asked,), {EVIL: (EVIL, EVIL)}), examiner(library, lambda question, scope: said), {EVIL: {EVIL: EVIL}}
    )
    rows = tuple(row | {"error": EVIL, "leaks": [EVIL], "judge_error": EVIL, "judge_must": None} for row in made.rows)
    report = bank_report(Run(made.fingerprint, rows))
    html = as_html(report, EVIL)
    elements = {element.tag.removeprefix(SVG) for element in main_of(html).iter()}
    assert not elements & {"script", "img", "z"}
    assert "<script" not in html
    assert "<img" not in html
    # The id, what is asked, error, judge's error, leak, level and topic, claim and quote, title, what was left out and
    # why, and the point: each once.
    assert words(block(html, "question-1")).count(EVIL) == 13
    markdown = as_markdown(report, EVIL)
    assert "<script" not in markdown
    assert "<img" not in markdown
    assert "\\| \\*z\\*" in markdown
    assert "*z*" not in markdown.replace("\\*z\\*", "")


def test_there_is_a_chart_for_each_column_by_level_and_by_topic(run: Run) -> None:
    charts = {chart.findtext(f"{SVG}title"): chart for chart in main_of(both(run)[0]).iter(f"{SVG}svg")}
    columns = ("filings only", "with our notes", "from the bank itself (the ceiling)")
    assert set(charts) == {f"Must points stated by {by}, {column}" for by in ("level", "topic") for column in columns}
    topics = charts["Must points stated by topic, with our notes"]
    (track,), (bar,) = of_class(topics, "rect", "track"), of_class(topics, "rect", "bar")
    assert per_cent(bar["width"]) == per_cent(track["width"]) / 2
    assert len(of_class(topics, "line", "whisker")) == 1, "two questions have that topic"
    levels = charts["Must points stated by level, with our notes"]
    assert len(of_class(levels, "rect", "bar")) == 2
    assert not of_class(levels, "line", "whisker"), "one question a level has no interval"


def test_the_page_loads_nothing_and_every_link_leads_to_a_place_on_it(library: Library) -> None:
    html, _ = both(worsened(library))
    assert "http" not in html.replace('xmlns="http://www.w3.org/2000/svg"', "").replace("http-equiv", "")
    assert not any(word in html for word in ("<script", "<link", "src=", "@import", "url("))
    main = main_of(html)
    places = [element.get("id") for element in main.iter() if element.get("id")]
    assert len(places) == len(set(places))
    targets = [link.get("href") or "" for link in main.iter("a")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(places)


def test_a_run_without_rows_or_cut_short_is_still_shown(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    html, markdown = both(Run({}, ()))
    assert "No question was asked." in words(main_of(html))
    assert "No question was asked." in markdown
    cut = Run(run.fingerprint, run.rows[:3])  # q1 and q2 in the first column, q1 in the second
    html, markdown = both(cut)
    assert cells(html, "advanced") == ["0.000 n = 1", "–"]
    assert [question.findtext("summary/strong") for question in questions(html)] == ["q1"]
    for rows in ((), cut.rows):
        print_bank(bank_report(Run(run.fingerprint, tuple(rows))))
    assert "–" in capsys.readouterr().out
