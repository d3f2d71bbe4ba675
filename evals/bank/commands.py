"""`reglens eval bank` and `reglens eval report`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evals.terminal import Folder, Json, progress, show

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.bank.trials import Examiner
    from rag.settings import RagSettings

Model = Annotated[
    str, typer.Option("--model", help='"extractive", or a chat model such as openai:gpt-5 or ollama:llama3.')
]
JudgeModel = Annotated[
    str | None, typer.Option("--judge", help="A chat model that judges too, e.g. openai:gpt-5.", show_default=False)
]
SameJudge = Annotated[bool, typer.Option("--same-judge", help="Let a model judge its own answers.")]


def bank_command(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Another bank, in the form of ours.", show_default=False)
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", help="Only this level; may be repeated.", show_default=False)
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help="Only filings_only, with_notes or bank_itself; may be repeated.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the raw rows here; go on with what is there.", show_default=False),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="An earlier run to compare with.", show_default=False)
    ] = None,
    model: Model = "extractive",
    judge: JudgeModel = None,
    same_judge: SameJudge = False,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Ask the question bank: what the answers cover, and whether their citations hold."""
    from evals.bank.baseline import compare_runs
    from evals.bank.exam import load_exam, made_with
    from evals.bank.runs import ask_bank, load_run
    from evals.bank.totals import bank_report
    from rag.settings import load_rag_settings

    exam = load_exam(questions, level or (), column or ())
    earlier = load_run(baseline) if baseline else None
    opened = context.obj[0](library)
    settings = load_rag_settings()
    examiner = _examiner(opened, settings, model, judge, same_judge=same_judge)
    with progress({"questions": exam.size}) as done:
        fingerprint = made_with(exam, examiner, settings, model)
        run = ask_bank(exam, examiner, fingerprint, out, lambda: done("questions", 1))
    report = bank_report(run)
    if earlier is not None:
        report["baseline"] = compare_runs(run, earlier)
    show(report, _print, json_output=json_output)
    failed = any(row["error"] or row.get("leaks") for row in run.rows)
    if failed or (earlier is not None and report["baseline"]["significant_loss"]):
        raise typer.Exit(1)


def report_command(
    run: Annotated[Path, typer.Argument(help="A run that `eval bank --out` wrote.", show_default=False)],
    html: Annotated[Path | None, typer.Option("--html", help="Write one HTML page here.", show_default=False)] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", help="Write Markdown here.", show_default=False)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="An earlier run to compare with.", show_default=False)
    ] = None,
    adjudicated: Annotated[
        Path | None,
        typer.Option("--adjudicated", help="Verdicts that a person corrected, shown apart.", show_default=False),
    ] = None,
    json_output: Json = False,
) -> None:
    """Write a run as one page: charts by level and topic, the worst answers first, with their evidence."""
    from evals.bank.adjudication import adjudicate
    from evals.bank.baseline import compare_runs
    from evals.bank.pages.markdown import as_markdown
    from evals.bank.pages.page import as_html
    from evals.bank.runs import load_run
    from evals.bank.totals import bank_report

    loaded = load_run(run)
    report = bank_report(loaded)
    if baseline is not None:
        report["baseline"] = compare_runs(loaded, load_run(baseline))
    if adjudicated is not None:
        report["adjudicated"] = adjudicate(loaded, adjudicated)
    if html is None and markdown is None and not json_output:
        html, markdown = run.with_suffix(".html"), run.with_suffix(".md")
    for path, write in ((html, as_html), (markdown, as_markdown)):
        if path is not None:
            path.write_text(write(report, run.name), "utf-8")
            typer.echo(f"written: {path}", err=True)
    show(report, _print, json_output=json_output)


def _examiner(
    library: "Library", settings: "RagSettings", model: str, judge: str | None, *, same_judge: bool
) -> "Examiner":
    from evals.bank.trials import Examiner
    from evals.rubric.judge import ModelJudge, check_judge
    from evals.rubric.scorer import scorer_beside
    from rag.asking import answerer
    from rag.models import load_chat
    from rag.retrieve import Retriever

    retriever = Retriever(library, settings.retrieval)
    second = None
    if judge is not None:
        check_judge(judge, model, allow_same=same_judge)
        second = ModelJudge(load_chat(judge))
    ask = answerer(retriever, settings.answering, model)
    return Examiner(library, ask, retriever, scorer_beside(library.embedder), second)


def _print(report: dict[str, Any]) -> None:
    from evals.bank.printing import print_bank

    print_bank(report)
