"""Giving a kept file back so that no browser runs it (UP-12; docs/decisions)."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from core.errors import NotVisible

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(*, name: str, shown_name: str, media_type: str) -> HttpResponseBase:
    """The file as a download. The caller has found it visible to the person who asks.

    Whatever it also is besides its kind: it is saved and not shown, its type is not guessed again, and opened
    in a tab all the same it is an origin of its own, to which our cookies do not belong.
    """
    try:
        opened = default_storage.open(name)
    except FileNotFoundError as error:
        raise NotVisible("file.gone", _("The file is not in the store. Tell the administrator.")) from error
    answer = FileResponse(opened, as_attachment=True, filename=shown_name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
