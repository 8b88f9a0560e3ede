"""A page of HTML as a test sees it: its tags, its links, the texts that a reader sees, its tables section by section."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = ("meta", "br", "hr", "img", "input", "link")


class Leaf(HTMLParser):
    """What stands on a page; an element that is closed in the wrong order is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.tables: dict[str, list[list[list[str]]]] = {}
        self.figures: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._section = ""
        self.feed(text)
        self.close()
        assert not self._open, f"{self._open} are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "section":
            self._section = dict(attrs).get("id") or ""
        tables = self.tables.setdefault(self._place, [])
        if tag == "table":
            tables.append([])
        elif tag == "tr":
            tables[-1].append([])
        elif tag in ("td", "th"):
            tables[-1][-1].append("")
        elif tag == "dd":
            self.figures.setdefault(self._section, []).append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if "td" in self._open or "th" in self._open:
            self.tables[self._place][-1][-1][-1] += data
        elif "dd" in self._open and "small" not in self._open:
            self.figures[self._section][-1] += data

    @property
    def _place(self) -> str:
        """The section, and whether within a chart of it: the table of a chart is its own."""
        return f"{self._section} chart" if "figure" in self._open else self._section
