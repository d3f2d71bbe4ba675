"""The page of a run as tests read it, and runs with other values in them."""

from typing import Any
from xml.etree import ElementTree as ET

from evals.bank.pages.markdown import as_markdown
from evals.bank.pages.page import as_html
from evals.bank.runs import Run
from evals.bank.totals import bank_report

SVG = "{http://www.w3.org/2000/svg}"


def changed(run: Run, **by_question: dict[str, Any]) -> Run:
    """The run with other values in the rows of some questions with our notes."""
    rows = [
        row | by_question.get(row["id"], {}) if row.get("column") == "with_notes" else row for row in run.rows
    ]  # fmt: skip
    return Run(run.fingerprint, tuple(rows))


def both(run: Run, **more: Any) -> tuple[str, str]:
    report = bank_report(run) | more
    return as_html(report, "night.jsonl"), as_markdown(report, "night.jsonl")


def main_of(html: str) -> ET.Element:
    """What the page shows, parsed as XML: an element left open or a bare bracket would not parse."""
    return ET.fromstring(html[html.index("<main>") : html.index("</main>") + len("</main>")])


def words(part: ET.Element) -> str:
    return " ".join(" ".join(part.itertext()).split())


def cells(html: str, name: str) -> list[str]:
    """The cells of the first table row that has this name."""
    for row in main_of(html).iter("tr"):
        head = row.find("th[@scope='row']")
        if head is not None and words(head).startswith(name):
            return [words(cell) for cell in row.findall("td")]
    raise AssertionError(f"no row {name}")


def block(html: str, identity: str) -> ET.Element:
    found = main_of(html).find(f".//details[@id='{identity}']")
    assert found is not None
    return found


def questions(html: str) -> list[ET.Element]:
    section = main_of(html).find("section[@aria-labelledby='questions']")
    assert section is not None
    return section.findall("details")


def of_class(chart: ET.Element, tag: str, kind: str) -> list[dict[str, str]]:
    return [dict(part.attrib) for part in chart.iter(f"{SVG}{tag}") if part.get("class") == kind]


def per_cent(value: str) -> float:
    return float(value.removesuffix("%"))
