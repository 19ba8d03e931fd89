"""The search key of projects and procedures."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_registers")]

    operations: list = []
