"""The least a program can do for the same answer. Our own code, kept as bare as Django allows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Engine
from django.test import RequestFactory
from rest_framework import serializers, viewsets

from projects.models import Project

PAGE = 50
BARE_LIST = Engine().from_string(
    "<html><body><table>{% for p in projects %}<tr><td>{{ p.reference }}</td><td>{{ p.title_en }}</td>"
    "<td>{{ p.department.name_en }}</td><td>{{ p.stage }}</td></tr>{% endfor %}</table></body></html>"
)


def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty projects with their departments and how many there are: two queries and a table."""
    rows = Project.objects.select_related("department").order_by("reference")
    count = rows.count()
    return HttpResponse(BARE_LIST.render(Context({"projects": rows[:PAGE], "count": count})))


def bare_search(request: HttpRequest) -> HttpResponse:
    """The same with one `ILIKE` over both titles."""
    text = request.GET["q"]
    rows = Project.objects.select_related("department").order_by("reference")
    rows = rows.filter(title_en__icontains=text) | rows.filter(title_zh_hant__icontains=text)
    count = rows.count()
    return HttpResponse(BARE_LIST.render(Context({"projects": rows[:PAGE], "count": count})))


class BareSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.code")

    class Meta:
        model = Project
        fields = ["reference", "title_en", "title_zh_hant", "stage", "category", "department"]


class BareApi(viewsets.ReadOnlyModelViewSet):
    """Django REST framework as its tutorial has it: no filters, no rights."""

    queryset = Project.objects.select_related("department").order_by("reference")
    serializer_class = BareSerializer
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    filter_backends: list[Any] = []


def one_query(request: HttpRequest) -> JsonResponse:
    """One record by its reference."""
    return JsonResponse(Project.objects.filter(reference=request.GET["reference"]).values().get())


def call(view: Any, **parameters: str) -> HttpResponse:
    """Ask a bare view directly, without middleware: the floor pays for nothing it does not do."""
    response = view(RequestFactory().get("/", parameters))
    return response.render() if hasattr(response, "render") else response
