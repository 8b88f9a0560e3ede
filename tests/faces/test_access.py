"""Nobody is shut out: what axe-core finds on every page in a real browser; nothing is cut off, and no word of a book becomes more."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from prompt import book, holdbook
from test_browser import BROWSER, PHONE, WIDE, Seen, browser, served, too_wide
from test_office import hostile

from holdbook.dashboard.map import pages
from holdbook.dashboard.shelf import Shelf

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine; HOLDBOOK_BROWSER names one elsewhere")
NAMES = [page.name for page in pages()]
BOOKS = ("tiny", "softbank")
STRUCTURE: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
COLOURS: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
PLACES: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": ["scrollable-region-focusable", "target-size"]}
_KINDS = """() => {
    const seen = new Set();
    for (const one of document.querySelectorAll('body *')) {
        if (![...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
        let path = '';
        for (let up = one; up; up = up.parentElement) path += `${up.tagName} ${up.getAttribute('class')}>`;
        if (!seen.has(path)) one.dataset.kind = seen.add(path).size;
    }
    return seen.size;
}"""
_CUT = """() => [...document.querySelectorAll('body *')].filter((one) => {
    const style = getComputedStyle(one);
    const flows = style.display !== 'inline' && !['auto', 'scroll'].includes(style.overflowX);
    return flows && !one.closest('svg') && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
}).map((one) => `${one.tagName} ${one.className} ${one.scrollWidth} in ${one.clientWidth}: ${one.textContent.trim().slice(0, 60)}`)"""

__all__ = ["browser"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; it is evaluated beside the page's own, which may run no script from elsewhere."""
    found = pytest.importorskip("axe_playwright_python", reason="axe-core is a tool of the developers and not installed")
    return files(found).joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=BOOKS)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    shelf = Shelf(request.param)
    shelf.warm()
    with served(shelf) as found:
        yield found


def severe(page: Any, options: dict[str, Any], within: str = "html") -> list[str]:
    """What axe-core finds that shuts people out: each with its rule, how often, and where first."""
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])["violations"]
    return [
        f"{one['id']}, {len(one['nodes'])} times: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def is_open_to_all(page: Any, axe: str) -> bool:
    """Structure on a wide screen; colours by day and by night, one text of each kind; places on a phone; nothing cut off on either."""
    page.evaluate(axe)
    assert severe(page, STRUCTURE) == []
    assert page.evaluate(_CUT) == []
    assert page.evaluate(_KINDS) > 5
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert severe(page, COLOURS, "[data-kind]") == []
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert severe(page, PLACES) == []
    assert page.evaluate(_CUT) == []
    assert too_wide(page) <= 0
    return True


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_open_to_all(name: str, browser: Any, address: str, axe: str) -> None:
    seen = Seen(browser, WIDE)
    page = seen.opened(f"{address}/{name}")
    page.wait_for_selector("[aria-busy]", state="detached")
    assert is_open_to_all(page, axe)
    assert seen.is_clean(address)


def test_the_drawer_is_open_to_all(browser: Any, address: str, axe: str) -> None:
    seen = Seen(browser, WIDE)
    page = seen.opened(f"{address}/debt")
    page.locator("button.num").first.press("Enter")
    page.wait_for_selector("#behind .tree li")
    assert is_open_to_all(page, axe)
    assert page.evaluate("document.getElementById('drawer').open")
    assert seen.is_clean(address)


def test_the_report_is_open_to_all(browser: Any, axe: str, tmp_path: Path) -> None:
    assert holdbook("report", "tiny", "--output", "page.html", folder=tmp_path).code == 0
    seen = Seen(browser, WIDE)
    page = seen.opened((tmp_path / "page.html").as_uri())
    assert is_open_to_all(page, axe)
    assert seen.is_clean("file:")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_hostile_names_break_no_page(width: int, browser: Any, tmp_path: Path) -> None:
    folder = book(tmp_path / "hostile", hostile())
    assert holdbook("report", "hostile", "--output", "page.html", folder=tmp_path).code == 0
    with served(Shelf(str(folder))) as found:
        for place in (f"{found}/overview", f"{found}/holdings", f"{found}/evidence", (tmp_path / "page.html").as_uri()):
            seen = Seen(browser, width)
            alerts: list[str] = []
            seen.page.on("dialog", lambda one, alerts=alerts: (alerts.append(one.message), one.dismiss()))
            page = seen.opened(place)
            assert (alerts, too_wide(page) <= 0, page.evaluate(_CUT)) == ([], True, [])
            assert page.locator("main script").count() == 0
            assert seen.is_clean(found if place.startswith(found) else "file:")
