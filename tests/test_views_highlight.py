from PIL import Image

from ingest.formats.pdf import Box
from views.highlight import highlight, mark, marked_text


def test_the_box_becomes_yellow_and_nothing_else_changes() -> None:
    white = Image.new("RGB", (100, 200), "white")
    shown = highlight(white, [Box(0.2, 0.5, 0.6, 0.75)])
    assert shown.size == (100, 200)
    assert shown.getpixel((40, 120)) == (255, 232, 92)
    for outside in ((10, 120), (70, 120), (40, 90), (40, 160)):
        assert shown.getpixel(outside) == (255, 255, 255)


def test_letters_under_a_box_stay_black() -> None:
    black = Image.new("RGB", (10, 10), "black")
    assert highlight(black, [Box(0.0, 0.0, 1.0, 1.0)]).getpixel((5, 5)) == (0, 0, 0)


def test_the_picture_given_is_not_drawn_on() -> None:
    white = Image.new("RGB", (10, 10), "white")
    highlight(white, [Box(0.0, 0.0, 1.0, 1.0)])
    assert white.getpixel((5, 5)) == (255, 255, 255)


def test_only_the_quote_is_marked() -> None:
    html = marked_text("Dealers shall be silent at night.", 8, 23, around=100)
    assert '>Dealers <mark style="background: #ffe352; color: #111">shall be silent</mark> at night.</div>' in html


def test_html_in_a_document_is_shown_and_not_run() -> None:
    html = marked_text("<script>a()</script> <b>&amp;</b>", 21, 33, around=100)
    assert "&lt;script&gt;a()&lt;/script&gt; <mark" in html
    assert ">&lt;b&gt;&amp;amp;&lt;/b&gt;</mark>" in html
    assert html.count("<") == 4  # <div>, <mark> and their ends


def test_the_surroundings_are_cut_at_words_and_say_so() -> None:
    html = marked_text("one two three four five six seven", 14, 18, around=7)
    assert html.endswith("four</mark> five …</div>")
    assert ">… three <mark" in html


def test_the_icon_is_drawn_not_downloaded() -> None:
    assert mark().size == (64, 64)
