"""`reglens eval retrieval`, `pages`, `compare` and `references`; others are mounted from files of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from evals.bank.commands import bank_command, report_command
from evals.cards.commands import cards_command
from evals.duty_commands import impact_command, obligations_command
from evals.facts_commands import facts_command
from evals.followup_command import followups_command
from evals.rubric.commands import scorer_command
from evals.structure_commands import headings_command, outline_command
from evals.terminal import Folder, Json, Kept, check_known, progress, show
from evals.voice_commands import voice_command

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.pages import Ingest


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
    app.command("report")(report_command)
    app.command("scorer")(scorer_command)
    app.command("retrieval")(retrieval_command)
    app.command("pages")(pages_command)
    app.command("compare")(compare_command)
    app.command("headings")(headings_command)
    app.command("outline")(outline_command)
    app.command("facts")(facts_command)
    app.command("cards")(cards_command)
    app.command("followups")(followups_command)
    app.command("voice")(voice_command)
    app.command("references")(references_command)
    app.command("impact")(impact_command)
    app.command("obligations")(obligations_command)
    return app


def retrieval_command(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="Holds corpus.jsonl, queries.jsonl and qrels/*.tsv.", show_default=False)
    ] = None,
    queries: Annotated[
        Path | None, typer.Option("--queries", help="Ask only these: ids, one a line.", show_default=False)
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option("--questions", help="Without DIR: other questions, in the form of ours.", show_default=False),
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library", help="With FOLDER, keep its library here; else, the one that is asked.", show_default=False
        ),
    ] = None,
    json_output: Json = False,
) -> None:
    """Rank the passages of a benchmark in BEIR form; without one, ask our questions of your library."""
    wanted = None
    if queries is not None:
        from evals.datasets import load_ids

        wanted = load_ids(queries)
    if folder is None:
        _sections(context, questions, wanted, library, json_output)
    elif questions is not None:
        from corpus.errors import ConfigError

        raise ConfigError("a folder has questions of its own", remedy="leave out either the folder or --questions")
    else:
        _benchmark(context, folder, wanted, library, json_output)


def _benchmark(
    context: typer.Context, folder: Path, wanted: tuple[str, ...] | None, library: Path | None, json_output: bool
) -> None:
    from evals.datasets import load_beir, only_queries
    from evals.retrieval import evaluate_retrieval
    from rag.settings import load_rag_settings

    benchmark = load_beir(folder)
    if wanted is not None:
        benchmark = only_queries(benchmark, wanted)
    with _folder_for(library) as place, _opened(context.obj[0], place) as opened:
        totals = {"passages": len(benchmark.passages), "queries": len(benchmark.queries)}
        with progress(totals) as done:
            report = evaluate_retrieval(opened, benchmark, load_rag_settings().retrieval, done)
    _show(report, "retrieval", json_output)


def _sections(
    context: typer.Context, file: Path | None, wanted: tuple[str, ...] | None, library: Path | None, json_output: bool
) -> None:
    from evals.datasets import check_ids
    from evals.gold_places import QUESTIONS, load_place_questions
    from evals.sections import evaluate_sections
    from rag.settings import load_rag_settings

    asked = load_place_questions(file or QUESTIONS)
    if wanted is not None:
        check_ids(wanted, {question.id for question in asked})
        asked = tuple(question for question in asked if question.id in wanted)
    opened = context.obj[0](library)
    with progress({"questions": len(asked)}) as done:
        report = evaluate_sections(opened, asked, load_rag_settings().retrieval, lambda: done("questions", 1))
    _show(report, "sections", json_output)


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
    from rag.settings import load_rag_settings

    asked, files = load_page_questions(questions), find_pdfs(pdfs)
    with _folder_for(library) as place:
        context.obj[1](place, files)
        with _opened(context.obj[0], place) as opened, progress({"questions": len(asked)}) as done:
            report = evaluate_pages(opened, asked, load_rag_settings().retrieval, lambda: done("questions", 1))
    _show(report, "pages", json_output)
    if report["missing_documents"]:
        raise typer.Exit(1)


def compare_command(
    context: typer.Context,
    gold: Annotated[
        Path | None,
        typer.Argument(help="Lines of JSON with two documents and a change; ours by default.", show_default=False),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", help='"dev", "check" or "fresh"; all by default.', show_default=False)
    ] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare documents and look for changes that are known to be there."""
    from evals.changes import CHANGES, PARTS, held_changes, load_changes
    from evals.compare import evaluate_compare

    if part is not None:
        check_known("--part", [part], PARTS)
    changes = [known for known in load_changes(gold or CHANGES) if part in (None, known.part)]
    opened = context.obj[0](library)
    held = changes if gold else held_changes(opened, changes)
    with progress({"pairs": len({(known.a, known.b) for known in held})}) as done:
        report = evaluate_compare(opened, held, progress=lambda: done("pairs", 1))
    _show(report | {"n_skipped": len(changes) - len(held)}, "compare", json_output)
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


def _show(report: dict[str, Any], what: str, json_output: bool) -> None:
    from evals.printing import print_report

    show(report, partial(print_report, what=what), json_output=json_output)
