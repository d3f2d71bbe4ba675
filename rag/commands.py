"""`reglens search`, `ask`, `compare` and `impact`."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.records import Answer
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
    document: Documents = None,
    kind: Kinds = None,
    release: Releases = None,
    voice: Voices = None,
    since: Since = None,
    fail_on_abstain: Annotated[
        bool, typer.Option("--fail-on-abstain", help="End with 1 when there is no answer.")
    ] = False,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Answer a question from the documents, with citations."""
    questions = _questions(question, file)
    scope = _scope(document, kind, release, voice, since)
    respond = _responder(context.obj(library), model, scope, agent=agent)
    abstained = False
    for text in questions:
        found = respond(text)
        abstained = abstained or found.abstained
        _show_answer(found, json_output=json_output or file is not None)
    if abstained and fail_on_abstain:
        raise typer.Exit(1)


def compare_command(
    context: typer.Context,
    a: Annotated[str, typer.Argument(help="Earlier document.", show_default=False)],
    b: Annotated[str, typer.Argument(help="Later document.", show_default=False)],
    topic: Annotated[str | None, typer.Option("--topic", help="Only what concerns this.", show_default=False)] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare two documents, provision by provision."""
    from rag.compare import compare, comparison_json

    opened = context.obj(library)
    comparison = comparison_json(compare(opened, opened.find(a), opened.find(b), topic))
    if json_output:
        _print_json(comparison)
    else:
        from rag.printing import print_comparison

        print_comparison(comparison)


def impact_command(
    context: typer.Context,
    document: Annotated[str, typer.Argument(show_default=False)],
    actor: Annotated[
        str | None, typer.Option("--for", help='Only this actor, e.g. "broker-dealers".', show_default=False)
    ] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """List what a document would make whom do, by when."""
    from rag.impact import find_obligations, impact_json

    opened = context.obj(library)
    impact = impact_json(find_obligations(opened, opened.find(document), actor))
    if json_output:
        _print_json(impact)
    else:
        from rag.printing import print_impact

        print_impact(impact)


def mount(app: typer.Typer) -> None:
    """Add the commands; the context's ``obj`` opens the library they work on."""
    app.command("search")(search_command)
    app.command("ask")(ask_command)
    app.command("compare")(compare_command)
    app.command("impact")(impact_command)


def _questions(question: str | None, file: Path | None) -> Iterator[str]:
    from corpus.errors import ConfigError

    if (question is None) == (file is None):
        raise ConfigError("give either a question or --file", remedy='reglens ask "Who is a retail customer?"')
    if question is not None:
        yield question
    elif file is not None:
        yield from _questions_of(file)


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


def _responder(library: "Library", model: str, scope: "Scope", *, agent: bool) -> "Callable[[str], Answer]":
    from rag.asking import answerer
    from rag.retrieve import Retriever
    from rag.settings import load_rag_settings

    settings = load_rag_settings()
    retriever = Retriever(library, settings.retrieval)
    ask = answerer(retriever, settings.answering, model, agent=agent, tell=_tell)
    return lambda question: ask(question, scope)


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


def _show_answer(answer: "Answer", *, json_output: bool) -> None:
    from corpus.contracts import answer_json

    if json_output:
        _print_json(answer_json(answer))
    else:
        from rag.printing import print_answer

        print_answer(answer)


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
