"""Imports: a file of the applicant's, waiting to be confirmed. Others do not learn that it is there."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from projects.importing import batches
from projects.importing.mapping import Mapping
from tests.access.table import Row, api, page, post

TEXT = "id,title,department\nX1,Reading papers at the counter,A&A\n"
WATCHERS = ("auditor",)
SEEN = dict.fromkeys(WATCHERS, 200) | {"applicant": 200}
READ_ONLY = dict.fromkeys(WATCHERS, 403)


def prepare(world):
    applicant = world["applicant"]
    heading = next(csv.reader(io.StringIO(TEXT)))
    mapping = Mapping(columns={"external_id": 0, "title_en": 1, "department": 2})
    made = []
    for source in ("previewed", "offered"):
        batch = batches.offer(
            actor=applicant, file=io.BytesIO(TEXT.encode()), file_name="return.csv", source=f"access {source}"
        )
        assert batch.names == heading
        made.append(batch)
    batches.map_columns(actor=applicant, batch_id=made[0].pk, mapping=mapping)
    world.things |= {"previewed import": made[0], "offered import": made[1]}


def previewed(world):
    return {"reference": world.things["previewed import"].reference}


def offered(world):
    return {"reference": world.things["offered import"].reference}


def a_file(world):
    return {
        "kind": "projects",
        "source": "access",
        "encoding": "utf-8",
        "file": SimpleUploadedFile("return.csv", TEXT.encode()),
    }


MAPPED = {"column_title_en": "1", "column_department": "2", "days": "iso"}

ROWS: list[Row] = [
    page("projects:import-list"),
    post("projects:import-list", 302, data=a_file),
    page("projects:import-sheet", 200, query={"kind": "projects", "format": "csv"}),
    page("projects:import-detail", 404, at=previewed, **SEEN),
    page("projects:import-map", 404, at=offered, applicant=200, **READ_ONLY),
    post("projects:import-map", 404, at=offered, data=MAPPED, applicant=302, **READ_ONLY),
    post("projects:import-words", 404, at=previewed, applicant=302, **READ_ONLY),
    post("projects:import-confirm", 404, at=previewed, applicant=302, **READ_ONLY),
    post("projects:import-withdraw", 404, at=previewed, applicant=302, **READ_ONLY),
    page("projects:import-faults", 404, at=previewed, **SEEN),
    api("GET", "/api/v1/imports/"),
    # A file travels as a multipart form; sent as JSON it is refused.
    api("POST", "/api/v1/imports/", 400, data={"source": "access"}),
    api("GET", "/api/v1/imports/{reference}/", 404, at=previewed, **SEEN),
    api("GET", "/api/v1/imports/{reference}/rows/", 404, at=previewed, **SEEN),
    api("GET", "/api/v1/imports/{reference}/faults/", 404, at=previewed, **SEEN),
    api("POST", "/api/v1/imports/{reference}/map/", 404, at=offered, data={}, applicant=202, **READ_ONLY),
    api("POST", "/api/v1/imports/{reference}/confirm/", 404, at=previewed, data={}, applicant=202, **READ_ONLY),
    api("POST", "/api/v1/imports/{reference}/withdraw/", 404, at=previewed, data={}, applicant=200, **READ_ONLY),
]
