"""Files for imports, and the outbox carried out at once."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
import pytest

from core import outbox
from core.models import OutboxMessage
from projects.importing import load_departments


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def departments(db):
    load_departments()


def text_of(*rows, heading):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue()


def file_of(text, *, encoding="utf-8"):
    return io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding))


def upload(text, name="register.csv", *, encoding="utf-8"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(encoding))


def work_off():
    """Everything that waits in the outbox, as the worker would."""
    for message in OutboxMessage.objects.filter(delivered_at__isnull=True).order_by("pk"):
        outbox.deliver(message.pk)
