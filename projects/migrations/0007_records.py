"""Records of a project."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_life")]

    operations: list = []
