"""What the dashboard costs whoever looks at it, in a real browser: from a key on the slider to the fan redrawn, and the first page.

    python bench/pages.py [BOOK]     (part of `make bench`; HOLDBOOK_BROWSER names a browser that is not found by itself)

1. The stress page: 20 presses of a key on the slider, one after another, each until figures, chart and ten thousand futures are painted.
2. The overview of a book that has not changed: a new process of `holdbook serve`, then a new browser page. Interactive is when the
   page's script has run, so that numbers open and sliders move; whole is when the answers that come later are there too.

Skipped, with a word, where there is no Chromium or no Playwright.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from statistics import median, quantiles
from typing import Any, NamedTuple

_BROWSER = (
    os.environ.get("HOLDBOOK_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
_QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
_PRESSES, _RUNS = 20, 5
_LATE = 60_000
_WATCH = """() => {
    window.took = [];
    let pressed = 0;
    document.getElementById('percent').addEventListener('input', () => { pressed = performance.now(); });
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - pressed)))).observe(
        document.getElementById('fallen'), {childList: true});
}"""


class First(NamedTuple):
    """The first page: milliseconds until the process serves, until the page is interactive and whole, and the bytes that were sent."""

    serves: float
    interactive: float
    whole: float
    sent: float


@contextmanager
def served(book: str) -> Iterator[tuple[str, float]]:
    """A new process that serves a book: its address, and the seconds until it said so."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "holdbook", "serve", book, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            yield "http://" + said.partition("http://")[2].partition("/")[0], time.perf_counter() - start
        finally:
            process.terminate()


def slider(page: Any, address: str) -> list[float]:
    """The milliseconds from each press to the fan painted."""
    page.goto(f"{address}/stress")
    page.wait_for_selector("[aria-busy]", state="detached")
    assert "10,000" in page.locator("#fallen").inner_text(), "the book draws no ten thousand futures"
    page.locator("#percent").focus()
    page.evaluate(_WATCH)
    for press in range(1, _PRESSES + 2):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("(count) => window.took.length >= count", arg=press)
    return [float(one) for one in page.evaluate("window.took")][1:]


def first_page(browser: Any, book: str) -> First:
    """The overview, from a process and a browser page that are new."""
    with served(book) as (address, serves):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        sent: list[int] = []
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda one: sent.append(one["encodedDataLength"]))
        page.goto(f"{address}/overview", wait_until="domcontentloaded", timeout=_LATE)
        interactive = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        page.wait_for_selector("[aria-busy]", state="detached", timeout=_LATE)
        whole = page.evaluate("performance.now()")
        context.close()
    return First(serves * 1000, interactive, whole, float(sum(sent)))


def row(what: str, value: float, unit: str, goal: str = "") -> None:
    """One line of the report."""
    print(f"{what:<58} {value:>9,.0f} {unit:<3}{f'   goal {goal}' if goal else ''}")


def measure(book: str) -> None:
    """Both, as a table."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_BROWSER, args=list(_QUIET))
        with served(book) as (address, _):
            took = slider(browser.new_page(viewport={"width": 1440, "height": 900}), address)
        row(f"{book}: slider to redrawn fan, median of {len(took)}", median(took), "ms", "100 ms")
        row("  nine of ten within", quantiles(took, n=10, method="inclusive")[-1], "ms")
        first = [first_page(browser, book) for _ in range(_RUNS)]
        row(f"{book}: overview interactive, new process, median of {_RUNS}", median(one.interactive for one in first), "ms", "1,500 ms")
        row("  the process serves after", median(one.serves for one in first), "ms")
        row("  the page is whole after", median(one.whole for one in first), "ms")
        row("  sent", median(one.sent for one in first) / 1000, "kB", "1,000 kB")
        browser.close()


def pages(book: str = "softbank") -> None:
    """Measure, or say what is not there."""
    if _BROWSER is None or find_spec("playwright") is None:
        print("pages: skipped, there is no Chromium or no Playwright here")
        return
    measure(book)


if __name__ == "__main__":
    pages(*sys.argv[1:2])
