"""Pictures of pages at both sizes and in both languages, for a person to look at (LOOK, last paragraph)."""

from pathlib import Path
from typing import Any

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}
LANGUAGES = ("en", "zh-hant")
LOOKS = 10


def take(visitor: Any, name: str, path: str) -> list[Path]:
    """Open `path` in each language and size; keep whole-page pictures as build/screens/<name>-<size>-<language>.png."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    kept = []
    for language in LANGUAGES:
        visitor.page.set_viewport_size(SIZES["1440"])
        visitor.open(path)
        visitor.speak(language)
        for size, viewport in SIZES.items():
            visitor.page.set_viewport_size(viewport)
            visitor.open(path)
            visitor.page.wait_for_load_state("networkidle")
            file = SCREENS / f"{name}-{size}-{language}.png"
            visitor.page.screenshot(path=file, full_page=True)
            kept.append(file)
    return kept


def sideways(page: Any) -> int:
    """How many pixels a page scrolls sideways, once its charts have found their width; 0 is wanted."""
    for _look in range(LOOKS):
        over = int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        if over == 0:
            break
        page.wait_for_timeout(200)
    return over
