"""Overview, forecast and boards are everybody's who is signed in; each shows its reader what they may see."""

from tests.access.table import Row, api, page


def of_department(world):
    return {"safe_code": world.a.safe_code}


ROWS: list[Row] = [
    page("dashboards:overview", 200),
    page("dashboards:department-board", 200),
    page("dashboards:scorecard", 200, at=of_department),
    page("dashboards:money-board", 200),
    page("dashboards:kpi-board", 200),
    page("dashboards:decision-board", 200),
    api("GET", "/api/v1/overview/", 200),
    api("GET", "/api/v1/boards/departments/", 200),
    api("GET", "/api/v1/boards/departments/{safe_code}/", 200, at=of_department),
    api("GET", "/api/v1/boards/money/", 200),
    api("GET", "/api/v1/boards/kpis/", 200),
    api("GET", "/api/v1/boards/decisions/", 200),
    page("dashboards:forecast", 200),
    api("GET", "/api/v1/forecast/", 200),
]
