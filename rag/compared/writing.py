"""Where a comparison goes: to standard output, or to a file."""

import json
import sys
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError
from rag.exports import save

FORMATS = ("text", "json", "md", "html", "csv", "docx")
_OF_ENDING = {".txt": "text", ".markdown": "md", ".htm": "html", **{f".{name}": name for name in FORMATS[1:]}}


def choose_format(name: str | None, out: Path | None, *, json_output: bool) -> str:
    """The format: as named, else as the file's name ends, else text.

    Raises:
        ConfigError: if it is unknown, asked for twice in two ways, or cannot be printed.
    """
    if name is not None and name not in FORMATS:
        raise ConfigError(f"--format {name!r} is unknown", remedy=f"use one of: {', '.join(FORMATS)}")
    if json_output and name not in (None, "json"):
        raise ConfigError(f"--json and --format {name} ask for two formats", remedy="give one of the two")
    if json_output:
        return "json"
    found = name or (_OF_ENDING.get(out.suffix.lower()) if out else "text")
    if found is None:
        raise ConfigError(f"the name {out} does not tell a format", remedy=f"add --format {'|'.join(FORMATS)}")
    if found == "docx" and out is None:
        raise ConfigError("a Word document cannot be printed", remedy="name a file: --out comparison.docx")
    return found


def render(found: dict[str, Any], topic: str | None, form: str, *, styled: bool) -> str | bytes:
    """A comparison in a format.

    Args:
        found: the JSON of a comparison or of a chain.
        topic: what was asked for.
        form: one of ``FORMATS``.
        styled: text for a terminal, with colours.
    """
    if form == "json":
        return json.dumps(found, ensure_ascii=False) + "\n"
    from rag.compared.sheets import read_report

    report = read_report(found, topic)
    if form == "md":
        from rag.compared.markdown import to_markdown

        return to_markdown(report)
    if form == "html":
        from rag.compared.page import to_html

        return to_html(report)
    if form == "csv":
        from rag.compared.table import to_csv

        return to_csv(report)
    if form == "docx":
        from rag.compared.word import to_docx

        return to_docx(report)
    from rag.compared.terminal import to_text

    return to_text(report, styled=styled)


def write(content: str | bytes, out: Path) -> None:
    """Write a file, whole or not at all; one that was there is replaced, and standard error says so.

    CSV begins with a byte order mark, by which spreadsheets know UTF-8.

    Raises:
        SourceError: if it cannot be written.
    """
    encoding = "utf-8-sig" if out.suffix.lower() == ".csv" else "utf-8"
    data = content if isinstance(content, bytes) else content.encode(encoding, "backslashreplace")
    replaced = save(data, out)
    print(f"{'Replaced' if replaced else 'Wrote'} {out}", file=sys.stderr)
