"""One table: every page and every API action x every persona -> status (TRUST G11).

How to add rows, in `tests/access/rows_<area>.py`:
1. `def prepare(world): world.things["project"] = ProjectFactory(department=world.a)` makes what the rows need.
2. `ROWS = [page("projects:project-detail", 200, at=lambda w: {"reference": w.things["project"].reference})]`
3. `post("projects:claim", 403, at=..., data={"day": "2026-11-22"}, applicant=302)` sends a form as each persona, and
   `api("POST", "/api/v1/projects/{reference}/claim/", 403, at=..., data=..., applicant=200)` calls an operation.
4. The number is for every signed-in persona but those named (`head=200`); `anonymous` is 302, or 401 in the API.
5. What the URLconf or the OpenAPI schema has and no row names fails `test_every_name_and_operation_is_listed`.

Every request is really made and its effects are rolled back, so rows do not depend on each other. `at` and `data`
may be a mapping or a function of the world; `query` and `headers` are mappings or functions of the world too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
import pkgutil
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

ANONYMOUS = "anonymous"
PERSONAS = (
    "applicant",
    "head",
    "colleague",
    "b_applicant",
    "outsider",
    "member",
    "chair",
    "secretary",
    "verifier",
    "official",
    "report_staff",
    "finance",
    "administrator",
    "auditor",
)
Given = Mapping[str, Any] | Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One request and the status each persona gets."""

    name: str  # a URL name, or "METHOD /api/v1/path/{parameter}/"
    method: str
    default: int
    but: Mapping[str, int]
    at: Given = field(default_factory=dict)
    data: Given = field(default_factory=dict)
    query: Given = field(default_factory=dict)
    headers: Given = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        return self.name.startswith(("GET /", "POST /", "PATCH /", "PUT /", "DELETE /"))

    def expected(self, persona: str) -> int:
        if persona == ANONYMOUS:
            return self.but.get(ANONYMOUS, 401 if self.is_api else 302)
        return self.but.get(persona, self.default)

    def __str__(self) -> str:
        return self.name if self.is_api else f"{self.method} {self.name}"


def page(name: str, default: int = 200, *, at: Given = {}, query: Given = {}, **but: int) -> Row:  # noqa: B006 - never changed
    """GET of a page by its URL name."""
    return Row(name, "GET", default, but, at=at, query=query)


def post(name: str, default: int, *, at: Given = {}, data: Given = {}, **but: int) -> Row:  # noqa: B006 - never changed
    """A form sent to a URL name."""
    return Row(name, "POST", default, but, at=at, data=data)


def api(
    method: str,
    path: str,
    default: int = 200,
    *,
    at: Given = {},  # noqa: B006 - never changed
    data: Given = {},  # noqa: B006 - never changed
    query: Given = {},  # noqa: B006 - never changed
    headers: Given = {},  # noqa: B006 - never changed
    **but: int,
) -> Row:
    """An API operation by method and path template, as the schema has them."""
    return Row(f"{method} {path}", method, default, but, at=at, data=data, query=query, headers=headers)


def areas() -> list[Any]:
    """The modules `rows_<area>` beside this one."""
    here = [str(Path(__file__).parent)]
    names = sorted(module.name for module in pkgutil.iter_modules(here) if module.name.startswith("rows_"))
    return [import_module(f"tests.access.{name}") for name in names]


def rows() -> list[Row]:
    return [row for area in areas() for row in area.ROWS]


def url_names() -> set[str]:
    """Every name in the URLconf but the admin's (walked apart) and those of API operations, listed by operation."""
    return {name for name, route in _names(get_resolver()) if not route.startswith(("admin/", "api/v1/"))}


def admin_names() -> set[str]:
    return {name for name, route in _names(get_resolver()) if route.startswith("admin/")}


def _names(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name or route}", route
        else:
            yield from _names(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)


def operations() -> set[str]:
    """Every operation of the OpenAPI schema, as `GET /api/v1/projects/{reference}/`."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    verbs = {"get", "post", "put", "patch", "delete"}
    return {f"{verb.upper()} {path}" for path, item in schema["paths"].items() for verb in item if verb in verbs}
