"""HTML built from elements, so that every text is escaped and no bracket is forgotten. Pure."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already; any other text is escaped where it is put into an element."""

    __slots__ = ()


def element(name: str, *inside: str, **attributes: str) -> Html:
    """One element around what is inside it.

    Args:
        name: of the element.
        inside: what it holds; escaped unless it is :class:`Html`.
        attributes: by name; ``class_`` is written "class", an underscore as a hyphen.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()
    )  # fmt: skip
    return Html(f"<{name}{written}>{joined(inside)}</{name}>")


def joined(parts: Iterable[str]) -> Html:
    """Parts after one another, escaped unless they are HTML already."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """A table whose first column names the rows; it scrolls by itself where the window is narrow."""
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    body = [
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])) for row in rows
    ]
    made = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
    return element("div", made, class_="scroll", role="region", aria_label=caption, tabindex="0")


def listed(items: Iterable[str], **attributes: str) -> Html:
    """A list, one item after another."""
    return element("ul", *(element("li", item) for item in items), **attributes)
