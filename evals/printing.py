"""Reports as small tables for a terminal."""

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def print_report(report: dict[str, Any], what: str) -> None:
    """Print a report, by the name of what it measures."""
    _PRINTERS[what](report)


def _print_retrieval(report: dict[str, Any]) -> None:
    measures = list(report["ci95"])
    rows = [
        (m, with_interval(report[m], report["ci95"][m]), *(shown(report[name][m]) for name in _BASELINES))
        for m in measures
    ]
    print_table(("measure", "fused", *_BASELINES.values()), rows)
    _print_gains("fused", report["fused_minus"])
    print(f"{report['n_queries']} queries over {report['n_passages']} passages, {report['seconds']['total']:.0f} s.")
    for note in report["notes"]:
        print(f"  note: {note}")


_BASELINES = {"bm25": "BM25 alone", "dense": "vectors alone", "rrf": "their ranks fused"}


def _print_gains(ours: str, gains: dict[str, dict[str, Any]]) -> None:
    """What ours has more than each baseline, on the same questions."""
    rows = [
        (m, *(with_interval(gains[name][m]["mean"], gains[name][m]["ci95"]) for name in _BASELINES))
        for m in next(iter(gains.values()))
    ]
    print_table((f"{ours} minus", *_BASELINES.values()), rows)


def _print_sections(report: dict[str, Any]) -> None:
    measures, baselines = list(report["ci95"]), report["baselines"]
    rows = [
        (m, with_interval(report[m], report["ci95"][m]), *(shown(baselines[name][m]) for name in _BASELINES))
        for m in measures
    ]
    print_table(("measure", "ours", *_BASELINES.values()), rows)
    _print_gains("ours", report["ours_minus"])
    groups = {**report["by_kind"], **report["by_wording"]}
    print_table(
        ("questions", "how many", *measures),
        [(name, shown(row["n"]), *(shown(row[m]) for m in measures)) for name, row in groups.items()],
    )
    print(f"{report['n_questions']} questions, {report['seconds']:.0f} s. Recall is {report['measure']}.")
    if report["only_also_in"]:
        print(f'  found by a place shown as "also in" only: {", ".join(report["only_also_in"])}')
    for name in report["missing_documents"]:
        print(f"  not in the library: {name}")
    for place in report["missing_places"]:
        print(f"  no passage stands there: {place}")


def _print_pages(report: dict[str, Any]) -> None:
    sides = {"shared": "over all documents", "single": "within the right one"}
    baselines = report["baselines"]
    for side, where in sides.items():
        rows = [
            (m, with_interval(value, report["ci95"][side][m]), *(shown(b[side][m]) for b in baselines.values()))
            for m, value in report[side].items()
        ]
        print(f"Pages found {where}:")
        print_table(("measure", "ours", "BM25 alone", "vectors alone", "both, by rank"), rows)
    print(f"{report['n_questions']} questions over {report['n_documents']} documents, {report['seconds']:.0f} s.")
    for stem in report["missing_documents"]:
        print(f"  not in the library: {stem}")


def _print_compare(report: dict[str, Any]) -> None:
    groups = {"all": report, **report["by_set"]}
    rows = [
        (
            label,
            str(figures["n_changes"]),
            with_interval(figures["recall"], figures["ci95"]),
            f"{figures['n_called_changed']} of {figures['n_unchanged']}",
        )
        for name, whole in groups.items()
        for label, figures in _with_parts(name, whole)
    ]
    print_table(("changes", "known", "found", "unchanged, called changed"), rows)
    print(
        f"{len(report['found'])} of {report['n_changes']} known changes found in {report['n_rows']} rows, "
        f"{report['seconds']:.0f} s."
    )
    if report["n_skipped"]:
        print(f"{report['n_skipped']} left out: the library does not hold both documents.")
    for identity in report["missed"]:
        print(f"  missed: {identity}")
    for error in report["errors"]:
        print(f"  {error['a']} and {error['b']}: {error['reason']}\n    → {error['remedy']}")


def _with_parts(name: str, whole: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, whole), *((f"{name}, {part}", figures) for part, figures in whole["by_part"].items())]


def _print_references(report: dict[str, Any]) -> None:
    rows = [
        (name, *map(shown, (row["n_labelled"], row["n_ours"], row["precision"], row["recall"])))
        for name, row in {"found": report["found"], "right": report["right"], **report["by_kind"]}.items()
    ]
    print_table(("references", "labelled", "ours", "precision", "recall"), rows)
    points = report["points_to"]
    print(
        f"Of {points['n_labelled']} that point within their document, {points['n_right']} point right; "
        f"{points['n_ours']} of ours point. {report['n_passages']} passages."
    )
    for place in report["lost"]:
        print(f"  not found: {place}")


_PRINTERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "retrieval": _print_retrieval,
    "sections": _print_sections,
    "pages": _print_pages,
    "compare": _print_compare,
    "references": _print_references,
}


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: the first column to the left, the others to the right."""
    table = Table(box=None, header_style="bold")
    for number, name in enumerate(names):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def with_interval(value: float | None, interval: Sequence[float] | None) -> str:
    """A number and its 95 % interval, where it has one."""
    return f"{shown(value)} {interval_text(interval)}" if interval else shown(value)


def interval_text(interval: Sequence[float]) -> str:
    """Both ends of an interval, in brackets."""
    return f"({interval[0]:.3f} to {interval[1]:.3f})"


def shown(value: float | None) -> str:
    """A number for a table; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
