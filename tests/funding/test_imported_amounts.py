"""An amount that came in through a file is routed to the cent, by the same function as a typed one (DESIGN 4)."""

import csv
from datetime import date
import io

import pytest

from funding import installation as funding_installation
from funding import services
from projects.importing import import_file
from projects.importing.profiles import profiles
from projects.models import Project
from tests.factories.accounts import DepartmentFactory

PROFILE = profiles()["hk_ai_projects"]["columns"]
EDGES = {
    "499999.99": "department",
    "500000.00": "working_group",
    "20000000.00": "working_group",
    "20000000.01": "legco",
}


@pytest.fixture
def imported(world):
    """One project an edge, each with its published funding."""
    DepartmentFactory(code="TD")
    text = io.StringIO()
    writer = csv.DictWriter(text, PROFILE.values())
    writer.writeheader()
    for amount in EDGES:
        row = {"department_code": "TD", "project_title": amount, "procedure_name": f"Step {amount}"}
        writer.writerow(row | {"category": "data_analysis", "status": "planned", "funding_hkd": amount})
    import_file(io.BytesIO(text.getvalue().encode()), file_name="edges.csv")
    funding_installation.install(source="test", starts_on=date(2025, 10, 1))


@pytest.mark.parametrize(("amount", "tier"), EDGES.items())
def test_each_edge_of_an_imported_amount_goes_to_its_tier(imported, applicant, amount, tier):
    project = Project.objects.get(title_en=amount)

    route = services.explain_route(actor=applicant, project_id=project.pk, own_amount=project.reported_funding)

    assert (route.tier, route.assessed.to_eng_string()) == (tier, amount)
