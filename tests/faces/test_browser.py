"""The dashboard and the report in a real browser, where there is one: nothing from outside, no error, by keyboard, on a phone."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from prompt import book, holdbook

from holdbook.api import SHIPPED
from holdbook.dashboard.app import application
from holdbook.dashboard.map import pages
from holdbook.dashboard.shelf import Shelf

BROWSER = (
    os.environ.get("HOLDBOOK_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine; HOLDBOOK_BROWSER names one elsewhere")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip
WIDE, PHONE = 1440, 390
_LATE = 60_000
LONG = "W" * 300


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is a tool of the developers and not installed")
    with playwright.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = Path(SHIPPED, "tiny", "book.yaml").read_text(encoding="utf-8")
    tie = "relations: {tie: {from: beta, type: customer_of, to: gamma, role: chips, source: report}}\n"
    more = text.replace("Beta Motors", f"Beta {LONG}").replace("sources:", f"  gamma: {{name: Gamma {LONG}, kind: company}}\nsources:")
    return book(tmp_path_factory.mktemp("served") / "acme", more + tie)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(Shelf(str(folder))) as found:
        yield found


@contextmanager
def served(shelf: Shelf) -> Iterator[str]:
    """The address of the dashboard of a book, served as `holdbook serve` does."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(shelf, port), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    door.close()


class Seen:
    """A page in the browser, with everything that it complained of and asked elsewhere for."""

    def __init__(self, browser: Any, width: int, scheme: str = "light") -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.page.set_default_timeout(_LATE)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def opened(self, address: str) -> Any:
        self.page.goto(address)
        return self.page

    def is_clean(self, address: str) -> bool:
        assert self.complaints == []
        assert [one for one in self.asked if not one.startswith((address, "data:", "file:"))] == []
        self.context.close()
        return True


def too_wide(page: Any) -> int:
    """By how much the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_a_page_opens_without_complaint_and_fits(name: str, width: int, browser: Any, address: str) -> None:
    seen = Seen(browser, width, "dark" if width == PHONE else "light")
    page = seen.opened(f"{address}/{name}")
    assert too_wide(page) <= 0
    assert page.locator("h1").count() == 1
    assert seen.is_clean(address)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_labels_of_the_form_stand_on_one_line(width: int, browser: Any, address: str, folder: Path) -> None:
    scenario = folder / "scenarios" / "crash.yaml"
    scenario.parent.mkdir(exist_ok=True)
    scenario.write_text("scenario: {name: Crash, text: All falls., source: report}\nshocks: {beta: -50%}\n", encoding="utf-8")
    try:
        seen = Seen(browser, width)
        page = seen.opened(f"{address}/overview")
        tops = page.evaluate("[...document.querySelectorAll('.look label')].map((one) => [one.offsetTop, one.offsetHeight])")
        assert page.locator(".look select").count() == 1
        assert len({high for _, high in tops}) == 1
        assert len({top for top, _ in tops}) == (1 if width == WIDE else 3)
        assert too_wide(page) <= 0
        assert seen.is_clean(address)
    finally:
        shutil.rmtree(scenario.parent)


def test_the_drawer_opens_by_keyboard_and_gives_the_focus_back(browser: Any, address: str) -> None:
    seen = Seen(browser, WIDE)
    page = seen.opened(f"{address}/holdings")
    number = page.locator("button.num").first
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#behind .tree li")
    assert page.evaluate("document.getElementById('drawer').contains(document.activeElement)")
    assert "book.yaml:" in page.locator("#behind").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.getElementById('drawer').open") is False
    assert page.evaluate("document.activeElement.dataset.figure") == number.get_attribute("data-figure")
    assert seen.is_clean(address)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_box_of_the_network_opens_the_drawer_by_keyboard(width: int, browser: Any, address: str) -> None:
    seen = Seen(browser, width)
    page = seen.opened(f"{address}/network")
    side = "full" if width == WIDE else "slim"
    box = page.locator(f".{side} svg a[data-figure]").first
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#behind .tree li")
    assert "book.yaml:" in page.locator("#behind").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.figure") == box.get_attribute("data-figure")
    assert page.url.endswith("/network")
    page.locator("summary", has_text="The ties").click()
    page.locator("figure details[open]").first.wait_for()
    assert too_wide(page) <= 0
    assert seen.is_clean(address)


def test_the_slider_moves_the_figures_by_keyboard(browser: Any, address: str) -> None:
    seen = Seen(browser, WIDE)
    page = seen.opened(f"{address}/stress")
    before = page.locator("#fallen").inner_text()
    page.locator("#percent").focus()
    page.keyboard.press("End")
    page.locator("#fallen", has_text="down 70%").wait_for()
    assert page.locator("#fallen").inner_text() != before
    assert "beyond the" in page.locator("#fallen").inner_text()
    assert seen.is_clean(address)


def test_a_page_loads_itself_again_when_the_book_changes(browser: Any, address: str, folder: Path) -> None:
    seen = Seen(browser, WIDE)
    page = seen.opened(f"{address}/holdings")
    path = folder / "book.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("USD 20.00/share", "USD 30.00/share"), encoding="utf-8")
    try:
        page.locator("button.num", has_text="USD 300m").first.wait_for()
    finally:
        path.write_text(before, encoding="utf-8")
    assert seen.is_clean(address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str, browser: Any, address: str) -> None:
    """Contrast of 4.5 for words and of 3 for what is drawn, as WCAG 2.2 asks (1.4.3, 1.4.11)."""
    seen = Seen(browser, WIDE, scheme)
    page = seen.opened(f"{address}/overview")
    read = """(names) => names.map((name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim())"""
    colours = ("paper", "panel", "ink", "quiet", "accent", "bad", "good", "warn", "s0", "s1", "s2", "s3", "s4", "s5")
    found = dict(zip(colours, page.evaluate(read, list(colours)), strict=True))
    for ground in ("paper", "panel"):
        for name in colours[2:]:
            least = 3.0 if name.startswith("s") else 4.5
            assert contrast(found[name], found[ground]) >= least, (name, ground)
    assert seen.is_clean(address)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    text = colour.lstrip("#")
    text = "".join(letter * 2 for letter in text) if len(text) == 3 else text
    parts = [int(text[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_report_fits_and_asks_for_nothing(width: int, browser: Any, folder: Path, tmp_path: Path) -> None:
    assert holdbook("report", str(folder), "--output", "page.html", folder=tmp_path).code in (0, 1)
    seen = Seen(browser, width)
    page = seen.opened((tmp_path / "page.html").as_uri())
    assert too_wide(page) <= 0
    assert seen.is_clean("file:")
