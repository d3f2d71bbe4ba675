"""Charts, colours and Markdown's signs, each by itself."""

from xml.etree import ElementTree as ET

import pytest

from evals.bank.pages.charts import Bar, bar_chart
from evals.bank.pages.elements import element
from evals.bank.pages.markdown import plain
from evals.bank.pages.style import DARK, LIGHT
from tests.page_reading import SVG, of_class, per_cent


def test_bars_are_as_long_as_their_values_and_whiskers_as_their_intervals() -> None:
    bars = [Bar("half", 0.5, 4, (0.25, 0.75)), Bar("all", 1.0, 1), Bar("nothing")]
    chart = ET.fromstring(bar_chart("Shares", bars, "x"))
    whole = {per_cent(track["width"]) for track in of_class(chart, "rect", "track")}
    assert len(whole) == 1
    full = whole.pop()
    assert [per_cent(bar["width"]) / full for bar in of_class(chart, "rect", "bar")] == [0.5, 1.0]
    (whisker,) = of_class(chart, "line", "whisker")
    assert (per_cent(whisker["x1"]) / full, per_cent(whisker["x2"]) / full) == (0.25, 0.75)
    assert [per_cent(cap["x1"]) / full for cap in of_class(chart, "line", "cap")] == [0.25, 0.75]
    assert [text.text for text in chart.iter(f"{SVG}text") if text.get("class") == "numbers"] == [
        "0.50 (0.25–0.75)", "1.00", "–",
    ]  # fmt: skip
    tops = [int(track["y"]) for track in of_class(chart, "rect", "track")]
    assert tops[0] < tops[1] < tops[2] < int(chart.get("height") or 0)
    assert chart.get("role") == "img"
    assert chart.findtext(f"{SVG}title") == "Shares"
    assert chart.findtext(f"{SVG}desc") == (
        "half, 4 questions: 0.50 (0.25–0.75); all, 1 questions: 1.00; nothing, 0 questions: –"
    )


def test_an_element_escapes_what_it_holds_and_its_attributes() -> None:
    made = element("p", "a < b", element("b", "&"), class_="x", aria_label='"><i>')
    assert made == '<p class="x" aria-label="&quot;&gt;&lt;i&gt;">a &lt; b<b>&amp;</b></p>'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("two\n lines", "two lines"),
        ("1. first", "1\\. first"),
        ("1.5 times", "1.5 times"),
        ("- no list", "\\- no list"),
        ("-0.5", "-0.5"),
        ("# no heading", "\\# no heading"),
        ("> no quote", "\\> no quote"),
        ("$0.003 a share and $0.002", "\\$0.003 a share and \\$0.002"),
        ("[a](b) | c_d", "\\[a\\](b) \\| c\\_d"),
        ("<b> &amp;", "&lt;b> &amp;amp;"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, written: str) -> None:
    assert plain(text) == written


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_bars_stand_out_from_what_is_behind_them(colours: dict[str, str]) -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    for text in ("ink", "quiet", "link", "good", "bad"):
        assert min(contrast(colours[text], colours[back]) for back in ("paper", "panel")) >= 4.5, text
    assert contrast(colours["bar"], colours["paper"]) >= 3
    assert min(contrast(colours["ink"], colours[back]) for back in ("bar", "track")) >= 3
