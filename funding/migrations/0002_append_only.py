"""What was submitted, every step, every recusal and every vote are added, never changed or removed (DESIGN 5)."""

from django.db import migrations

from core.database import append_only

TABLES = ("funding_requestversion", "funding_requeststep", "funding_recusal", "funding_vote")


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("core", "0002_roles_and_chain")]

    operations = [operation for table in TABLES for operation in append_only(table)]
