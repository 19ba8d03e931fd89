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
def test_a_view_has_every_column_that_a_model_reads(table):
    [model] = [model for model in apps.get_models() if model._meta.db_table == table]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
            ["known_then", table],
        )
        shown = {row[0] for row in cursor.fetchall()}

    assert shown == {field.column for field in model._meta.concrete_fields}


@pytest.mark.django_db
def test_views_that_are_right_are_left_alone():
    assert known_then.rebuild("default") is False
