"""Comparisons written by hand, as the command's JSON, for tests of the formats."""

from typing import Any

HOSTILE = "<script>alert(1)</script> =HYPERLINK(1) \x1b[31m\x07 ![x](http://x.example/y) |"


def quoted(document_id: str, quote: str, page: int, **facts: object) -> dict[str, Any]:
    """A citation; its place in the document is made up from its page."""
    start = page * 1000
    made: dict[str, Any] = {
        "document_id": document_id, "title": "Quiet hours", "page": page, "page_label": str(page),
        "section": "II.A › Log",
        "quote": quote, "verified": True, "status": "proposed", "voice": "preamble", "start": start,
        "end": start + len(quote), "page_start": 0, "page_end": len(quote), "line": None, "also_in": [],
    }  # fmt: skip
    return {**made, **facts}


def two(a: str = "34-1", b: str = "34-2") -> dict[str, Any]:
    """Two documents: a row of two versions, a row of two texts, an addition."""
    rows: list[dict[str, Any]] = [
        {
            "topic": "Log of calls",
            "status": "changed",
            "a": [quoted(a, "A dealer shall keep it for 30 days.", 4)],
            "b": [quoted(b, "A dealer must keep it for 60 days.", 7)],
            "difference": "“shall” became “must”",
            "reason": [quoted(b, "Thirty days were too few.", 8, voice="commenter_view")],
            "marks": {
                "a": [[9, 14, "modal", 0], [27, 29, "number", 0]],
                "b": [[9, 13, "modal", 0], [26, 28, "number", 0]],
                "versions": True,
            },
        },
        {
            "topic": "Notice",
            "status": "removed",
            "a": [quoted(a, "A notice would be sent", 5), quoted(a, "within 10 days.", 6)],
            "b": [quoted(b, "We are not adopting the notice.", 9)],
            "difference": "Removed, in the words of 34-2: We are not adopting the notice.",
            "reason": [quoted(b, "We are not adopting the notice.", 9)],
            "marks": {"a": [[9, 14, "modal", 0], [7, 9, "number", 1]], "b": [], "versions": False},
        },
        {
            "topic": "=SUM(1) _topic_",
            "status": "added",
            "a": [],
            "b": [quoted(b, HOSTILE, 3)],
            "difference": "",
            "reason": [],
            "marks": {"a": [], "b": [], "versions": False},
        },
    ]
    return {
        "a": a, "b": b, "a_title": "Quiet hours", "b_title": "Quiet hours, adopted", "a_name": a, "b_name": b,
        "counts": {"changed": 1, "added": 1, "removed": 1}, "rows": rows, "left_out": 0,
    }  # fmt: skip


def three() -> dict[str, Any]:
    """Three documents, with one topic over all of them."""
    names = ("34-1", "34-2", "34-3")
    return {
        "documents": [{"document_id": n, "title": f"Title of {n}", "name": n, "kind": "", "issued": ""} for n in names],
        "pairs": [two("34-1", "34-2"), two("34-2", "34-3")],
        "topics": [
            {
                "topic": "Log of calls",
                "statuses": ["changed", "not_addressed"],
                "cells": [[quoted("34-1", "Kept for 30 days.", 4)], [quoted("34-2", "Kept for 60 days.", 7)] * 2, []],
            }
        ],
    }
