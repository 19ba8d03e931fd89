"""The views that show the past: one for each table of the registers, with the same columns, made once."""

from django.apps import apps
from django.db import connection
import pytest

from core import known_then

OF_TODAY = {"ImportBatch", "ImportRow", "ColumnMapping", "ReportedResult", "Target"}  # files, mappings, cited words


def test_every_table_of_the_registers_has_its_past():
    config = apps.get_app_config("projects")
    models = {model.__name__ for model in config.get_models() if not hasattr(model, "pgh_tracked_model")}

    assert models - OF_TODAY - set(config.known_then) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(known_then.definitions()))
def test_a_view_has_the_columns_of_its_table(table):
    asked = "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(asked, ["known_then", table])
        shown = {row[0] for row in cursor.fetchall()}
        cursor.execute(asked, ["public", table])
        stored = {row[0] for row in cursor.fetchall()}

    assert shown == stored


@pytest.mark.django_db
def test_views_that_are_right_are_left_alone():
    assert known_then.rebuild("default") is False
