"""Benchmark files: BEIR folders, page questions. Foreign conventions end here."""

import csv
import json
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import SourceError


@dataclass(frozen=True, slots=True)
class BeirPassage:
    """One passage of a BEIR corpus; ``text`` may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A retrieval benchmark in BEIR form.

    Attributes:
        queries: text by id of every judged query; one whose text is missing is not here.
        qrels: grade > 0 by query and passage; every query that counts.
        notes: what is odd about the files, in words for the user.
    """

    passages: tuple[BeirPassage, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, float]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question and the pages that answer it: document stem and page number from 1."""

    id: str
    question: str
    pages: tuple[tuple[str, int], ...]


def load_beir(folder: Path) -> BeirSet:
    """Read ``corpus.jsonl``, ``queries.jsonl`` and every ``qrels/*.tsv`` of a folder.

    Several qrels files count as one. A judgement of 0 says that a passage is not relevant;
    a query with no other judgement is left out.

    Raises:
        SourceError: on a missing file, or a line that is not what it should be.
    """
    passages: dict[str, BeirPassage] = {}
    for where, row in json_lines(folder / "corpus.jsonl"):
        passage = BeirPassage(identity(row, "_id", where), str(row.get("title") or ""), str(row.get("text") or ""))
        if passage.id in passages:
            raise SourceError(f"{where}: passage {passage.id!r} is there twice", remedy="remove one of them")
        passages[passage.id] = passage
    if not passages:
        raise SourceError(f"{folder / 'corpus.jsonl'} holds no passages", remedy="check the folder")
    queries = folder / "queries.jsonl"
    texts = {identity(row, "_id", where): text(row, "text", where) for where, row in json_lines(queries)}
    judged = _load_qrels(folder / "qrels")
    qrels = {query: relevant for query, grades in judged.items() if (relevant := _positive(grades))}
    if not qrels:
        raise SourceError(f"{folder / 'qrels'} judges no passage relevant", remedy="check the files there")
    asked = {query: texts[query] for query in qrels if query in texts}
    notes = list(_oddities(passages.keys(), asked, qrels, judged))
    kept = tuple(passages.values())
    if _only_number(kept):
        notes.append(f"the titles only number the passages ({kept[0].title!r}) and are left out")
        kept = tuple(replace(passage, title="") for passage in kept)
    return BeirSet(kept, asked, qrels, tuple(notes))


def _only_number(passages: Sequence[BeirPassage]) -> bool:
    """Whether titles tell passages apart by numbers alone: fewer than one word in use for fifty passages."""
    words = {word for passage in passages for word in re.findall(r"[^\W\d_]{2,}", passage.title)}
    return 0 < len(words) < len(passages) / 50


def only_queries(benchmark: BeirSet, wanted: Collection[str]) -> BeirSet:
    """The part of a benchmark that asks these queries, over all its passages.

    Raises:
        SourceError: if one of them is not judged there.
    """
    check_ids(wanted, benchmark.qrels)
    queries = {query: text for query, text in benchmark.queries.items() if query in wanted}
    qrels = {query: relevant for query, relevant in benchmark.qrels.items() if query in wanted}
    note = f"{len(qrels)} of {len(benchmark.qrels)} judged queries are asked"
    return BeirSet(benchmark.passages, queries, qrels, (*benchmark.notes, note))


def load_ids(path: Path) -> tuple[str, ...]:
    """Ids of queries, one a line.

    Raises:
        SourceError: if the file cannot be read, or holds none.
    """
    found = tuple(dict.fromkeys(line.strip() for line in read_file(path).splitlines() if line.strip()))
    if not found:
        raise SourceError(f"{path} holds no ids", remedy="write one id a line")
    return found


def check_ids(wanted: Iterable[str], known: Container[str]) -> None:
    """Refuse ids that a set does not have.

    Raises:
        SourceError: which names the first of them, and how many there are.
    """
    if unknown := [identity for identity in wanted if identity not in known]:
        raise SourceError(
            f"{len(unknown)} of the ids are not in the set, the first is {unknown[0]!r}",
            remedy="check that --queries and the set belong together",
        )


def _positive(grades: dict[str, float]) -> dict[str, float]:
    return {passage: grade for passage, grade in grades.items() if grade > 0}


def _oddities(
    passages: Set[str], asked: dict[str, str], qrels: dict[str, dict[str, float]], judged: dict[str, dict[str, float]]
) -> Iterator[str]:
    if nothing := len(judged) - len(qrels):
        yield f"{nothing} queries have no relevant passage and are left out: their recall is not defined"
    if missing := len(qrels) - len(asked):
        yield f"{missing} judged queries are not in queries.jsonl and count as unanswered"
    if unknown := sum(passage not in passages for relevant in qrels.values() for passage in relevant):
        yield f"{unknown} relevant passages are not in corpus.jsonl and count as not found"


def _load_qrels(folder: Path) -> dict[str, dict[str, float]]:
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise SourceError(f"there are no judgements in {folder}", remedy="put qrels/*.tsv there: query, passage, grade")
    qrels: dict[str, dict[str, float]] = {}
    for path in files:
        for number, cells in enumerate(
            csv.reader(read_file(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), start=1
        ):
            if not cells or (number == 1 and _is_header(cells)):
                continue
            where = f"{path}, line {number}"
            query, passage, grade = _judgement(cells, where)
            known = qrels.setdefault(query, {})
            known[passage] = max(grade, known.get(passage, 0.0))
    return qrels


def _is_header(cells: list[str]) -> bool:
    return not _is_number(cells[-1])


def _judgement(cells: list[str], where: str) -> tuple[str, str, float]:
    """Query, passage and grade of a BEIR line, or of a TREC line with its iteration column."""
    cells = [cell.strip() for cell in cells]
    if len(cells) == 4:
        del cells[1]
    if len(cells) != 3 or not all(cells) or not _is_number(cells[2]):
        raise SourceError(
            f"{where} is not a judgement: {' | '.join(cells)[:80]!r}",
            remedy="write query, passage and grade with tabs between",
        )
    return cells[0], cells[1], float(cells[2])


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdigit()


def load_page_questions(path: Path) -> tuple[PageQuestion, ...]:
    """Read ``{"id", "question", "evidence": [{"document", "page_index"}]}``, one a line.

    ``page_index`` counts from 0 in these files; the pages returned count from 1.

    Raises:
        SourceError: on a line that is not such a question.
    """
    found = []
    for where, row in json_lines(path):
        evidence = row.get("evidence")
        if not isinstance(evidence, list) or not evidence:
            raise SourceError(f'{where} has no list "evidence"', remedy="mend that line")
        pages = tuple(dict.fromkeys(_gold_page(item, where) for item in evidence))
        found.append(PageQuestion(identity(row, "id", where), text(row, "question", where), pages))
    if not found:
        raise SourceError(f"{path} holds no questions", remedy="check the path")
    return tuple(found)


def _gold_page(item: Any, where: str) -> tuple[str, int]:
    index = item.get("page_index") if isinstance(item, dict) else None
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise SourceError(f'{where}: evidence needs "page_index", 0 for the first page', remedy="mend that line")
    return document_stem(text(item, "document", where)), index + 1


def document_stem(name: str) -> str:
    """What a document is matched by: its file name without folder and ".pdf", in lower case."""
    return Path(name).name.lower().removesuffix(".pdf")


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of a file as an object, with "FILE, line N" to name it by.

    Raises:
        SourceError: if the file cannot be read or a line is not a JSON object.
    """
    for number, line in enumerate(read_file(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(f"{where} is not JSON: {error.msg}", remedy="mend that line") from error
        if not isinstance(row, dict):
            raise SourceError(f"{where} is not a JSON object", remedy="mend that line")
        yield where, row


def read_file(path: Path) -> str:
    """A text file.

    Raises:
        SourceError: if it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(f"there is no file {path}", remedy="check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read {path}: {error}", remedy="check the path, and that it is UTF-8 text") from error


def identity(row: dict[str, Any], name: str, where: str) -> str:
    """An id that has to be there: words or a number.

    Raises:
        SourceError: if it is not.
    """
    value = row.get(name)
    if not isinstance(value, str | int) or value == "":
        raise SourceError(f'{where} has no "{name}"', remedy="mend that line")
    return str(value)


def text(row: dict[str, Any], name: str, where: str) -> str:
    """A text that has to be there.

    Raises:
        SourceError: if it is not.
    """
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SourceError(f'{where} has no text under "{name}"', remedy="mend that line")
    return value
