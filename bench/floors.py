"""The least a program can do for the same answer, behind the same web server. Our own code, as bare as Django allows.

Lists know who is asking, as ours do, so they too read a session and an account; one record and COPY do not even
that. There are no rights, no filters to choose from and no words of a page around the table.
"""

from collections.abc import Iterator
from datetime import date
import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.db.models import Count, Max, Q, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from rest_framework import authentication, pagination, permissions, serializers, viewsets

from bench.reporting import copied
from funding.models import Commitment, RollSeat, Round, Vote
from kpis.models import Reading
from projects.models import Procedure, ProcedureFact, Project

PAGE = 50
OVERVIEW_ON = date(2026, 11, 22)
BARE_LIST = Engine().from_string(
    "<html><body><p>{{ count }}</p><table>{% for p in projects %}<tr><td><a href='/projects/{{ p.reference }}/'>"
    "{{ p.reference }}</a></td><td>{{ p.title_en }}</td><td>{{ p.department.name_en }}</td><td>{{ p.stage }}</td>"
    "<td>{{ p.category }}</td></tr>{% endfor %}</table></body></html>"
)
SEARCHED = ("reference", "title_en", "title_zh_hant", "summary_en", "summary_zh_hant")


@login_required
def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty projects with their departments and how many there are: two queries and a table."""
    return _table(Project.objects.all())


@login_required
def bare_search(request: HttpRequest) -> HttpResponse:
    """The same where a stage fits and one `ILIKE` over the columns that our search reads."""
    wanted = Q()
    for column in SEARCHED:
        wanted |= Q(**{f"{column}__icontains": request.GET["q"]})
    return _table(Project.objects.filter(wanted, stage=request.GET["stage"]))


def _table(rows: Any) -> HttpResponse:
    count = rows.count()
    shown = rows.select_related("department").order_by("reference")[:PAGE]
    return HttpResponse(BARE_LIST.render(Context({"projects": shown, "count": count})))


class BareSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.code")

    class Meta:
        model = Project
        fields = [
            "reference",
            "title_en",
            "title_zh_hant",
            "title_zh_hans",
            "stage",
            "category",
            "department",
            "version",
        ]


class BarePages(pagination.PageNumberPagination):
    page_size = PAGE


class BareApi(viewsets.ReadOnlyModelViewSet):
    """Django REST framework as its tutorial has it: no filters, no rights."""

    queryset = Project.objects.select_related("department").order_by("reference")
    serializer_class = BareSerializer
    pagination_class = BarePages
    authentication_classes = [authentication.SessionAuthentication]
    permission_classes = [permissions.IsAuthenticated]
    filter_backends: list[Any] = []


def one_query(request: HttpRequest, reference: str) -> JsonResponse:
    """One record by its reference."""
    return JsonResponse(Project.objects.filter(reference=reference).values().get())


@login_required
def six_aggregates(request: HttpRequest) -> JsonResponse:
    """The overview's figures as six questions of the live tables, with no rights and no page around them."""
    in_use = Q(in_use_from__lte=OVERVIEW_ON, in_use_until__gte=OVERVIEW_ON)
    counts = {"claimed": Q(is_claimed=True), "verified": Q(verified_on__isnull=False), "in_use": in_use}
    by_department = Procedure.objects.order_by().values("department")
    told = [
        list(by_department.annotate(**{name: Count("pk", filter=which) for name, which in counts.items()})),
        list(Project.objects.order_by().values("stage").annotate(count=Count("pk"))),
        list(Procedure.objects.order_by().values("planned_on").annotate(count=Count("pk"))),
        list(ProcedureFact.objects.order_by().values("kind", "effective_on").annotate(count=Count("pk"))),
        [Commitment.objects.aggregate(sum=Sum("amount"))],
        list(Reading.objects.order_by().values("series").annotate(last=Max("period_start"))),
    ]
    return JsonResponse({"rows": [len(rows) for rows in told]})


@login_required
@transaction.atomic
def bare_vote(request: HttpRequest, pk: int) -> JsonResponse:
    """One vote under the lock of its round: no rights but the seat, no rules, no record beside the row."""
    said = json.loads(request.body)
    round_ = Round.objects.select_for_update().get(pk=pk)
    seat = RollSeat.objects.get(round=round_, holder=request.user.person_id)  # type: ignore[union-attr] # signed in
    last = Vote.objects.filter(round=round_, roll_seat=seat).aggregate(last=Max("revision"))["last"] or 0
    vote = Vote.objects.create(
        round=round_,
        roll_seat=seat,
        revision=last + 1,
        choice=said["choice"],
        motion_digest=said["motion_digest"],
        person_id=seat.holder_id,
        cast_at=timezone.now(),
    )
    return JsonResponse({"revision": vote.revision})


def copy(request: HttpRequest) -> StreamingHttpResponse:
    """Twenty columns of every project as PostgreSQL itself writes CSV, passed on as they come."""
    columns = ", ".join(f'"{field.column}"' for field in Project._meta.concrete_fields[:20])

    def lines() -> Iterator[bytes]:
        with (
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY (SELECT {columns} FROM projects_project ORDER BY reference) TO STDOUT (FORMAT csv, HEADER)"
            ) as rows,
        ):
            yield from rows

    return StreamingHttpResponse(lines(), content_type="text/csv")


@csrf_exempt
def bare_push(request: HttpRequest) -> JsonResponse:
    """The readings of a body by COPY into a table with a key: nobody signs, nothing is judged, repeats are errors."""
    said = json.loads(request.body)["readings"]
    copied(said)
    return JsonResponse({"accepted": len(said)})


urlpatterns = [
    path("healthz", lambda request: HttpResponse("ok")),
    path("list/", bare_list),
    path("search/", bare_search),
    path("api/", BareApi.as_view({"get": "list"})),
    path("six/", six_aggregates),
    path("one/<str:reference>/", one_query),
    path("copy/", copy),
    path("vote/<int:pk>/", bare_vote),
    path("readings/", bare_push),
]
