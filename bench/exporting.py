"""A workbook of every project beside the barest that writes one, and pages while twenty files are made (SPEED)."""

from statistics import median
import tempfile
import time

import xlsxwriter

from accounts.models import Department, User
from bench import world
from bench.alone import apart
from bench.measure import Figure, medians
from bench.serve import Reader, working
from exports import services
from exports.lists import Wanted
from exports.models import ExportJob, State
from projects.models import Project

FASTER = 0.385  # 2.5 times the writer in Rust of SPEED, which took 1.8 s where xlsxwriter took 11.7
MOST_MB = 300
AT_ONCE, ACCOUNTS = 20, 4  # an account may have five
COLUMNS = 20
ROUNDS = 3
PATIENCE = 900


def workbook(writer: User, size: int) -> Figure:
    """A job, each in a process of its own whose memory is its own, beside the same number of cells."""
    columns = tuple(column.name for column in Wanted("projects", "", "xlsx").build(writer).columns[:COLUMNS])
    floors, times, most = [], [], 0.0
    for _round in range(ROUNDS):
        job = services.ask(actor=writer, wanted=Wanted("projects", "", "xlsx", columns))
        floors.append(apart(__name__, plain.__name__)[0])
        taken, mb = apart(__name__, made.__name__, job.pk)
        job.refresh_from_db()
        if job.state != State.DONE or job.done != job.total:
            raise RuntimeError(f"{job.reference} is {job.state} with {job.done} of {job.total} rows.")
        times.append(taken)
        most = max(most, mb)
    note = f"{job.done:,} rows of {COLUMNS} columns, {most:.0f} MB (goal ≤ {MOST_MB}); the bare one in constant memory"
    return Figure(
        "XLSX of every project", size, median(floors), median(times), FASTER, note=note, holds=most <= MOST_MB
    )


def pages_meanwhile(size: int, ours: Reader, bare: Reader, seconds: float) -> Figure:
    """The list of fifty beside the bare list while two workers make twenty files of every project."""
    home = Department.objects.order_by("pk")[0]
    writers = [world.reader(f"bench_writer_{number}", home, role="report_staff") for number in range(ACCOUNTS)]
    jobs = [
        services.ask(actor=writers[number % ACCOUNTS], wanted=Wanted("projects", "", "csv")).pk
        for number in range(AT_ONCE)
    ]
    began = time.monotonic()
    with working({}, children=2):
        floor, taken = medians(
            lambda: bare.get("/list/"), lambda: ours.get("/projects/"), rounds=1_000, seconds=seconds
        )
        left = _unfinished(jobs)
        while _unfinished(jobs) and time.monotonic() - began < PATIENCE:
            time.sleep(0.5)
    done = ExportJob.objects.filter(pk__in=jobs, state=State.DONE).count()
    note = (
        f"{done} of {AT_ONCE} files made in {time.monotonic() - began:.0f} s, {left} unfinished when the last page came"
    )
    return Figure("list of 50 while 20 files are made", size, floor, taken, 2.0, note=note, holds=done == AT_ONCE)


def _unfinished(jobs: list[int]) -> int:
    return ExportJob.objects.filter(pk__in=jobs, state__in=(State.WAITING, State.RUNNING)).count()


def made(job_id: int) -> None:
    if not services.make(job_id):
        raise RuntimeError("The workbook was not made.")


def plain() -> None:
    """The first twenty columns of every project as text, by xlsxwriter in constant memory."""
    columns = [field.attname for field in Project._meta.concrete_fields[:COLUMNS]]
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book = xlsxwriter.Workbook(file.name, {"constant_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate(Project.objects.values_list(*columns).iterator(chunk_size=2_000)):
            sheet.write_row(number, 0, [str(cell) for cell in row])
        book.close()
