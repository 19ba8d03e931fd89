"""The overview is everybody's who is signed in."""

from tests.access.table import Row, api, page

ROWS: list[Row] = [
    page("dashboards:overview", 200),
    api("GET", "/api/v1/overview/", 200),
]
