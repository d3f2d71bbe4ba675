"""`reglens bank import`."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.options import Folder, Json, Wait, one_line

if TYPE_CHECKING:
    from ingest.banks.reading import ImportedBank
    from ingest.pipeline import Report

bank_app = typer.Typer(no_args_is_help=True, help="Question banks of your own.")


@bank_app.command("import")
def import_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Text, Markdown, CSV or lines of JSON.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the bank here.", show_default="NAME.bank.jsonl, here")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    no_ingest: Annotated[bool, typer.Option("--no-ingest", help="Write only; read nothing into the library.")] = False,
    library: Folder = None,
    wait: Wait = 0.0,
    json_output: Json = False,
) -> None:
    """Make a bank of questions and points from hints or answers, and read it into the library."""
    from corpus.questions import question_json
    from ingest.banks.reading import read_person_bank
    from ingest.commands import end_if_stopped, ingest_files
    from ingest.sources import find_sources

    to = out or Path(f"{file.stem}.bank.jsonl")
    _check_place(file, to, force=force)
    bank = read_person_bank(file)
    opened = None if no_ingest else context.obj(library, create=True)
    _write(to, "".join(f"{question_json(question)}\n" for question in bank.questions))
    if not json_output:
        _print_bank(bank, to)
    ingested = None if opened is None else ingest_files(opened, find_sources([to])[0], wait_s=wait)
    _print_outcome(bank, to, ingested, json_output=json_output)
    if ingested is not None:
        end_if_stopped(ingested)
        if ingested.failed:
            raise typer.Exit(1)


def _check_place(file: Path, to: Path, *, force: bool) -> None:
    from corpus.errors import SourceError
    from ingest.sources import BANK_SUFFIX

    if to.suffix.lower() != BANK_SUFFIX:
        raise SourceError(f"{to} does not end in {BANK_SUFFIX}, as a bank does", remedy="name another file with --out")
    if not to.exists():
        return
    if file.exists() and to.samefile(file):
        raise SourceError(f"{to} is the file that is to be imported", remedy="name another file with --out")
    if to.is_dir() or not force:
        raise SourceError(
            f"{to} is there already", remedy="name another file with --out, or write over it with --force"
        )


def _write(to: Path, text: str) -> None:
    from corpus.errors import SourceError
    from ingest.fetching.manifest import replace_file

    try:
        replace_file(to, text)
    except OSError as error:
        raise SourceError(f"{to} cannot be written: {error.strerror}", remedy="name another file with --out") from error


def _print_bank(bank: "ImportedBank", to: Path) -> None:
    found = _counts(bank)
    levels = ", ".join(f"{count} {level}" for level, count in found["by_level"].items())
    kinds = ", ".join(f"{count} {kind}" for kind, count in found["by_kind"].items())
    print(f"{_questions(found['questions'])} ({levels}) with points: {kinds}; in {to}")
    for note in bank.notes:
        print(f"  note: {one_line(note)}")
    if drafts := found["drafts"]:
        print(
            f"  {_questions(drafts)} without a wording: drafts were made from the hints, "
            "and give a part of the answer away.\n"
            f'    → write "question" anew in {to} and remove "draft": true, '
            f"then `reglens eval bank --questions {to}`"
        )


def _print_outcome(bank: "ImportedBank", to: Path, ingested: "Report | None", *, json_output: bool) -> None:
    from ingest.commands import print_report, report_json

    if json_output:
        outcome = {"out": str(to), **_counts(bank), "notes": list(bank.notes)}
        outcome["ingested"] = None if ingested is None else report_json(ingested)
        print(json.dumps(outcome, ensure_ascii=False))
    elif ingested is not None:
        print_report(ingested, [])


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _counts(bank: "ImportedBank") -> dict[str, Any]:
    kinds = Counter(point.kind.value for question in bank.questions for point in question.points)
    return {
        "questions": len(bank.questions),
        "points": kinds.total(),
        "drafts": sum(question.draft for question in bank.questions),
        "by_level": dict(Counter(question.level for question in bank.questions)),
        "by_kind": dict(kinds),
    }
