"""Meetings under /funding/."""

from django.urls import URLPattern, path

from funding.views import meeting_acts, meetings, papers

urlpatterns: list[URLPattern] = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/pack/", papers.meeting_pack, name="meeting-pack"),
    *[
        path(f"meetings/<int:pk>/{act.name}/", meetings.meeting_act(act), name=f"meeting-{act.name}")
        for act in meeting_acts.MEETING_ACTS
    ],
]
