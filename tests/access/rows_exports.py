"""Files of lists: those who may export ask for them, each account has its own, auditors and administrators read on."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from exports.models import ExportJob
from tests.access.table import Row, api, page, post

MAY = ("head", "secretary", "official", "report_staff", "finance", "auditor")
LOG = ("administrator", "auditor")


def each(names, status):
    return dict.fromkeys(names, status)


def prepare(world):
    world.things["export"] = ExportJob.objects.create(
        reference="EX-2026-900001",
        account=world["official"],
        list_name="projects",
        file_format="csv",
        language="en",
        is_direct=False,
        asked_at=clock.now(),
    )


HERE = {"reference": "EX-2026-900001"}
LIST = {"name": "projects"}

ROWS: list[Row] = [
    page("exports:export-list"),
    page("exports:log", 403, **each(LOG, 200)),
    page("exports:check"),
    post("exports:check", 200, data=lambda w: {"file": SimpleUploadedFile("a.csv", b"a")}),
    page("exports:file", 403, at=LIST, query={"format": "csv"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "requests"}, query={"format": "json"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "kpis"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "overview"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "curve"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "departments"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "scorecard"}, query=lambda w: {"safe_code": w.a.safe_code}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "money"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "kpi-board"}, **each(MAY, 200)),
    page("exports:file", 403, at={"name": "decisions"}, **each(MAY, 200)),
    page("exports:new", 403, at=LIST, **each(MAY, 200)),
    post("exports:new", 403, at=LIST, data={"columns": ["reference"], "format": "csv"}, **each(MAY, 302)),
    post("exports:layout-delete", 404, at={"layout": 1}),
    page("exports:job", 404, at=HERE, official=200),
    post("exports:job-cancel", 404, at=HERE, official=302),
    page("exports:job-file", 404, at=HERE, official=409),
    api("GET", "/api/v1/exports/"),
    api("POST", "/api/v1/exports/", 403, data={"list": "projects"}, **each(MAY, 202)),
    api("GET", "/api/v1/exports/{reference}/", 404, at=HERE, official=200),
    api("POST", "/api/v1/exports/{reference}/cancel/", 404, at=HERE, official=200),
    api("GET", "/api/v1/exports/{reference}/file/", 404, at=HERE, official=409),
]
