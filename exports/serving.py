"""A list's own address for its file: sent at once, or told to be made with the page that shows how far it is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
import tempfile
from typing import IO, Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.models import User
from accounts.requests import SignedInRequest
from core import as_at
from core.exports import CONTENT_TYPES, STREAMED, Export
from core.pages import page_or_partial
from core.tabular import Tally
from core.verdicts import Verdict
from exports import lists, policies, services
from exports.lists import Wanted
from exports.models import ExportJob


def answer(request: SignedInRequest, list_name: str) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same address, for those who may export."""
    policies.can_export(request.user).or_raise()
    wanted = lists.wanted(list_name, request.GET)
    moment = wanted.moment()
    with as_at.reading(moment):
        export = wanted.build(request.user)
        if not services.must_wait(export, wanted.file_format):
            return direct(request.user, export, wanted)
    return accepted(request, services.ask(actor=request.user, wanted=wanted))


def accepted(request: SignedInRequest, job: ExportJob) -> HttpResponse:
    """202: the page of the job, whose address the header names too."""
    shown = page_or_partial(request, page="exports/job.html", status=202, job=job)
    shown["Location"] = reverse("exports:job", args=[job.reference])
    return shown


def direct(
    user: User, export: Export, wanted: Wanted, *, right: Callable[[User], Verdict] = policies.can_export
) -> HttpResponseBase:
    """The file now. A table is sent while it is made; a workbook or a paper is made first.

    `right` is that to export, or what stands in for it: a department's own sheet goes to whoever may bring it back.
    """
    right(user).or_raise()
    headers = export.headers(wanted.file_format)
    name = headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    job = services.begin_direct(actor=user, wanted=wanted, export=export, file_name=name)
    tally, sent = Tally(), services.Sent()
    content_type = CONTENT_TYPES[wanted.file_format]
    if wanted.file_format in STREAMED:
        blocks = export.blocks(wanted.file_format, tally)
        return StreamingHttpResponse(_told(blocks, job, tally, sent), content_type=content_type, headers=headers)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it once sent
    with ExitStack() as undo:
        undo.callback(target.close)
        with services.sending(job, tally, sent):
            export.write(wanted.file_format, target, tally)
            target.seek(0)
            for block in _pieces(target):
                sent.write(block)
        undo.pop_all()
    target.seek(0)
    return FileResponse(target, content_type=content_type, headers=headers)


def _told(blocks: Iterator[bytes], job: ExportJob, tally: Tally, sent: services.Sent) -> Iterator[bytes]:
    with services.sending(job, tally, sent):
        for block in blocks:
            sent.write(block)
            yield block


def _pieces(file: IO[Any]) -> Iterator[bytes]:
    while block := file.read(1 << 20):
        yield block
