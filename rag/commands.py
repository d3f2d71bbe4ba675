"""`reglens search` and `ask`; `compare`, `impact` and `mcp` have files of their own."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.comparecommand import compare_command
from rag.impactcommand import impact_command
from rag.mcp_command import mcp_command

if TYPE_CHECKING:
    from corpus.library import Library
    from rag.conversing import AskAtLength
    from rag.events import Step
    from rag.scope import Scope

Folder = Annotated[Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", "-d", help="Ask only this document; may be repeated.", show_default=False),
]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="Ask only this kind; may be repeated.", show_default=False)
]
Releases = Annotated[
    list[str] | None, typer.Option("--release", help="Ask only this release, e.g. 34-83062.", show_default=False)
]
Voices = Annotated[
    list[str] | None, typer.Option("--voice", help="Only passages in this voice, e.g. rule_text.", show_default=False)
]
Since = Annotated[
    str | None, typer.Option("--since", help="Leave out documents dated before, e.g. 2018-01-01.", show_default=False)
]


def search_command(
    context: typer.Context,
    query: Annotated[str, typer.Argument(show_default=False)],
    k: Annotated[int, typer.Option("-k", help="How many passages.", min=1)] = 10,
    document: Documents = None,
    kind: Kinds = None,
    release: Releases = None,
    voice: Voices = None,
    since: Since = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Find passages."""
    from corpus.contracts import passage_json
    from rag.follow import followed_json
    from rag.retrieve import Retriever

    scope = _scope(document, kind, release, voice, since)
    found = Retriever(context.obj(library)).search(query, k, scope)
    passages = [passage_json(passage, rank) for rank, passage in enumerate(found.passages, start=1)]
    followed = [followed_json(item, rank) for rank, item in enumerate(found.followed, start=1)]
    if json_output:
        timings = {stage: round(ms, 1) for stage, ms in found.timings_ms.items()}
        looked = {"searched": found.searched, "timings_ms": timings}
        _print_json({"query": query, "passages": passages, "followed": followed, **looked})
    else:
        _print_passages(passages, followed, found.searched)


def ask_command(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(show_default=False)] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help='Lines of JSON with "question"; one answer a line.', show_default=False),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", help='"extractive", or a chat model such as openai:gpt-5 or ollama:llama3.')
    ] = "extractive",
    agent: Annotated[
        bool, typer.Option("--agent", help="Let the model look into the library itself; it tells each step.")
    ] = False,
    length: Annotated[
        str | None, typer.Option("--length", help="short, normal or full (of sentences quoted).", show_default=False)
    ] = None,
    document: Documents = None,
    kind: Kinds = None,
    release: Releases = None,
    voice: Voices = None,
    since: Since = None,
    thread: Annotated[
        Path | None,
        typer.Option(
            "--thread", help="File that keeps the conversation, so that a question may follow up.", show_default=False
        ),
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Read questions from the terminal; each may follow up.")
    ] = False,
    fail_on_abstain: Annotated[
        bool, typer.Option("--fail-on-abstain", help="End with 1 when there is no answer.")
    ] = False,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Answer a question from the documents, with citations."""
    scope = _scope(document, kind, release, voice, since)
    if file is not None:
        _check_file_alone(question, thread, interactive=interactive)
        abstained = _answer_file(file, _asker(context.obj(library), model, length, agent=agent), scope)
    else:
        questions, opened = _typed(question, interactive=interactive), context.obj(library)
        ask = _asker(opened, model, length, agent=agent)
        abstained = _converse(questions, opened, ask, scope, thread, interactive, json_output)
    if abstained and fail_on_abstain:
        raise typer.Exit(1)


def mount(app: typer.Typer) -> None:
    """Add the commands; the context's ``obj`` opens the library they work on."""
    app.command("search")(search_command)
    app.command("ask")(ask_command)
    app.command("compare")(compare_command)
    app.command("impact")(impact_command)
    app.command("mcp")(mcp_command)


def _typed(question: str | None, *, interactive: bool) -> Iterator[str]:
    from corpus.errors import ConfigError

    if interactive:
        from rag.talking import typed_questions

        return typed_questions(question)
    if question is None:
        raise ConfigError(
            "give either a question or --file, or --interactive", remedy='reglens ask "Who is a retail customer?"'
        )
    return iter((question,))


def _check_file_alone(question: str | None, thread: Path | None, *, interactive: bool) -> None:
    from corpus.errors import ConfigError

    if question is not None:
        raise ConfigError("give either a question or --file", remedy='reglens ask "Who is a retail customer?"')
    if thread is not None or interactive:
        raise ConfigError(
            "--file asks every line on its own", remedy="leave out either --file, or --thread and --interactive"
        )


def _converse(
    questions: Iterator[str],
    library: "Library",
    ask: "AskAtLength",
    scope: "Scope",
    thread: Path | None,
    interactive: bool,
    json_output: bool,
) -> bool:
    from rag.talking import converse, print_reply, reply_json

    show = (lambda found: _print_json(reply_json(found))) if json_output else print_reply
    return converse(questions, library, ask, scope, thread=thread, go_on=interactive, show=show)


def _answer_file(file: Path, ask: "AskAtLength", scope: "Scope") -> bool:
    """Answer every line on its own; whether one was not answered."""
    from corpus.contracts import answer_json

    abstained = False
    for text in _questions_of(file):
        found = ask(text, scope, 0)
        abstained = abstained or found.abstained
        _print_json(answer_json(found))
    return abstained


def _questions_of(file: Path) -> Iterator[str]:
    from corpus.errors import SourceError

    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"cannot read {file}: {error.strerror}", remedy="check the path") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["question"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise SourceError(
                f'{file}, line {number} is not a JSON object with "question"', remedy="mend that line"
            ) from error


def _asker(library: "Library", model: str, length: str | None, *, agent: bool) -> "AskAtLength":
    from rag.asking import answerer_at_length
    from rag.retrieve import Retriever
    from rag.settings import load_rag_settings

    settings = load_rag_settings()
    answering = replace(settings.answering, length=length) if length else settings.answering
    retriever = Retriever(library, settings.retrieval)
    return answerer_at_length(retriever, answering, model, agent=agent, tell=_tell)


def _tell(step: "Step") -> None:
    print(f"{step.words} …", file=sys.stderr, flush=True)


def _scope(
    documents: list[str] | None,
    kinds: list[str] | None,
    releases: list[str] | None,
    voices: list[str] | None,
    since: str | None,
) -> "Scope":
    from corpus.records import Kind, Voice
    from rag.scope import Scope

    scope = Scope(documents=tuple(documents or ()), releases=tuple(releases or ()), since=since)
    return replace(scope, kinds=_members(Kind, kinds, "--kind"), voices=_members(Voice, voices, "--voice"))


def _members(names: Any, chosen: list[str] | None, option: str) -> tuple[Any, ...]:
    from corpus.errors import ConfigError

    known = [member.value for member in names]
    for name in chosen or ():
        if name not in known:
            raise ConfigError(f"{option} {name!r} is unknown", remedy=f"use one of: {', '.join(known)}")
    return tuple(names(name) for name in chosen or ())


def _print_passages(
    passages: list[dict[str, Any]], followed: list[dict[str, Any]], searched: dict[str, object]
) -> None:
    from rag.printing import print_followed, print_passages, print_relaxed

    print_relaxed(searched)
    print_passages(passages)
    print_followed(followed)


def _print_json(value: dict[str, Any]) -> None:
    from corpus.printable import escaped

    print(escaped(json.dumps(value, ensure_ascii=False)), flush=True)
