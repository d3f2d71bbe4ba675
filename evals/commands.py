"""`reglens eval bank`, `retrieval`, `pages`, `compare` and `references`; others are mounted from files of their own."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from evals.facts_commands import facts_command
from evals.structure_commands import headings_command, outline_command
from evals.voice_commands import voice_command

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.records import Answer
    from evals.pages import Ingest
    from rag.retrieve import Scope
    from rag.settings import RagSettings

Folder = Annotated[Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)]
Kept = Annotated[
    Path | None,
    typer.Option("--library", help="Keep the library here, and reuse what it holds.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


class OpenLibrary(Protocol):
    """Opens the library in a folder, or the one that the environment names."""

    def __call__(self, folder: Path | None = None, *, create: bool = False) -> "Library":
        """See :func:`corpus.access.open_library`."""
        ...


def build_app(open_library: OpenLibrary, ingest: "Ingest") -> typer.Typer:
    """The commands, on libraries that ``open_library`` opens and ``ingest`` fills."""
    app = typer.Typer(no_args_is_help=True)

    @app.callback()
    def _root(context: typer.Context) -> None:
        context.obj = open_library, ingest

    app.command("bank")(bank_command)
    app.command("retrieval")(retrieval_command)
    app.command("pages")(pages_command)
    app.command("compare")(compare_command)
    app.command("headings")(headings_command)
    app.command("outline")(outline_command)
    app.command("facts")(facts_command)
    app.command("voice")(voice_command)
    app.command("references")(references_command)
    return app


def bank_command(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Another bank, in the form of ours.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the raw rows here.", show_default=False)] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="An earlier run's JSON to compare with.", show_default=False)
    ] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Ask the question bank: what the answers cover, and whether their citations hold."""
    from corpus.questions import BANK, load_questions
    from evals.abstention import load_unanswerable, measure_abstention
    from evals.bank import COLUMNS, bank_report, run_bank
    from evals.baseline import compare_runs, load_run

    bank, unanswerable = load_questions(questions or BANK), load_unanswerable()
    earlier = load_run(baseline) if baseline else None
    opened = context.obj[0](library)
    ask = _asking(opened)
    with _progress({"questions": len(bank) * len(COLUMNS) + len(unanswerable)}) as done:
        trials = run_bank(opened, bank, ask, lambda: done("questions", 1))
        abstention = measure_abstention(trials, unanswerable, ask, lambda: done("questions", 1))
    report = bank_report(trials) | {"abstention": abstention, "library": _facts(opened)}
    if earlier is not None:
        report["baseline"] = compare_runs(report, earlier)
    if out is not None:
        _write_lines(out, report["questions"])
    _show(report, "bank", json_output)
    failed = any(report[column]["errors"] for column in COLUMNS)
    if failed or (earlier is not None and report["baseline"]["significant_loss"]):
        raise typer.Exit(1)


def retrieval_command(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="Holds corpus.jsonl, queries.jsonl and qrels/*.tsv.", show_default=False)
    ],
    library: Kept = None,
    json_output: Json = False,
) -> None:
    """Rank the passages of a benchmark in BEIR form."""
    from evals.datasets import load_beir
    from evals.retrieval import evaluate_retrieval

    benchmark = load_beir(folder)
    with _folder_for(library) as place, _opened(context.obj[0], place) as opened:
        totals = {"passages": len(benchmark.passages), "queries": len(benchmark.queries)}
        with _progress(totals) as done:
            report = evaluate_retrieval(opened, benchmark, _settings().retrieval, done)
    _show(report, "retrieval", json_output)


def pages_command(
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(help="Lines of JSON with evidence pages.", show_default=False)],
    pdfs: Annotated[Path, typer.Option("--pdfs", help="Folder of the PDFs.", show_default=False)],
    library: Kept = None,
    json_output: Json = False,
) -> None:
    """Find the pages that hold the evidence, over all documents and within the right one."""
    from evals.datasets import load_page_questions
    from evals.pages import evaluate_pages, find_pdfs

    asked, files = load_page_questions(questions), find_pdfs(pdfs)
    with _folder_for(library) as place:
        context.obj[1](place, files)
        with _opened(context.obj[0], place) as opened, _progress({"questions": len(asked)}) as done:
            report = evaluate_pages(opened, asked, _settings().retrieval, lambda: done("questions", 1))
    _show(report, "pages", json_output)
    if report["missing_documents"]:
        raise typer.Exit(1)


def compare_command(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="Lines of JSON with two documents and a change.", show_default=False)],
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare documents and look for changes that are known to be there."""
    from evals.compare import evaluate_compare
    from evals.datasets import load_changes

    changes = load_changes(gold)
    opened = context.obj[0](library)
    with _progress({"pairs": len({(change.a, change.b) for change in changes})}) as done:
        report = evaluate_compare(opened, changes, progress=lambda: done("pairs", 1))
    _show(report, "compare", json_output)
    if report["errors"]:
        raise typer.Exit(1)


def references_command(
    context: typer.Context,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="Other labels, in the form of ours.", show_default=False)
    ] = None,
    half: Annotated[
        str | None, typer.Option("--half", help='"develop" or "check"; both by default.', show_default=False)
    ] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare the references found in labelled passages with the labels."""
    from evals.references import LABELS, evaluate_references, load_passages

    passages = [p for p in load_passages(labels or LABELS) if half in (None, p.half)]
    report = evaluate_references(context.obj[0](library), passages)
    _show(report, "references", json_output)
    if report["lost"]:
        raise typer.Exit(1)


def _settings() -> "RagSettings":
    from corpus.settings import load_settings, settings_file
    from rag.settings import RagSettings

    return load_settings(settings_file(), "rag", RagSettings)


def _asking(library: "Library") -> "Callable[[str, Scope], Answer]":
    from rag.answer import answer
    from rag.retrieve import Retriever

    settings = _settings()
    retriever = Retriever(library, settings.retrieval)
    return lambda question, scope: answer(question, retriever, settings.answering, scope)


def _facts(library: "Library") -> dict[str, object]:
    """What the numbers of a run depend on."""
    documents = library.documents()
    return {"documents": len(documents), "embedder": library.embedder.name, "folder": library.folder.name}


@contextmanager
def _folder_for(named: Path | None) -> Iterator[Path]:
    """The folder that was named; without one, a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="reglens-eval-") as temporary:
        yield named or Path(temporary)


@contextmanager
def _opened(open_library: OpenLibrary, folder: Path) -> "Iterator[Library]":
    library = open_library(folder, create=True)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _progress(totals: dict[str, int]) -> Iterator[Callable[[str, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        tasks = {what: bar.add_task(what, total=total) for what, total in totals.items()}
        yield lambda what, count: bar.advance(tasks[what], count)


def _write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    partial.replace(path)


def _show(report: dict[str, Any], what: str, json_output: bool) -> None:
    if json_output:
        print(json.dumps(report, ensure_ascii=False))
    else:
        from evals.printing import print_report

        print_report(report, what)
