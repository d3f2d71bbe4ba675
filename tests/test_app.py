import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from streamlit.testing.v1 import AppTest

from corpus.answers import Citation
from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.records import Kind, Page
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.release_factory import draw_release
from views.reader import picture_of

APP = Path(__file__).parents[1] / "app.py"
QUESTION = "Must a quiet-hours dealer deliver a notice to the retail customer before the first prompt message?"
HOSTILE = """---
title: "Lanterns <img src=x> [t](http://x.invalid) :smile: www.x.invalid"
kind: note
---
# Taxes <script>alert(1)</script>

A lantern tax is <img src=http://x.invalid/a.png> a [fee](http://x.invalid) of $5 and $6 per **lantern**.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A drawn release and a hostile note; tests that change it copy its folder."""
    folder = tmp_path_factory.mktemp("page")
    draw_release(folder / "p.pdf")
    (folder / "hostile.md").write_text(HOSTILE, "utf-8")
    opened = Library(folder / "library", HashEmbedder(), create=True)
    assert not ingest(opened, find_sources([folder])[0], ChunkSettings()).failed
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest leaves its script behind as ``__main__``, which parsing processes of later tests would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with the embedder of the tests; returns the folder that the page takes for its library."""
    (tmp_path / "reglens.toml").write_text('[corpus]\nembedding_model = "hash-256"\n', "utf-8")
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))
    monkeypatch.delenv("REGLENS_CHROMA", raising=False)
    return tmp_path / "library"


@pytest.fixture
def page(library: Library, configured: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page over that library, drawn once."""
    monkeypatch.setenv("REGLENS_LIBRARY", str(library.folder))
    return checked(AppTest.from_file(str(APP), default_timeout=60).run())


def checked(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def ask(page: AppTest, question: str) -> AppTest:
    return checked(page.chat_input[0].set_value(question).run())


def view(function: object) -> AppTest:
    """One view alone."""
    return checked(AppTest.from_function(function, default_timeout=60).run())  # type: ignore[arg-type]


def library_view() -> None:
    from views import library
    from views.frame import framed

    framed(library.draw)()


def confirmation_view() -> None:
    from views.desk import open_desk
    from views.library import draw_confirmation

    desk = open_desk()
    assert desk is not None
    documents = sorted(desk.library.documents().values(), key=lambda d: d.title)
    draw_confirmation(desk, documents[-1])


def compare_view() -> None:
    from views import compare
    from views.frame import framed

    framed(compare.draw)()


def impact_view() -> None:
    from views import impact
    from views.frame import framed

    framed(impact.draw)()


def press(page: AppTest, label: str, nth: int = 0) -> AppTest:
    return checked([b for b in page.button if b.label == label][nth].click().run())


def texts(page: AppTest) -> list[str]:
    return [element.value for element in page.text]


def markdown(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_an_answer_shows_its_quote_its_page_its_voice_and_its_standing(page: AppTest) -> None:
    ask(page, QUESTION)
    assert texts(page)[0] == QUESTION
    assert texts(page)[1].startswith("Before the first prompt message")
    assert texts(page)[1].endswith("[1]")
    assert any(text.startswith("“Before the first prompt message, and once") for text in texts(page))
    shown = markdown(page)
    assert "**[1]** **Regulation Quiet Hours**" in shown
    assert r"p\. 10 \(PDF page 12\)" in shown
    assert "proposed" in shown
    assert "rule text" in shown


def test_an_abstention_says_so_and_shows_what_came_nearest(page: AppTest) -> None:
    ask(page, "What is the boiling point of tungsten?")
    assert "**No answer.**" in page.warning[0].value
    assert any(c.value.startswith("Searched 2 documents") for c in page.caption)
    assert any("came nearest" in m.value for m in page.markdown)
    assert not any(text.endswith("[1]") for text in texts(page))


def test_earlier_questions_stay_and_can_be_cleared(page: AppTest) -> None:
    ask(page, QUESTION)
    ask(page, "What is a lantern tax?")
    assert [e.label for e in page.expander] == [QUESTION.replace("-", r"\-")]
    assert {QUESTION, "What is a lantern tax?"} <= set(texts(page))
    press(page, "New conversation")
    assert texts(page) == []


def test_a_follow_up_shows_the_question_that_was_asked(page: AppTest) -> None:
    ask(page, QUESTION)
    assert not any(c.value.startswith("Asked as") for c in page.caption)
    ask(page, "where does it say that?")
    assert "where does it say that?" in texts(page)
    shown = [c.value.replace("\\", "") for c in page.caption if c.value.startswith("Asked as")]
    assert shown == [f"Asked as: {QUESTION} (each source says where its words stand)"]
    assert sum(text.startswith("Before the first prompt message") for text in texts(page)) == 2


def test_only_the_chosen_documents_are_asked(page: AppTest, library: Library) -> None:
    note = next(i for i, d in library.documents().items() if d.media == "md")
    page.multiselect[0].select(note).run()
    ask(page, QUESTION)
    assert "**No answer.**" in page.warning[0].value
    assert any(c.value.startswith("Searched 1 document,") for c in page.caption)


def test_a_suggested_question_is_asked_by_a_click(page: AppTest) -> None:
    press(page, r"By what date should comments on 34\-99001 be received?")
    assert texts(page)[0] == "By what date should comments on 34-99001 be received?"


def test_a_citation_opens_its_page_as_a_picture(page: AppTest) -> None:
    ask(page, QUESTION)
    assert not page.get("image")
    press(page, "Show the page")
    assert len(page.get("image")) == 1
    assert any(r"p\. 10 \(PDF page 12 of " in c.value for c in page.caption)


def test_hostile_text_is_shown_as_its_characters(page: AppTest) -> None:
    ask(page, "What is a lantern tax?")
    sentence = (
        "A lantern tax is <img src=http://x.invalid/a.png> a [fee](http://x.invalid) of $5 and $6 per **lantern**."
    )
    assert f"“{sentence}”" in texts(page)
    for shown in [*page.markdown, *page.caption, *page.warning]:
        bare = re.sub(r"\\.", "", shown.value)
        assert "<img" not in bare
        assert "<script" not in bare
        assert "](http" not in bare
        assert "www.x" not in bare
        assert ":smile:" not in bare
    assert not any(element.proto.allow_html for element in page.markdown)
    press(page, "Show in the text")
    html = page.get("html")[0].proto.body
    assert "&lt;img src=http://x.invalid/a.png&gt;" in html
    assert "<img" not in html
    assert "<script" not in html


def test_the_highlight_lies_on_the_quoted_words(library: Library) -> None:
    """What stands in the PDF under the yellow of the picture is the quote, line by line."""
    citation, page = _cited(library, "Before the first prompt message")
    document = library.documents()[citation.document_id]
    marked, found = picture_of(library, document, page, citation, 1200)
    bare, _ = picture_of(library, document, page, None, 1200)
    assert found
    assert marked is not None
    assert bare is not None
    difference = ImageChops.difference(marked, bare.convert("RGB")).convert("L").point(lambda v: 255 * (v > 0))
    original = library.original(document)
    assert original is not None
    assert _words_under(original, page.number, difference).split() == citation.quote.split()


def _cited(library: Library, beginning: str) -> tuple[Citation, Page]:
    from rag.answer import answer
    from rag.retrieve import Retriever

    found = answer(QUESTION, Retriever(library))
    citation = next(c for claim in found.claims for c in claim.citations if c.quote.startswith(beginning))
    return citation, library.page_map(citation.document_id).page(citation.page)


def _words_under(path: Path, number: int, mask: Image.Image) -> str:
    """The PDF's text inside each band of the mask, from top to bottom."""
    rows = [y for y in range(mask.height) if mask.crop((0, y, mask.width, y + 1)).getbbox()]
    bands = [[rows[0], rows[0]]]
    for y in rows[1:]:
        if y > bands[-1][1] + 1:
            bands.append([y, y])
        bands[-1][1] = y
    document = pdfium.PdfDocument(path)
    sheet = document[number - 1]
    scale = sheet.get_width() / mask.width
    text_page, words = sheet.get_textpage(), []
    for top, bottom in bands:
        left, _, right, _ = mask.crop((0, top, mask.width, bottom + 1)).getbbox() or (0, 0, 0, 0)
        box = (left * scale, sheet.get_height() - bottom * scale, right * scale, sheet.get_height() - top * scale)
        words.append(text_page.get_text_bounded(*box))
    document.close()
    return " ".join(words)


def test_a_page_without_a_kept_original_shows_the_quote_in_its_text(
    library: Library, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(library.folder, configured)
    for original in (configured / "files").glob("*.pdf"):
        original.unlink()
    page = checked(AppTest.from_file(str(APP), default_timeout=60).run())
    ask(page, QUESTION)
    press(page, "Show the page")
    assert not page.get("image")
    assert "cannot be drawn" in page.warning[0].value
    assert ">Before the first prompt message, and" in page.get("html")[0].proto.body


def test_the_settings_in_force_are_shown(page: AppTest, library: Library) -> None:
    shown = "\n".join(c.value for c in page.caption).replace("\\", "").replace("\u2060", "")
    assert "extractive: nothing leaves this machine" in shown
    assert "hash-256" in shown
    assert str(library.folder) in shown


def test_a_chroma_server_is_not_kept_secret(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGLENS_CHROMA", "http://vectors.example:8000")
    checked(page.run())
    shown = "\n".join(c.value for c in page.caption).replace("\\", "")
    assert "nothing leaves this machine" not in shown
    assert "vectors.example" in shown


def test_without_a_library_the_page_says_how_to_make_one(configured: Path) -> None:
    page = checked(AppTest.from_file(str(APP), default_timeout=60).run())
    assert page.title[0].value == "There is no library yet"
    assert page.code[0].value == "reglens ingest PATH..."
    assert len(page.get("file_uploader")) == 1
    assert not configured.exists()


def test_a_file_given_to_the_page_makes_a_library_and_can_be_asked(configured: Path) -> None:
    page = checked(AppTest.from_file(str(APP), default_timeout=60).run())
    uploader: Any = page.get("file_uploader")[0]
    uploader.upload("lanterns.md", b"A lantern tax is a fee per lantern and night.", "text/plain")
    press(page, "Add to the library")
    assert page.info[0].value == "There is nothing to ask yet."
    assert page.get("progress")
    page.session_state["ingest-job"].wait(120)
    checked(page.run())
    ask(page, "What is a lantern tax?")
    assert texts(page)[1] == "A lantern tax is a fee per lantern and night. [1]"


def test_a_library_of_another_model_is_refused_with_its_remedy(library: Library, configured: Path) -> None:
    shutil.copytree(library.folder, configured)
    Path(os.environ["REGLENS_CONFIG"]).write_text('[corpus]\nembedding_model = "hash-64"\n', "utf-8")
    page = checked(AppTest.from_file(str(APP), default_timeout=60).run())
    assert r"hash\-256, not hash\-64" in page.error[0].value
    assert "→" in page.error[0].value


def test_the_library_is_listed_with_pages_and_states(page: AppTest) -> None:
    table = view(library_view).dataframe[0].value
    assert list(table["Title"]) == [
        "Lanterns <img src=x> [t](http://x.invalid) :smile: www.x.invalid",
        "Regulation Quiet Hours",
    ]
    assert list(table["Kind"]) == ["note", "proposed rule"]
    assert list(table["State"]) == ["ready", "ready"]


def test_a_document_is_removed_only_after_it_was_confirmed(library: Library, configured: Path) -> None:
    shutil.copytree(library.folder, configured)
    page = view(library_view)
    chosen = next(i for i, d in library.documents().items() if d.media == "pdf")
    page.selectbox[0].set_value(chosen).run()
    press(page, "Remove…")
    assert "Regulation Quiet Hours · 34-99001 · proposed rule" in texts(page)
    assert _titles(configured) == 2
    press(view(confirmation_view), "Remove it")
    assert _titles(configured) == 1


def _titles(folder: Path) -> int:
    opened = Library(folder, HashEmbedder())
    count = len(opened.documents())
    opened.close()
    return count


def test_a_removal_while_another_process_writes_is_refused(library: Library, configured: Path) -> None:
    shutil.copytree(library.folder, configured)
    page = view(confirmation_view)
    other = Library(configured, HashEmbedder())
    with other.writing():
        press(page, "Remove it")
    other.close()
    assert "another process is writing" in page.error[0].value
    assert _titles(configured) == 2


def _of_stage(library: Library, kind: Kind) -> str:
    return next(i for i, d in library.documents().items() if d.kind is kind)


def test_two_documents_are_compared_side_by_side(
    filled: Library, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLENS_LIBRARY", str(filled.folder))
    page = view(compare_view)
    page.selectbox[0].set_value(_of_stage(filled, Kind.PROPOSED_RULE))
    page.selectbox[1].set_value(_of_stage(filled, Kind.FINAL_RULE))
    press(page, "Compare")
    assert page.subheader[0].value == r"34\-99001 → 34\-99002"
    rows = page.session_state["comparison"].rows
    assert len(rows) > 1
    assert any(c.value == f"{len(rows)} rows of {len(rows)}" for c in page.caption)
    page.text_input[1].set_value("nowhere in these words").run()
    assert page.info[0].value == "No row fits."
    page.text_input[1].set_value("").run()
    press(page, "Show the page")
    assert len(page.get("image")) == 1


def test_a_document_is_not_compared_with_itself(
    filled: Library, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLENS_LIBRARY", str(filled.folder))
    page = view(compare_view)
    for box in page.selectbox:
        box.set_value(_of_stage(filled, Kind.PROPOSED_RULE))
    press(page, "Compare")
    assert page.warning[0].value == "Choose two different documents."


def test_a_library_of_notes_has_nothing_to_compare(library: Library, configured: Path) -> None:
    shutil.copytree(library.folder, configured)
    assert "needs two documents" in view(compare_view).info[0].value


def test_obligations_are_listed_and_kept_by_who_is_bound(
    filled: Library, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLENS_LIBRARY", str(filled.folder))
    page = view(impact_view)
    page.selectbox[0].set_value(_of_stage(filled, Kind.PROPOSED_RULE))
    press(page, "Find obligations")
    table = page.dataframe[0].value
    assert any("send a prompt message" in what for what in table["What"])
    actor = table["Who"][0]
    page.multiselect[0].select(actor).run()
    assert set(checked(page).dataframe[0].value["Who"]) == {actor}
    page.text_input[0].set_value("nowhere in these words").run()
    assert page.info[0].value == "No obligation fits."


def test_the_first_paint_imports_no_model_and_no_vector_store(library: Library, configured: Path) -> None:
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"at = AppTest.from_file({str(APP)!r}, default_timeout=60).run(); assert not at.exception; "
        "print(at.title[0].value, sorted({'torch', 'chromadb', 'tantivy', 'langchain'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=APP.parent,
        env=os.environ | {"REGLENS_LIBRARY": str(library.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "Ask the documents []"


def test_the_server_listens_here_only_and_reports_to_nobody() -> None:
    import tomllib

    options = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    assert options["browser"]["gatherUsageStats"] is False
    assert options["server"]["address"] == "localhost"
    from views.upload import MAX_FILE_MIB

    assert options["server"]["maxUploadSize"] == MAX_FILE_MIB
