"""Marked-up text as a plain tree: HTML by selectolax, XML by defusedxml. No other file knows either.

Why these two: docs/decisions/0005-markup-parsers.md. Nothing is fetched, no entity that a file
declares is expanded, and comments and processing instructions are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import ParseError

from corpus.errors import SourceError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        tag: of HTML in lower case with its prefix ("ix:header"); of XML in capitals, without its namespace.
        attributes: an attribute without a value has the value "".
        children: elements and runs of text in their order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute's value, "" when it is not there."""
        return self.attributes.get(name, "")

    def elements(self) -> "Iterator[Element]":
        """This element and all below it, in the order of their start tags."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += [child for child in reversed(element.children) if isinstance(child, Element)]

    def find(self, *tags: str) -> "Element | None":
        """The first element below or at this one that has one of these tags."""
        return next((element for element in self.elements() if element.tag in tags), None)

    def text(self) -> str:
        """All text below this element, as it stands in the file."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack += reversed(node.children)
        return "".join(parts)


def parse_html(text: str) -> Element:
    """A page as a browser would read it; HTML has no wrong input."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    root = Element("html")
    stack: list[tuple[LexborNode | None, Element]] = [(page.root.child if page.root else None, root)]
    while stack:
        node, parent = stack.pop()
        if node is None:
            continue
        stack.append((node.next, parent))
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node and node.tag:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            element = Element(node.tag, attributes)
            parent.children.append(element)
            stack.append((node.child, element))
    return root


def parse_xml(data: bytes) -> Element:
    """A file of well-formed XML.

    Raises:
        SourceError: if it is not well-formed, or declares entities of its own.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: XmlElement = fromstring(data)
    except DefusedXmlException as error:
        raise SourceError(
            "the XML declares entities of its own, which can grow without bounds",
            remedy="download it again from federalregister.gov, govinfo.gov or ecfr.gov; theirs declare none",
        ) from error
    except (ParseError, ValueError, LookupError) as error:  # the last two: an encoding that is unknown or wrong
        raise SourceError(
            f"the file is not well-formed XML ({error})", remedy="download it again; it may be cut short"
        ) from error
    tree = Element(_local(root.tag).upper(), dict(root.attrib))
    stack = [(root, tree)]
    while stack:
        source, element = stack.pop()
        if source.text:
            element.children.append(source.text)
        for child in source:
            copied = Element(_local(child.tag).upper(), {_local(name): value for name, value in child.attrib.items()})
            element.children.append(copied)
            stack.append((child, copied))
            if child.tail:
                element.children.append(child.tail)
    return tree


def _local(name: str) -> str:
    return name.rpartition("}")[2]
