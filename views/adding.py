"""Adding documents: the upload form, its progress, and what became of every file."""

import streamlit as st

from corpus.library import Library
from ingest.shipped import shipped_sources
from views.desk import Desk, make_library
from views.upload import MAX_FILE_MIB, MAX_FILES, SUFFIXES, IngestJob, Upload
from views.words import counted, plain, problem

_JOB, _ROUND = "ingest-job", "upload-round"
_POLL_S = 1.0


def draw_adding(desk: Desk | None) -> None:
    """Draw the form, or how far the running ingest is; ``desk`` is None while there is no library."""
    job: IngestJob | None = st.session_state.get(_JOB)
    if job is not None and not job.done:
        _draw_progress(job)
        return
    if job is not None:
        _draw_outcome(job)
    round_ = st.session_state.setdefault(_ROUND, 0)
    with st.form(f"upload-{round_}", border=False):
        files = st.file_uploader(
            f"PDF, web pages (HTML), Federal Register XML, text, Markdown, or zip archives of these; "
            f"at most {MAX_FILES} files at once and {MAX_FILE_MIB} MB each",
            type=list(SUFFIXES),
            accept_multiple_files=True,
            max_upload_size=MAX_FILE_MIB,
        )
        sent = st.form_submit_button("Add to the library", type="primary", icon=":material/upload_file:")
    if sent and files:
        _start((desk or make_library()).library, [Upload(file.name, file.getvalue()) for file in files])
    elif sent:
        st.warning("Choose one or more files first.")


def start_shipped() -> None:
    """Make a library of the texts that come with reglens."""
    st.session_state[_JOB] = IngestJob(make_library().library, sources=shipped_sources())


def _start(library: Library, uploads: list[Upload]) -> None:
    st.session_state[_JOB] = IngestJob(library, uploads=uploads)
    st.session_state[_ROUND] += 1  # a new form, without the files that were sent
    st.rerun()


@st.fragment(run_every=_POLL_S)
def _draw_progress(job: IngestJob) -> None:
    if job.done:
        st.rerun()
    text = f"{job.files} of {counted(job.total, 'file')} done; {counted(job.passages, 'passage')} indexed"
    st.progress(min(job.files / max(job.total, 1), 1.0), text=text)
    st.caption("You may go on asking meanwhile. Long files take a minute or more.")


def _draw_outcome(job: IngestJob) -> None:
    if job.error is not None:
        st.error(problem(job.error))
        return
    if job.report is None:
        st.error("Reading the files ended unexpectedly. What was read before is kept; add the files again.")
        return
    report = job.report
    counts = {
        "new": len(report.new),
        "unchanged": len(report.unchanged),
        "replaced": len(report.replaced),
        "failed": len(report.failed),
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "Nothing to do"
    seconds = report.seconds.get("total", 0.0)
    message = f"{said}: {counted(report.pages, 'page')}, {counted(report.chunks, 'passage')} in {seconds:.0f} s."
    (st.warning if report.failed else st.success)(message)
    for failure in report.failed:
        st.error(f"**{plain(job.label(failure.source))}**: {plain(failure.reason)}\n\n→ {plain(failure.remedy)}")
    for source, note in report.notes:
        st.caption(f"{plain(job.label(source))}: {plain(note)}")
