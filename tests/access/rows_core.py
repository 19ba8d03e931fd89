"""Health, the schema, and a program's token: what is there before any area."""

from tests.access.table import Row, api, page
from tests.factories.accounts import PASSWORD

ROWS: list[Row] = [
    page("healthz", 200, anonymous=200),
    page("readyz", 503, anonymous=503),  # the suite runs no worker
    page("api-schema", 200, anonymous=200),
    page("api-docs", 200, anonymous=200),
    api("POST", "/api/v1/auth/token/", 201, data={"username": "applicant", "password": PASSWORD}, anonymous=201),
    api("DELETE", "/api/v1/auth/token/", 403),  # these clients have a session, so there is no token to revoke
]
