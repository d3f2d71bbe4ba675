from typing import Any

import pytest

from corpus.errors import NotInLibrary
from corpus.library import Library
from evals.changes import KnownChange, held_changes
from evals.compare import evaluate_compare, mentioned_in


def row(topic: str, status: str = "changed", difference: str = "", **quotes: str) -> dict[str, Any]:
    sides = {side: [{"quote": quotes[side]}] if side in quotes else [] for side in ("a", "b", "reason")}
    return {"topic": topic, "status": status, "difference": difference, **sides}


ROWS = [
    row("Quiet hours", difference="nine o'clock became ten", a="at nine", b="at ten"),
    row("Lanterns", status="unchanged", a="a lantern at every door"),
    row("Bells", status="removed", a="ring the\nBELL twice"),
]


@pytest.mark.parametrize(
    ("keywords", "topic"),
    [
        (["quiet hours", "ten"], "Quiet hours"),
        (["bell", "trumpet"], "Bells"),
        (["ring the bell"], "Bells"),
        (["trumpet", "drum", "bell"], None),
        (["lantern", "door"], None),
    ],
)
def test_half_of_the_keywords_in_a_row_that_shows_a_change(keywords: list[str], topic: str | None) -> None:
    assert mentioned_in(ROWS, keywords) == topic


def test_keywords_of_two_rows_do_not_add_up() -> None:
    assert mentioned_in(ROWS, ["quiet", "bell", "trumpet", "drum"]) is None


def change(identity: str, *keywords: str, b: str = "34-2") -> KnownChange:
    return KnownChange(identity, "34-1", b, "", keywords)


def test_each_pair_is_compared_once_and_what_fails_counts_as_missed(empty: Library) -> None:
    compared = []

    def compare(library: Library, a: str, b: str) -> dict[str, Any]:
        compared.append((a, b))
        if b == "34-9":
            raise NotInLibrary("there is no document '34-9'", remedy="list them")
        return {"rows": ROWS}

    changes = [change("c1", "ten"), change("c2", "door"), change("c3", "bell"), change("c4", "ten", b="34-9")]
    report = evaluate_compare(empty, changes, compare)
    assert compared == [("34-1", "34-2"), ("34-1", "34-9")]
    assert (report["found"], report["missed"], report["recall"]) == (["c1", "c3"], ["c2", "c4"], 0.5)
    assert (report["n_rows"], report["n_changed_rows"]) == (3, 2)
    assert report["errors"][0]["reason"] == "there is no document '34-9'"


def test_the_releases_drawn_for_the_tests_are_compared(filled: Library) -> None:
    report = evaluate_compare(filled, [KnownChange("c1", "proposal.pdf", "adoption.pdf", "", ("no such words",))])
    assert report["errors"] == []
    assert report["missed"] == ["c1"]
    assert report["n_rows"] > 0


def test_what_is_unchanged_counts_as_a_false_alarm_alone(empty: Library) -> None:
    changes = [
        KnownChange("c1", "34-1", "34-2", "", ("ten",), set="rules", part="dev"),
        KnownChange("c2", "34-1", "34-2", "", ("door",), set="rules", part="check"),
        KnownChange("u1", "34-1", "34-2", "", ("bell",), "unchanged", "rules", "dev"),
        KnownChange("u2", "34-1", "34-2", "", ("lantern",), "unchanged", "other", "check"),
    ]
    report = evaluate_compare(empty, changes, lambda library, a, b: {"rows": ROWS})
    assert (report["found"], report["missed"], report["called_changed"]) == (["c1"], ["c2"], ["u1"])
    assert (report["recall"], report["n_changes"], report["n_unchanged"], report["n_called_changed"]) == (0.5, 2, 2, 1)
    assert {part: row["recall"] for part, row in report["by_part"].items()} == {"check": 0.0, "dev": 1.0}
    rules, other = report["by_set"]["rules"], report["by_set"]["other"]
    assert (rules["recall"], rules["by_part"]["dev"]["n_called_changed"]) == (0.5, 1)
    assert (other["recall"], other["ci95"], other["n_unchanged"], other["n_called_changed"]) == (None, None, 1, 0)


def test_what_the_library_does_not_hold_is_left_out(filled: Library) -> None:
    here = KnownChange("c1", "proposal.pdf", "adoption.pdf", "", ("bell",))
    away = KnownChange("c2", "proposal.pdf", "34-9", "", ("bell",))
    assert held_changes(filled, [here, away]) == (here,)
    with pytest.raises(NotInLibrary, match="two releases"):
        held_changes(filled, [away])
