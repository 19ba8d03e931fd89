"""The search key of projects and procedures: kept by PostgreSQL, so that no way of writing passes it by."""

from django.db import migrations

from core import search_functions


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_registers_rules")]

    operations = [
        *search_functions.operations(),
        *search_functions.kept_key(
            "projects_project",
            "reference",
            "title_en",
            "title_zh_hant",
            "title_zh_hans",
            "summary_en",
            "summary_zh_hant",
            "summary_zh_hans",
        ),
        *search_functions.kept_key("projects_procedure", "reference", "name_en", "name_zh_hant", "name_zh_hans"),
    ]
