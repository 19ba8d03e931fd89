"""What a browser fetches and how long it waits: the weight of a first view, and its times beside the server's.

SPEED names the weight: at most 250 kB, charts apart. Nothing comes from outside.

Weight is that of the bodies as production sends them, compressed where they are text; the bundle that draws charts is
counted apart, as it is fetched when a chart is seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import gzip
import os
import shutil
from statistics import median

from playwright.sync_api import Browser, Response, sync_playwright

from bench.measure import Figure
from bench.serve import Server

HEAVIEST_KB = 250
LOOKS = 7
SIZE = {"width": 1440, "height": 900}
BUNDLE = "/vendor/plotly/"
PACKED = ("text/", "application/json", "application/javascript", "image/svg")
TIMES = """() => {
    const [page] = performance.getEntriesByType("navigation");
    return [page.responseEnd - page.requestStart, page.domContentLoadedEventEnd, page.loadEventEnd];
}"""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they travel, by whether the page needs them before a chart is drawn, and what came from elsewhere."""

    first: int
    bundle: int
    files: int
    outside: int


def weighed(responses: list[Response], server: Server) -> Weight:
    own = [one for one in responses if one.url.startswith(f"http://127.0.0.1:{server.port}/")]
    bytes_of = {one.url: _travelling(one) for one in own if one.ok}
    bundle = {url: size for url, size in bytes_of.items() if BUNDLE in url}
    first = sum(bytes_of.values()) - sum(bundle.values())
    foreign = [one for one in responses if one.url.startswith("http") and one not in own]
    return Weight(first, sum(bundle.values()), len(bytes_of) - len(bundle), len(foreign))


def _travelling(response: Response) -> int:
    body = response.body()
    return len(gzip.compress(body) if response.headers.get("content-type", "").startswith(PACKED) else body)


def figures(size: int, server: Server, session: str, pages: dict[str, str]) -> Iterator[Figure]:
    """Each page opened without a cache and then again and again: the server's time beside the browser's."""
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("no browser here: its rows are left out", flush=True)
        return
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        for name, path in pages.items():
            yield opened(f"{name} in a browser", size, browser, server, session, path)
        browser.close()


def opened(row: str, size: int, browser: Browser, server: Server, session: str, path: str) -> Figure:
    """The floor is the server's answer as the browser waits for it, ours is when the whole page is there."""
    address = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(viewport=SIZE, base_url=address)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page, responses = context.new_page(), list[Response]()
    page.on("response", lambda response: responses.append(response))
    page.goto(path, wait_until="networkidle")
    weight = weighed(responses, server)
    times = []
    for _ in range(LOOKS):
        page.goto(path, wait_until="load")
        times.append(page.evaluate(TIMES))
    context.close()
    answered, shown, loaded = (median(column) for column in zip(*times, strict=True))
    kb = weight.first / 1024
    note = (
        f"content shown after {shown:.0f} ms; first view {kb:.0f} kB in {weight.files} files (goal ≤ {HEAVIEST_KB}), "
        f"chart bundle {weight.bundle / 1024:.0f} kB, from outside {weight.outside}"
    )
    holds = kb <= HEAVIEST_KB and not weight.outside
    return Figure(row, size, answered, loaded, None, note=note, holds=holds)
