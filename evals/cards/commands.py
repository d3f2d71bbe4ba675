"""`reglens eval cards`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def cards_command(
    context: typer.Context,
    cards: Annotated[Path | None, typer.Argument(help="Folder of cards; ours by default.", show_default=False)] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Folder of releases, named by number.", show_default=False)
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", help="Table of release, file_no and rin.", show_default=False)
    ] = None,
    abstracts: Annotated[
        Path | None, typer.Option("--abstracts", help="Folder of Federal Register listings.", show_default=False)
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option("--library", help="Keep the library here, and reuse what it holds.", show_default=False),
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a list.")] = False,
) -> None:
    """Look for the facts of rule cards in releases, their index and listings."""
    from evals.cards.check import evaluate_cards
    from evals.cards.evidence import files_for, gather
    from evals.cards.read import CARDS, load_cards
    from evals.read_files import library_of

    loaded = load_cards(cards or CARDS)
    wanted = frozenset[str]().union(*(card.named for card in loaded))
    with library_of(files_for(wanted, texts, abstracts), context.obj[1], library) as opened:
        report = evaluate_cards(loaded, gather(opened, wanted, texts, index))
    if json_output:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)
    if report["totals"]["contradicted"]:
        raise typer.Exit(1)


def _print(report: dict[str, Any]) -> None:
    for card in report["cards"]:
        counts = ", ".join(f"{len(card[name])} {name}" for name in ("confirmed", "unsupported", "contradicted"))
        print(f"{card['card']}: {counts}")
        for outcome in ("contradicted", "unsupported", "confirmed"):
            for row in card[outcome]:
                said = f" ({row['where']})" if row["where"] else ""
                print(f"  {outcome}: {row['fact']} {row['value']}{said}")
    totals = report["totals"]
    print(
        f"{totals['cards']} cards: {totals['confirmed']} confirmed, {totals['unsupported']} unsupported, "
        f"{totals['contradicted']} contradicted."
    )
