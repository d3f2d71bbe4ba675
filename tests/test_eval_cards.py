"""Rule cards against releases at hand: what is right is found, what is wrong is told, and the rest stays open."""

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SourceError
from evals.cards.cited import as_iso, citations
from evals.cards.read import load_cards
from evals.cards.text import stated_date
from tests.calling import measuring
from tests.conftest import real
from tests.test_eval_commands import printed

ADOPTION = """SECURITIES AND EXCHANGE COMMISSION

17 CFR Part 242

[Release No. 34-90001; File No. S7-01-20]

RIN 3235-AZ01

Quiet Hours

AGENCY: Securities and Exchange Commission.

ACTION: Final rule.

SUMMARY: The Commission is adopting Rule 990.

EFFECTIVE DATE: March 2, 2021.

SUPPLEMENTARY INFORMATION:

I. Introduction

On May 4, 2020, the Commission proposed Rule 990 of quiet hours. 1 The compliance date is September 1, 2021.

II. Discussion

A. Length of the Quiet Hours

Rule 990 asks a venue to keep quiet for 45 minutes on every trading day.

B. Small Venues

A venue with fewer than 12 members is exempt.

FOOTNOTES

1 See Exchange Act Release No. 89001 (May 4, 2020), 85 FR 30001 (May 20, 2020) (“Proposing Release”).
"""
CITING = "1 See Exchange Act Release No. 90001 (Jan. 5, 2021), 86 FR 4001, 4003 n.7 (Jan. 15, 2021).\n"
MISPRINT = "1 See Exchange Act Release No. 90001 (Jan. 6, 2021), 86 FR 4001 (Jan. 15, 2021).\n"
LISTING = """---
title: "Quiet Hours; Extension of Compliance Date"
date: 2021-06-02 00:00:00 +0000
source: federal_register
item_id: federal_register:2021-11111
original_published: 2021-06-01 00:00:00 +0000
---

# Quiet Hours; Extension of Compliance Date

**Document Number:** 2021-11111

## Summary

The Commission is extending the compliance date.
"""
CARD = """---
title: Quiet hours (2021)
kind: rule_card
release_numbers: ["34-90001"]
file_numbers: ["S7-01-20"]
rin: ["3235-AZ01"]
cfr: ["17 CFR 242.990"]
dates:
  proposed: 2020-05-04
  proposal_published: 2020-05-20
  adopted: 2021-01-05
  published: 2021-01-15
  effective: 2021-03-02
  compliance: 2021-09-01
lineage:
  - {relation: adopts, release: "34-90001", target: "34-89001"}
sources:
  - Release No. 34-90001, Quiet Hours, 86 FR 4001 (Jan. 15, 2021)
  - Release No. 34-89001, 85 FR 30001 (May 20, 2020)
  - Federal Register document 2021-11111, Quiet Hours (June 1, 2021)
---

## What it requires

Rule 990 demands 45 quiet minutes (34-90001, section II.A).
Venues below 12 members are exempt (section II.B).
"""


class Bench:
    """A card, and what is at hand about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("cards", "texts", "abstracts"):
            (folder / name).mkdir()
        self.write("texts/34-90001.txt", ADOPTION)
        self.write("texts/34-91000.txt", CITING)
        self.write("texts/34-92000.txt", CITING)
        self.write("abstracts/2021-06-01-quiet.md", LISTING)
        self.write("INDEX.tsv", "release\tfile_no\trin\n34-90001\tS7-01-20\t3235-AZ01\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def check(self, card: str, *, bare: bool = False, code: int = 0) -> dict[str, Any]:
        """The report's row for a card."""
        self.write("cards/quiet-hours.md", card)
        at_hand = ["--texts", "texts", "--index", "INDEX.tsv", "--abstracts", "abstracts"]
        given = [w if w.startswith("--") else self.folder / w for w in at_hand] if not bare else []
        result = measuring(self.folder / "usual")("cards", self.folder / "cards", *given, "--json")
        assert result.exit_code == code, result.output
        report = printed(result)
        (row,) = report["cards"]
        assert row["card"] == "quiet-hours"
        found = {name: len(row[name]) for name in ("confirmed", "unsupported", "contradicted")}
        assert report["totals"] == found | {"cards": 1}
        return dict(row)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def names(rows: list[dict[str, str]]) -> list[str]:
    return [row["fact"] for row in rows]


def test_a_right_card_is_confirmed_by_who_says_so(bench: Bench) -> None:
    row = bench.check(CARD)
    assert (names(row["unsupported"]), row["contradicted"]) == ([], [])
    where = {(r["fact"], r["value"].split(": ")[-1]): r["where"] for r in row["confirmed"]}
    assert where["dates.effective", "2021-03-02"] == "34-90001"
    assert where["dates.adopted", "2021-01-05"] == "cited in 34-91000, 34-92000"
    assert where["sources.federal_register", "85 FR 30001"] == "cited in 34-90001"
    assert where["sources.published", "2021-06-01"] == "2021-11111"
    assert where["release_numbers", "34-90001"] == "34-90001, INDEX"
    assert where["numbers in the body", "Rule 990 demands 45 quiet minutes."] == "34-90001, section II.A"
    assert len(row["confirmed"]) == 18


@pytest.mark.parametrize(
    ("right", "wrong", "fact", "says"),
    [
        ("effective: 2021-03-02", "effective: 2021-03-03", "dates.effective", "34-90001 states 2021-03-02"),
        ("adopted: 2021-01-05", "adopted: 2021-01-15", "dates.adopted", "34-91000, 34-92000: 2021-01-05"),
        ("proposed: 2020-05-04", "proposed: 2020-05-20", "dates.proposed", "34-90001: 2020-05-04"),
        ('"S7-01-20"', '"S7-02-20"', "file_numbers", "34-90001 states S7-01-20"),
        ('"3235-AZ01"', '"3235-AZ02"', "rin", "34-90001 states 3235-AZ01"),
        ("242.990", "240.990", "cfr", "34-90001 is of 17 CFR 242"),
        ("86 FR 4001", "86 FR 4002", "sources.federal_register", "34-91000, 34-92000: 86 FR 4001"),
        (
            "85 FR 30001 (May 20, 2020)",
            "85 FR 30001 (May 20, 2021)",
            "sources.federal_register",
            "volume 85 is of 2020",
        ),
        ("(June 1, 2021)", "(June 2, 2021)", "sources.published", "2021-11111 states 2021-06-01"),
        ('target: "34-89001"', 'target: "34-90002"', "lineage.adopts", "34-90002 has the later number"),
    ],
)
def test_a_wrong_fact_is_contradicted(bench: Bench, right: str, wrong: str, fact: str, says: str) -> None:
    assert CARD.count(right) == 1
    row = bench.check(CARD.replace(right, wrong), code=1)
    assert (fact, says) in {(r["fact"], r["where"]) for r in row["contradicted"]}


def test_a_number_of_another_series_contradicts_nothing(bench: Bench) -> None:
    """One release bears a number in each of several series, and a text may cite the other one."""
    row = bench.check(CARD.replace('target: "34-89001"', 'target: "IA-5001"'))
    assert "lineage.adopts" in names(row["unsupported"])


@pytest.mark.parametrize(
    ("right", "other", "fact"),
    [
        ("compliance: 2021-09-01", "compliance: 2021-03-02", "dates.compliance"),  # printed, but as another day
        ("release_numbers: [", 'release_numbers: ["34-95000", ', "release_numbers"),
        ("45 quiet", "46 quiet", "numbers in the body"),
        ("12 members", "45 members", "numbers in the body"),  # a number of another section
        ("proposed: 2020-05-04", "hearing: 2020-05-04", "dates.hearing"),
    ],
)
def test_what_nothing_speaks_of_is_never_confirmed(bench: Bench, right: str, other: str, fact: str) -> None:
    assert CARD.count(right) == 1
    changed = CARD.replace(right, other)
    bench.write("texts/34-90001.txt", ADOPTION.replace("The compliance date is September 1, 2021.", ""))
    row = bench.check(changed)
    assert fact in names(row["unsupported"])


def test_a_misprinted_footnote_is_outvoted_and_two_voices_that_differ_decide_nothing(bench: Bench) -> None:
    bench.write("texts/34-93000.txt", MISPRINT)
    assert "dates.adopted" in names(bench.check(CARD)["confirmed"])
    bench.write("texts/34-92000.txt", "Nothing of it.\n")
    assert "dates.adopted" in names(bench.check(CARD)["unsupported"])


def test_one_footnote_alone_contradicts_nothing(bench: Bench) -> None:
    bench.write("texts/34-91000.txt", MISPRINT)
    bench.write("texts/34-92000.txt", "Nothing of it.\n")
    assert "dates.adopted" in names(bench.check(CARD)["unsupported"])


def test_with_nothing_at_hand_all_is_unsupported(bench: Bench) -> None:
    row = bench.check(CARD, bare=True)
    assert (row["confirmed"], row["contradicted"]) == ([], [])
    assert len(row["unsupported"]) == 16  # the body's numbers are not looked for without their release


def test_an_extension_is_no_publication_of_the_rule(bench: Bench) -> None:
    for name in ("91000", "92000"):
        bench.write(f"texts/34-{name}.txt", "Nothing of it.\n")
    row = bench.check(CARD.replace("published: 2021-01-15", "published: 2021-06-01"))
    assert "dates.published" in names(row["unsupported"])


def test_a_card_without_front_matter_is_named(tmp_path: Path) -> None:
    (tmp_path / "bare.md").write_text("# Quiet hours\n", "utf-8")
    with pytest.raises(SourceError, match=r"bare\.md has no front matter"):
        load_cards(tmp_path)
    with pytest.raises(SourceError, match="holds no cards"):
        load_cards(tmp_path / "none")


def test_citations_state_what_they_print() -> None:
    text = (
        "Exchange Act Release Nos. 63241 (Nov. 3, 2010), 75 FR 69792, at 69816 (Nov. 15, 2010) and 9999 (May 1, 2010)"
    )
    assert list(citations(text)) == [
        ("34-63241", "issued", "2010-11-03"),
        ("34-63241", "published", "2010-11-15"),
        ("34-63241", "federal_register", "75 FR 69792"),
    ]
    assert list(citations("Release No. 34-37619A (Sept. 6, 1996)")) == [("34-37619A", "issued", "1996-09-06")]
    assert as_iso("June 31, 2020") == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Rule 1 was proposed in spring and became effective on July 2, 2020.", "effective"),
        ("On July 2, 2020, the Commission adopted what it had proposed.", "adopted"),
        ("The date for compliance is July 2, 2020, though the rule is effective now.", "compliance"),
        ("A commenter wished it to be effective on July 2, 2020.", None),
        ("It was effective before. On July 2, 2020 there was a storm.", None),
    ],
)
def test_a_date_belongs_to_the_nearest_word(text: str, what: str | None) -> None:
    for asked in ("proposed", "adopted", "effective", "compliance", "comment_deadline"):
        assert (stated_date(text, asked, "2020-07-02") is not None) == (asked == what)


LARGE_TRADERS = """---
title: Large traders (2011)
release_numbers: ["34-64976"]
file_numbers: ["S7-10-10"]
rin: ["3235-AK55"]
cfr: ["17 CFR 240.13h-1"]
dates:
  adopted: 2011-07-27
  published: 2011-08-03
  proposed: {proposed}
lineage:
  - {{relation: adopts, release: "34-64976", target: "34-61908"}}
sources:
  - Release No. 34-64976, 76 FR 46960 (Aug. 3, 2011)
  - Release No. 34-61908, 75 FR {page} (Apr. 23, 2010)
---

Large traders reach 2 million shares in a day (34-64976, section I).
"""


@pytest.mark.parametrize(
    ("proposed", "page", "wrong"),
    [
        ("2010-04-14", "21456", []),
        ("2010-04-15", "21456", ["dates.proposed"]),
        ("2010-04-14", "21457", ["sources.federal_register"]),
    ],
)
def test_a_real_release(tmp_path: Path, proposed: str, page: str, wrong: list[str]) -> None:
    texts, index = real("sec_final_rules"), real("sec_final_rules/INDEX.tsv")
    wanted = tmp_path / "texts"
    wanted.mkdir()
    for name in ("34-64976", "34-67457", "34-70462"):
        text = (texts / f"{name}.txt").read_text("utf-8")
        (wanted / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "large-traders.md").write_text(LARGE_TRADERS.format(proposed=proposed, page=page), "utf-8")
    run = measuring(tmp_path / "usual")
    result = run("cards", tmp_path, "--texts", wanted, "--index", index, "--json")
    assert result.exit_code == bool(wrong)
    (row,) = printed(result)["cards"]
    assert names(row["contradicted"]) == wrong
    assert len(row["confirmed"]) >= 11
