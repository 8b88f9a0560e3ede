"""Form 13F as the SEC has it: an information table in XML, a cover in XML, or both in one submission with a header of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from holdbook.importers.filing import Filing, Line, ReadFiling, one_line
from holdbook.importers.markup import Element, MarkupError, elements
from holdbook.problems import Problem
from holdbook.quantity.origin import Place
from holdbook.reader.folder import TextFile

_WANTED = frozenset(("infotable", "formdata", "headerdata"))
_SECTION = re.compile(r"<XML>\s*\n?(.*?)</XML>", re.DOTALL)
_HEADER = re.compile(r"^(ACCESSION NUMBER|CONFORMED PERIOD OF REPORT|FILED AS OF DATE):\s*(\S+)", re.MULTILINE)
_BACKWARDS = re.compile(r"(\d{2})-(\d{2})-(\d{4})", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def read_xml(file: TextFile) -> ReadFiling:
    """The filing in a file of XML or a whole submission; what a cover alone says is a filing without lines."""
    problems: list[Problem] = []
    found: list[Element] = []
    for text, offset in _sections(file.text):
        try:
            found += elements(text, _WANTED, offset)
        except MarkupError as error:
            expected, way_out = "an information table of Form 13F in XML", "get the file anew from the SEC"
            place = Place(file.name, error.line, 1)
            problems.append(Problem("wrong-shape", place, str(error), expected, way_out, file.line(error.line)))
    header = dict(_HEADER.findall(file.text[:20_000])) if "<SEC-HEADER>" in file.text[:2000] else {}
    cover = {name: text for element in found if element.name != "infotable" for name, text in element.texts.items()}
    lines = [line for element in found if element.name == "infotable" for line in _line(file, element, problems)]
    if not lines and not cover and not problems:
        expected = "elements infoTable, or the cover of a Form 13F"
        problems.append(Problem("wrong-shape", Place(file.name, 1, 1), "neither", expected, "check which file it is", file.line(1)))
    if problems:
        return ReadFiling(None, problems)
    period = _compact(header.get("CONFORMED PERIOD OF REPORT", "")) or _backwards(cover.get("periodofreport", ""))
    total = int(cover["tablevaluetotal"]) if _NUMBER.fullmatch(cover.get("tablevaluetotal", "")) else None
    filed = _compact(header.get("FILED AS OF DATE", ""))
    return ReadFiling(Filing(file.name, period, filed, one_line(header.get("ACCESSION NUMBER")), lines, total), [])


def _sections(text: str) -> Iterator[tuple[str, int]]:
    """The XML documents of a file, each with the number of lines before it."""
    if "<XML>" not in text:
        stripped = text.lstrip()
        yield stripped, text[: len(text) - len(stripped)].count("\n")
        return
    for match in _SECTION.finditer(text):
        body = match[1].lstrip()
        yield body, text[: match.end(1) - len(body)].count("\n")


def _line(file: TextFile, element: Element, problems: list[Problem]) -> Iterator[Line]:
    texts = element.texts
    value, amount = texts.get("value", ""), texts.get("sshprnamt", "")
    for name, text in (("value", value), ("sshPrnamt", amount)):
        if not _NUMBER.fullmatch(text):
            place, found = Place(file.name, element.line, 1), f"{name} is {text!r}"
            problems.append(
                Problem("bad-figure", place, found, "a whole number", "correct it, or get the file anew", file.line(element.line))
            )
            return
    yield Line(
        one_line(texts.get("nameofissuer")), one_line(texts.get("titleofclass")), texts.get("cusip", "").upper(), "", int(value), int(amount),
        texts.get("sshprnamttype", "").upper(), texts.get("putcall", "").upper(), f"line {element.line}",
    )  # fmt: skip


def _compact(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    except ValueError:
        return None


def _backwards(text: str) -> date | None:
    match = _BACKWARDS.fullmatch(text)
    try:
        return None if match is None else date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None
