"""Bars with intervals as SVG inside a page: no script, no fixed width, colours from the page's style. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.bank.pages.elements import Html, element

_SCALE = 60.0  # per cent of the width that a value of 1 takes; the numbers stand to its right
_ROW = 42  # pixels
_BAR = 12
_CAP = 4
_LETTERS = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """A share, 0 to 1, of so many questions, and both ends of its interval; None where there is none."""

    label: str
    value: float | None = None
    count: int = 0
    interval: tuple[float, float] | None = None


def bar_chart(title: str, bars: Sequence[Bar], identity: str) -> Html:
    """Horizontal bars under one another, each with a whisker over its interval and its numbers as text.

    Args:
        title: read aloud in place of the picture, with all numbers.
        bars: from top to bottom.
        identity: begins the ids of this chart; no other on the page has it.
    """
    spoken = "; ".join(f"{bar.label}, {bar.count} questions: {_numbers(bar)}" for bar in bars)
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", spoken, id=f"{identity}-numbers"),
        *(part for place, bar in enumerate(bars) for part in _drawn(bar, place * _ROW)),
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-numbers",
        width="100%",
        height=str(len(bars) * _ROW),
        xmlns="http://www.w3.org/2000/svg",
    )


def _drawn(bar: Bar, top: int) -> list[Html]:
    first = top + 20
    middle = first + _BAR / 2
    parts = [
        element("text", f"{_shortened(bar.label)} (n = {bar.count})", x="0", y=str(top + 14), class_="label"),
        element("rect", x="0", y=str(first), width=_percent(1.0), height=str(_BAR), class_="track"),
        element("text", _numbers(bar), x=_percent(1.04), y=str(first + 11), class_="numbers"),
    ]
    if bar.value is None:
        return parts
    parts.append(element("rect", x="0", y=str(first), width=_percent(bar.value), height=str(_BAR), class_="bar"))
    if bar.interval:
        parts.append(_line(bar.interval[0], middle, bar.interval[1], middle, "whisker"))
        parts.extend(_line(end, middle - _CAP, end, middle + _CAP, "cap") for end in bar.interval)
    return parts


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Html:
    return element("line", x1=_percent(x1), y1=f"{y1:g}", x2=_percent(x2), y2=f"{y2:g}", class_=kind)


def _percent(share: float) -> str:
    return f"{share * _SCALE:.2f}%"


def _numbers(bar: Bar) -> str:
    if bar.value is None:
        return "–"
    return f"{bar.value:.2f} ({bar.interval[0]:.2f}–{bar.interval[1]:.2f})" if bar.interval else f"{bar.value:.2f}"


def _shortened(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"
