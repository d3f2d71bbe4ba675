"""Answers, passages and obligations as text for a terminal."""

import shutil
import textwrap
from collections import Counter
from typing import Any

from corpus.answers import Account, Answer
from corpus.contracts import citation_json
from corpus.printable import printable
from corpus.usage import Usage
from rag.impactfiles import also_on, by_actor


def print_answer(answer: Answer) -> None:
    """The answer with numbered citations below it, or what came nearest."""
    print_relaxed(answer.searched)
    for notice in answer.notices:
        print(_wrap(f"Note: {notice}") + "\n")
    if answer.abstained:
        print(_wrap(answer.text))
        print(f"\nSearched {answer.searched.get('documents', 0)} documents. Nearest passages:")
        _print_citations([citation_json(c) for c in answer.nearest])
    else:
        for line in answer.text.split("\n"):
            print(_wrap(line) + "\n")
        _print_account(answer.account)
        _print_citations(
            [{"because": claim.because, **citation_json(c)} for claim in answer.claims for c in claim.citations]
        )
    if answer.dropped:
        print(f"\n{len(answer.dropped)} statements of {answer.model} were dropped: the documents do not carry them.")
        for claim, reason in answer.dropped:
            print(_wrap(f"- {claim} ({reason})", indent="  "))
    if answer.usage is not None and answer.usage.model_calls:
        print("\n" + _wrap(f"{answer.model}: {usage_in_words(answer.usage)}."))


def usage_in_words(usage: Usage) -> str:
    """What a model took: "2 replies, 3 look-ups, 1,200 tokens read, 80 written, 4.1 s, 0.0032 USD"."""
    parts = [_counted(usage.model_calls, "reply", "replies")]
    if usage.tool_calls:
        parts.append(_counted(usage.tool_calls, "look-up", "look-ups"))
    if usage.input_tokens is not None and usage.output_tokens is not None:
        parts += [f"{usage.input_tokens:,} tokens read", f"{usage.output_tokens:,} written"]
    parts.append(f"{usage.model_ms / 1000:.1f} s")
    if usage.cost is not None:
        parts.append(f"{usage.cost:.4f} {usage.currency}")
    return ", ".join(parts)


def print_asked(asked: str, why: str) -> None:
    """The question that was asked in place of the one that was typed, and why."""
    print(_wrap(f"Asked as: {asked} ({why})") + "\n")


def _print_account(account: Account) -> None:
    """Below the claims: what they dispute, what was not found, where terms are defined."""
    for conflict in account.conflicts:
        print(_wrap(f"Conflict about {conflict.about}: {conflict.explanation}") + "\n")
    if account.unanswered_parts:
        print(_wrap(f"Nothing was found for: {'; '.join(account.unanswered_parts)}") + "\n")
    for defined in account.definitions:
        citation = citation_json(defined.citation)
        print(_wrap(f"“{defined.term}” is defined on {place(citation)} ({citation['title']})."))
    if account.definitions:
        print()


def _print_citations(citations: list[dict[str, Any]]) -> None:
    for number, citation in enumerate(citations, start=1):
        print(printable(f"[{number}] {where(citation)}"))
        print(_wrap(f"“{citation['quote']}”", indent="    "))
        if citation.get("because"):
            print(_wrap(f"({citation['because']})", indent="    "))
        _print_also_in(citation)


def where(citation: dict[str, Any]) -> str:
    """Title, page as printed and in the file, section and standing of a citation or passage."""
    parts = [citation["title"], place(citation), citation["section"], citation.get("status") or citation["voice"]]
    return " · ".join(part for part in parts if part)


def place(citation: dict[str, Any]) -> str:
    """Where it stands: "p. iv (page 4 of the file)", "page 4", or "line 120" of a text file."""
    if citation.get("line"):
        return f"line {citation['line']}"
    label, number = citation["page_label"], citation["page"]
    return f"page {number}" if label in (None, str(number)) else f"p. {label} (page {number} of the file)"


def print_relaxed(searched: dict[str, object]) -> None:
    """What was named and not found, or relaxed, one line each."""
    relaxed = searched.get("relaxed")
    for words in relaxed if isinstance(relaxed, list) else ():
        print(_wrap(f"Note: {words}.") + "\n")


def _print_also_in(shown: dict[str, Any]) -> None:
    for other in shown["also_in"]:
        print(
            _wrap(
                "also in: " + " · ".join(filter(None, (other["title"], place(other), other["section"]))), indent="    "
            )
        )


def print_followed(followed: list[dict[str, Any]]) -> None:
    """What the first passages refer to, under a heading of its own."""
    if followed:
        print("Referred to by these passages:\n")
    for passage in followed:
        print(printable(f"- {passage['because']}: {where(passage)}"))
        print(_wrap(" ".join(passage["text"].split()), indent="    ") + "\n")


def print_passages(passages: list[dict[str, Any]]) -> None:
    """Found passages, best first."""
    for passage in passages:
        print(printable(f"{passage['rank']}. {where(passage)}  [{passage['score']:.3f}]"))
        print(_wrap(" ".join(passage["text"].split()), indent="    "))
        _print_also_in(passage)
        print()
    if not passages:
        print("Nothing found. `reglens list` shows what is in the library.")


def print_impact(impact: dict[str, Any]) -> None:
    """Obligations under who is bound, the most bound first, and how many there are of each kind."""
    for actor, obligations in by_actor(impact["obligations"]):
        print(printable(f"{actor} ({len(obligations)})"))
        for obligation in obligations:
            names = ("condition", "deadline", "threshold", "cost")
            facts = [f"{name}: {obligation[name]}" for name in names if obligation[name]]
            print(_wrap(f"- {obligation['wording']}", indent="  "))
            where_else = [f"also on {also_on(obligation)}"] if obligation["also"] else []
            places = [place(obligation["citation"]), obligation["section"], *where_else]
            print(_wrap("; ".join([*facts, *places]), indent="      "))
        print()
    kinds = Counter(obligation["kind"] for obligation in impact["obligations"])
    print(
        f"{_counted(kinds['duty'], 'duty', 'duties')}, {_counted(kinds['prohibition'], 'prohibition')}, "
        f"{_counted(kinds['permission'], 'permission')}, "
        f"{_counted(kinds['advice'], 'piece of advice', 'pieces of advice')}, "
        f"{_counted(kinds['estimate'], 'estimate')}; "
        f"{_counted(len(impact['sections']), 'section')} on costs, dates and effects; "
        f"{_counted(len(impact['requests']), 'request')} for comment."
    )


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _wrap(text: str, indent: str = "") -> str:
    width = min(shutil.get_terminal_size().columns, 110)
    return textwrap.fill(printable(text), width, initial_indent=indent, subsequent_indent=indent)
