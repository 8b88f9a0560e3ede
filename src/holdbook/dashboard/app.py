"""The dashboard's pages over one book: each re-answered for the look in its address, none of them with a script but its own."""

from __future__ import annotations

import os
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from holdbook import api
from holdbook.dashboard.drawer import drawer
from holdbook.dashboard.guard import Guard
from holdbook.dashboard.look import Look, LookError, look_of
from holdbook.dashboard.map import Page, asked_on, pages
from holdbook.dashboard.shelf import Shelf
from holdbook.dashboard.stress import DEEPEST, LEAST_SWINGS, MOST_SWINGS, Falls
from holdbook.quantity.quantity import Quantity, UnitError
from holdbook.questions.catalogue import Question
from holdbook.render.page import TEMPLATES, environment, soundness
from holdbook.render.section import SIDES, quantities_of, section

_HERE = os.path.dirname(os.path.abspath(__file__))
_FILES = {
    "chart.css": (TEMPLATES, "text/css"),
    "paper.css": (TEMPLATES, "text/css"),
    "dashboard.css": (os.path.join(_HERE, "static"), "text/css"),
    "dashboard.js": (os.path.join(_HERE, "static"), "text/javascript"),
}
_WRONG, _NOWHERE = 400, 404
_FALL = "fall"


def application(shelf: Shelf, port: int) -> Guard:
    """The pages of a book as an ASGI application for one port of this machine."""
    site = _Site(shelf)
    routes = [
        Route("/", site.page),
        Route("/stamp", site.stamp),
        Route("/figure", site.figure),
        Route("/fall", site.fall),
        Route("/static/{name}", _static),
        Route("/part/{page}/{question}", site.part),
        Route("/{page}", site.page),
    ]
    return Guard(Starlette(routes=routes), port)


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("There is no such file.", _NOWHERE)
    folder, kind = _FILES[name]
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return Response(file.read(), media_type=kind)


class _Site:
    """What the routes answer."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def page(self, request: Request) -> Response:
        """A page of the map; without a name the first."""
        name = request.path_params.get("page", pages()[0].name)
        found = next((one for one in pages() if one.name == name), None)
        if found is None:
            return _said("There is no such page.", _NOWHERE)
        try:
            look = look_of(request.query_params)
            return _rendered("page.html", **self._shown(found, look))
        except LookError as error:
            return _said(str(error), _WRONG)
        except UnitError as error:
            return _said(f"{error}.", _WRONG)
        except api.NotABookError as error:
            return _said("\n".join([f"{error}.", *(f"{one.place}: {one.found}. {one.way_out}." for one in error.problems)]), 503)

    def _shown(self, page: Page, look: Look) -> dict[str, Any]:
        opened = self.shelf.opened()
        asked = asked_on(page)
        ready = [one for one in asked if one is asked[0] or self.shelf.is_ready(one.name, look)]
        answers = [self._part(page, one, look) for one in ready]
        later = [one for one in asked if one not in ready]
        head = opened.book.head
        return {
            "page": page, "pages": pages(), "look": look, "head": head, "answers": answers, "later": later, "live": True, "stamp": self.shelf.stamp(), "scenarios": self.shelf.scenarios(),
            "day": look.day or head.day, "known_on": look.known_on or head.known_on, "deepest": DEEPEST, "swings": (LEAST_SWINGS, MOST_SWINGS),
            "fall": self._fall(look, 0, 100) if page.name == "stress" else None,
            "check": soundness(self.shelf.soundness()) if page.name == "evidence" else None,
        }  # fmt: skip

    def part(self, request: Request) -> Response:
        """One question's part of a page, for a page that did not wait for it."""
        page = next((one for one in pages() if one.name == request.path_params["page"]), None)
        question = next((one for one in (asked_on(page) if page else []) if one.name == request.path_params["question"]), None)
        if page is None or question is None:
            return _said("There is no such part.", _NOWHERE)
        try:
            return _rendered("part.html", one=self._part(page, question, look_of(request.query_params)), live=True)
        except (LookError, UnitError) as error:
            return _said(str(error), _WRONG)

    def _part(self, page: Page, question: Question, look: Look) -> dict[str, Any]:
        one = self._section(question, look)
        brief = {"tables": [], "caveats": [], "needs": [], "charts": [chart | {"table": ""} for chart in one["charts"]]}
        return {**one, **brief} if page.brief else one

    def _section(self, question: Question, look: Look) -> dict[str, Any]:
        """A question's part of a page, made once for a state of the book and a look."""
        answer = self.shelf.answer(question.name, look)
        return self.shelf.kept((question.name, look), lambda _: section(question, answer))

    def _falls(self, look: Look) -> Falls:
        return self.shelf.kept((_FALL, look), lambda _: Falls(self.shelf.book(look), look))

    def _fall(self, look: Look, percent: int, swings: int, sides: tuple[str, ...] = SIDES) -> dict[str, Any] | None:
        falls = self._falls(look)
        return falls.at(percent, swings, sides) if falls.known else None

    def fall(self, request: Request) -> Response:
        """The figures and the charts of a fall of all holdings, for the sliders."""
        asked = request.query_params
        try:
            look, percent, swings = look_of(asked), int(asked.get("percent", "0")), int(asked.get("swings", "100"))
        except ValueError as error:
            return _said(str(error), _WRONG)
        sides = tuple(side for side in SIDES if asked.get("side") in (side, None)) or SIDES
        found = self._fall(look, min(max(percent, 0), DEEPEST), min(max(swings, LEAST_SWINGS), MOST_SWINGS), sides)
        return _rendered("fall.html", fall=found, live=True) if found is not None else _said("The book has nothing to try it on.", _NOWHERE)

    def figure(self, request: Request) -> Response:
        """What stands behind a number of a page: the drawer."""
        try:
            look = look_of(request.query_params)
            quantity = self._behind(request.query_params.get("question", ""), look).get(request.query_params.get("key", ""))
        except (LookError, api.UnknownQuestionError) as error:
            return _said(str(error), _WRONG)
        if quantity is None:
            return _said("The page has changed; load it again.", _NOWHERE)
        return _rendered("drawer.html", one=drawer(self.shelf.opened(), quantity))

    def _behind(self, question: str, look: Look) -> dict[str, Quantity]:
        """Every quantity that a question's part of a page shows, by its key."""
        if question == _FALL:
            return self._falls(look).quantities()
        api.question(question)
        return quantities_of(self.shelf.answer(question, look))

    def stamp(self, _request: Request) -> Response:
        """The state of the book's files: a page asks for it, and loads itself again when it changes."""
        return PlainTextResponse(self.shelf.stamp())


def _rendered(template: str, **shown: Any) -> HTMLResponse:
    return HTMLResponse(environment(os.path.join(_HERE, "templates"), TEMPLATES).get_template(template).render(**shown))


def _said(words: str, status: int) -> HTMLResponse:
    return HTMLResponse(environment(os.path.join(_HERE, "templates"), TEMPLATES).get_template("said.html").render(words=words), status)
