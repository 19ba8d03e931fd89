"""Funding policies and voting rules under /policy/, where every kind of policy is found."""

from django.urls import URLPattern, path

from funding.views import policies, whatif

app_name = "policy"


def _of(kind: policies.Kind) -> list[URLPattern]:
    return [
        path(f"{kind.path}/", policies.listed(kind), name=f"{kind.name}-list"),
        path(f"{kind.path}/new/", policies.proposed(kind), name=f"{kind.name}-new"),
        path(f"{kind.path}/<int:number>/", policies.detail(kind), name=f"{kind.name}-detail"),
        *[
            path(f"{kind.path}/<int:number>/{act.name}/", policies.acted(kind, act), name=f"{kind.name}-{act.name}")
            for act in kind.acts
        ],
    ]


urlpatterns: list[URLPattern] = [
    *[pattern for kind in policies.KINDS for pattern in _of(kind)],
    path("what-if/", whatif.bench, name="what-if"),
    path("what-if/save/", whatif.bench_save, name="what-if-save"),
    path("what-if/notes/<int:number>/", whatif.bench_note, name="what-if-note"),
]
