"""Names of figures as a reader sees them, and what they mean."""

COLUMN_WORDS = {
    "filings_only": "filings only",
    "with_notes": "with our notes",
    "bank_itself": "from the bank itself (the ceiling)",
}
FIGURE_WORDS = {
    "must": "must points stated",
    "must_by_judge": "the same, by the judging model",
    "bonus": "bonus points stated",
    "contradicting": "answers with a contradiction",
    "contradictions": "contradictions",
    "suspected": "statements to look at",
    "citations": "citations",
    "verified_share": "quotes that stand on their page",
    "right_page": "right page, of quotes that stand in the document",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "note_recall": "gold notes among the first ten passages",
    "abstained": "not answered",
    "errors": "errors",
    "judge_errors": "errors of the judging model",
    "leaks": "leaks",
    "latency_ms_median": "median milliseconds",
    "latency_ms_worst": "most milliseconds",
}
MEANINGS = {
    "must": "Mean share of the points that a good answer has to state. A question without an answer counts as 0.",
    "must_by_judge": "A language model's verdicts on the same points; a question it could not judge counts as 0.",
    "must_adjudicated": "With the verdicts that a person corrected in place of the scorer's.",
    "bonus": "Mean share of the points that would make the answer better still.",
    "contradicting": "Share of questions whose answer says something that is known to be wrong.",
    "contradictions": "How many such statements there are.",
    "suspected": "Statements that come near something wrong without saying it outright; not counted as wrong.",
    "citations": "How many quotes the answers rest on.",
    "verified_share": "Share of the quotes that were found, word for word, on the page they name.",
    "right_page": "Of the quotes found anywhere in their document, the share that stand on the page they name.",
    "citation_precision": "Share of the citations that stand on their page and carry the sentence they are put to.",
    "citation_recall": "Share of the sentences of the answers that a citation carries.",
    "note_recall": "Of our notes that tell the answer, the share found among the first ten passages.",
    "abstained": "Questions that were left without an answer.",
    "errors": "Questions that ended in an error. They count as 0.",
    "judge_errors": "Questions that the judging model could not judge.",
    "leaks": "Passages that were found and repeat a point word for word, so that the test would be too easy.",
}
MADE_WITH_WORDS = {
    "library": "Library",
    "bank": "Question bank",
    "columns": "Ways of asking",
    "settings": "Settings",
    "model": "Answers written by",
    "judge": "Language model that judged too",
    "scorer": "Scorer",
    "code": "Code fingerprint",
    "sha256": "fingerprint",
}
POINT_WORDS = {
    "must": "What a good answer has to state",
    "bonus": "What would make it better still",
    "contradiction": "What would be wrong to say",
}
