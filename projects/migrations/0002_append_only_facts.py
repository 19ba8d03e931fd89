"""Facts of the count are added, never changed or removed (DESIGN 3)."""

from django.db import migrations

from core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("core", "0002_roles_and_chain")]

    operations = append_only("projects_procedurefact")
