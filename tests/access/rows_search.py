"""Quick search and look-alikes: every signed-in person may ask, and finds what they may see."""

from tests.access.table import api, page


def prepare(world):
    """Nothing: what they find is proved in tests/projects/test_search.py."""


ROWS = [
    page("projects:search", query={"q": "衞生"}),
    page("projects:project-similar", query={"title_en": "Visa assistant"}),
    api("GET", "/api/v1/search/", query={"q": "visa"}),
    api("GET", "/api/v1/projects/similar/", query={"title_zh_hant": "簽證助理"}),
]
