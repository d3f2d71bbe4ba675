"""One question of a run as HTML: what was answered on what evidence, and the verdict on each point. Pure."""

from typing import Any

from evals.bank.pages.contents import Said, checked, judged, outcome, place, said, suspicions, verdict
from evals.bank.pages.elements import Html, element, joined, listed
from evals.bank.runs import Row
from evals.bank.words import POINT_WORDS
from evals.printing import shown


def question_block(row: Row, identity: str, others: str, *, is_open: bool) -> Html:
    """A question of the bank, to be opened and closed.

    Args:
        row: how it was answered.
        identity: its id on the page.
        others: how it went in the other columns.
        is_open: whether it is open at first.
    """
    facts = [f"Level: {row['level']}", f"topic: {row['topic']}", f"{row['latency_ms'] / 1000:.2f} s"]
    inside = [
        element("p", "; ".join(facts), f". In the other columns: {others}." if others else ".", class_="quiet"),
        *_alarms(row),
        *answer_blocks(row),
        *([element("p", checked(row), class_="quiet")] if row["citations"] else []),
        *(_points(row, kind) for kind in POINT_WORDS if any(point["kind"] == kind for point in row["points"])),
    ]
    return _details(row, outcome(row), inside, identity, is_open=is_open)


def unanswerable_block(row: Row, identity: str, *, is_open: bool) -> Html:
    """A question without an answer that got one, or an error."""
    return _details(row, row["why"], [*_error(row), *answer_blocks(row)], identity, is_open=is_open)


def _details(row: Row, told: str, inside: list[Html], identity: str, *, is_open: bool) -> Html:
    summary = element("summary", element("strong", row["id"]), f" {row['question']} ", element("small", told))
    opened = {"open": "open"} if is_open else {}
    return element("details", summary, *inside, id=identity, **opened)


def _alarms(row: Row) -> list[Html]:
    wrong = [point["text"] for point in row["points"] if point["id"] in row["contradictions"]]
    found = list(_error(row))
    if wrong:
        found.append(element("div", element("strong", "Says what is wrong: ", class_="bad"), " ".join(wrong),
                             class_="alarm"))  # fmt: skip
    if near := suspicions(row):
        found.append(element("div", element("strong", "May say what is wrong, please look: "), " ".join(near),
                             class_="alarm"))  # fmt: skip
    if row["leaks"]:
        told = element("strong", "Passages that repeat a point word for word:", class_="bad")
        found.append(element("div", told, listed(row["leaks"]), class_="alarm"))
    if row.get("judge_error"):
        told = element("strong", "The judging model could not judge: ", class_="bad")
        found.append(element("div", told, row["judge_error"], class_="alarm"))
    return found


def _error(row: Row) -> list[Html]:
    if not row["error"]:
        return []
    return [element("div", element("strong", "Error: ", class_="bad"), row["error"], class_="alarm")]


def answer_blocks(row: Row) -> list[Html]:
    """The answer with its numbered citations and their quotes; what came nearest where there is none."""
    answer = row["answer"]
    if answer is None:
        return []
    if answer["abstained"]:
        return [element("p", answer["answer"]), *_nearest(answer)]
    claims = said(answer)
    cited = [pair for claim in claims for pair in claim.citations]
    blocks = [element("h4", "Answer"), *(_claim(claim) for claim in claims)]
    if cited:
        blocks.append(element("h4", "Citations"))
        blocks.extend(joined(_citation(citation, f"[{number}] ")) for number, citation in cited)
    if answer["dropped"]:
        dropped = (f"{left['claim']} ({left['reason']})" for left in answer["dropped"])
        blocks += [element("h4", "Left out, for they did not pass the check"), listed(dropped)]
    return blocks


def _claim(claim: Said) -> Html:
    marks = "".join(f"[{number}]" for number, _ in claim.citations) or "(no citation)"
    return element("p", f"{claim.text} {marks}")


def _nearest(answer: dict[str, Any]) -> list[Html]:
    if not answer["nearest"]:
        return []
    return [element("h4", "What came nearest"), *(joined(_citation(near, "")) for near in answer["nearest"])]


def _citation(citation: dict[str, Any], mark: str) -> list[Html]:
    doubt = [] if citation["verified"] else [element("span", " – this quote was not found there", class_="bad")]
    return [element("p", f"{mark}{place(citation)}", *doubt, class_="place"), element("blockquote", citation["quote"])]


def _points(row: Row, kind: str) -> Html:
    points = [point for point in row["points"] if point["kind"] == kind]
    items = [_point(row, point) for point in points]
    return joined((element("h4", POINT_WORDS[kind]), element("ul", *items, class_="points")))


def _point(row: Row, point: dict[str, Any]) -> Html:
    good = point["expressed"] and point["kind"] != "contradiction"
    bad = point["expressed"] and not good
    mark = element("span", verdict(point), class_="good" if good else "bad" if bad else "quiet")
    second = judged(row, point)
    strength = f" (strength {shown(point['strength'])}{f'; judging model: {second}' if second else ''}) "
    earned = [element("blockquote", point["evidence"])] if point["evidence"] else []
    return element("li", mark, strength, point["text"], *earned)
