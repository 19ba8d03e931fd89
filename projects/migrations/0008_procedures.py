"""Procedures and the counting rule."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_records")]

    operations: list = []
