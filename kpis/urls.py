from django.urls import path

from kpis import benefit_views, collected_views, file_views, library_views, lock_views, source_views, views
from kpis.acts import KPI_ACTS
from kpis.benefit_acts import BENEFIT_ACTS
from kpis.source_acts import SOURCE_ACTS

app_name = "kpis"
urlpatterns = [
    path("", views.kpi_list, name="kpi-list"),
    path("benefits/", benefit_views.benefit_list, name="benefit-list"),
    path("benefits/<slug:reference>/", benefit_views.benefit_detail, name="benefit-detail"),
    *[
        path(f"benefits/<slug:reference>/{act.name}/", benefit_views.benefit_act(act), name=f"benefit-{act.name}")
        for act in BENEFIT_ACTS
    ],
    path("locks/", lock_views.period_locks, name="period-locks"),
    path("library/", library_views.library, name="library"),
    path("library/new/", library_views.measure_new, name="measure-new"),
    path("library/<slug:key>/", library_views.measure_detail, name="measure-detail"),
    path("library/<slug:key>/revise/", library_views.measure_revise, name="measure-revise"),
    path("library/<slug:key>/smallest-group/", library_views.measure_smallest_group, name="measure-smallest-group"),
    path("readings/files/", file_views.file_list, name="file-list"),
    path("readings/files/template/", file_views.file_template, name="file-template"),
    path("readings/files/<int:number>/", file_views.file_detail, name="file-detail"),
    path("readings/files/<int:number>/refused/", file_views.file_refused, name="file-refused"),
    *[
        path(f"readings/files/<int:number>/{act.name}/", file_views.file_act(act), name=f"file-{act.name}")
        for act in file_views.FILE_ACTS
    ],
    path("sources/", source_views.source_list, name="source-list"),
    path("sources/new/", source_views.push_source_new, name="push-source-new"),
    path("sources/collect/", collected_views.pull_source_new, name="pull-source-new"),
    path("sources/collect/try/", collected_views.pull_source_try, name="pull-source-try"),
    path("sources/<slug:reference>/", source_views.source_detail, name="source-detail"),
    path("sources/<slug:reference>/change/", collected_views.source_change, name="source-change"),
    path("sources/<slug:reference>/try/", collected_views.source_try, name="source-try"),
    path("sources/<slug:reference>/make-key/", source_views.key_make, name="push-key-make"),
    path("sources/<slug:reference>/keys/<int:number>/revoke/", source_views.key_revoke, name="push-key-revoke"),
    *[
        path(f"sources/<slug:reference>/{act.name}/", source_views.source_act(act), name=f"source-{act.name}")
        for act in SOURCE_ACTS
    ],
    path("new/<slug:project>/", views.kpi_new, name="kpi-new"),
    path("<slug:reference>/", views.kpi_detail, name="kpi-detail"),
    path("<slug:reference>/benefits/new/", benefit_views.benefit_new, name="benefit-new"),
    path("<slug:reference>/readings/", views.reading_type, name="reading-type"),
    path("<slug:reference>/readings/draft/", views.reading_draft, name="reading-draft"),
    path("<slug:reference>/readings/verify/", views.reading_verify, name="reading-verify"),
    *[path(f"<slug:reference>/{act.name}/", views.kpi_act(act), name=f"kpi-{act.name}") for act in KPI_ACTS],
]
