"""`reglens eval cards`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.terminal import Json, Kept, show


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
    library: Kept = None,
    json_output: Json = False,
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
    show(report, _print, json_output=json_output)
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
