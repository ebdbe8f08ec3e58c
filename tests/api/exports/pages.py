"""A page as a reader of HTML sees it: its elements, its text, and whether it is well made."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: elements that have no end tag
VOID = {"meta", "br", "link", "img", "input", "hr"}
#: elements of SVG that are written as <x/>
DRAWN = {"rect", "line", "path", "polyline", "circle", "use"}


@dataclass
class Element:
    """One element: attributes (those without a value are "") and all text within it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""

    def of_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


@dataclass
class Page(HTMLParser):
    """The elements of a page in their order; ``faults`` says what is not well nested."""

    source: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    declarations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._met(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._met(tag, attrs)
        if tag not in VOID | DRAWN:
            self.faults.append(f"<{tag}/> is closed at once")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, class_: str | None = None) -> list[Element]:
        return [e for e in self.elements if e.tag == tag and (class_ is None or e.of_class(class_))]

    def _met(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(parent.tag for parent in self._open))
        self.elements.append(element)
        return element


def loads_nothing(page: Page) -> bool:
    """Whether the page asks nobody for anything: every link and source points into the page itself."""
    sources = {"src", "href", "srcset", "action", "data", "poster", "xlink:href"}
    pointed = [v for e in page.elements for k, v in e.attributes.items() if k in sources]
    styles = "".join(e.text for e in page.all("style"))
    scripts = "".join(e.text for e in page.all("script"))
    calls = ("fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon", "EventSource")
    return (
        all(value.startswith("#") for value in pointed)
        and "url(" not in styles
        and "@import" not in styles
        and not any(call in scripts for call in calls)
    )
