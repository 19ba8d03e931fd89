"""Signing in and out, one's own password and language, the departments everybody sees."""

from tests.access.table import Row, api, page, post

DEPARTMENT = {"safe_code": "AA"}

ROWS: list[Row] = [
    page("account_login", 302, anonymous=200),
    page("account_logout", 200, anonymous=302),
    post("account_logout", 302, anonymous=302),
    page("account_inactive", 200, anonymous=200),
    page("account_change_password", 200),
    page("set_language", 405, anonymous=405),
    post("set_language", 302, data={"language": "zh-hant"}, anonymous=302),
    api("GET", "/api/v1/me/"),
    api("GET", "/api/v1/departments/"),
    api("GET", "/api/v1/departments/{safe_code}/", at=DEPARTMENT),
]
