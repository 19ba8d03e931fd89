"""The sub-pages that every subject has under its own address, and the pages of saved views.

# projects/urls/projects.py
urlpatterns = [*list_urls("project"), ..., *subject_urls("project")]
"""

from typing import Any

from django.urls import URLPattern, path

from work import views

REFERENCE = "<slug:reference>"
DOCUMENT = f"{REFERENCE}/documents/<slug:document>"


def list_urls(word: str) -> list[URLPattern]:
    """What stands beside the list itself; put before the address of one record."""
    return [path("bulk/", views.bulk, {"word": word}, name=f"{word}-bulk")]


def document_urls(word: str) -> list[URLPattern]:
    """The documents of one record alone, for a kind that has no other sub-page."""
    return [route for route in subject_urls(word) if str(route.name).startswith(f"{word}-document")]


def follow_urls(word: str) -> list[URLPattern]:
    """Following one record and its tasks, for a kind that has no other sub-page."""
    names = {f"{word}-follow", f"{word}-unfollow", f"{word}-tasks", f"{word}-task-new"}
    return [route for route in subject_urls(word) if route.name in names]


def subject_urls(word: str) -> list[URLPattern]:
    """The sub-pages of one record: documents, discussion, tasks, history, following and tags."""
    told: tuple[tuple[str, Any, str], ...] = (
        (f"{REFERENCE}/documents/", views.documents, "documents"),
        (f"{REFERENCE}/documents/new/", views.document_new, "document-new"),
        (f"{DOCUMENT}/", views.document, "document"),
        *((f"{DOCUMENT}/{act.name}/", views.document_act(act), f"document-{act.name}") for act in views.DOCUMENT_ACTS),
        (f"{DOCUMENT}/versions/<int:number>/", views.document_file, "document-file"),
        (f"{REFERENCE}/discussion/", views.discussion, "discussion"),
        (f"{REFERENCE}/discussion/say/", views.say, "discussion-say"),
        (f"{REFERENCE}/discussion/<int:comment>/", views.comment, "discussion-comment"),
        (f"{REFERENCE}/discussion/<int:comment>/withdraw/", views.withdraw_comment, "discussion-withdraw"),
        (f"{REFERENCE}/tasks/", views.subject_tasks, "tasks"),
        (f"{REFERENCE}/tasks/new/", views.task_new, "task-new"),
        (f"{REFERENCE}/history/", views.history, "history"),
        (f"{REFERENCE}/follow/", views.follow, "follow"),
        (f"{REFERENCE}/unfollow/", views.unfollow, "unfollow"),
        (f"{REFERENCE}/tag/", views.tag, "tag"),
        (f"{REFERENCE}/untag/", views.untag, "untag"),
    )
    return [path(route, view, {"word": word}, name=f"{word}-{name}") for route, view, name in told]


app_name = "work"
urlpatterns = [
    path("", views.saved_views, name="view-list"),
    path("new/", views.view_new, name="view-new"),
    path("<int:view>/", views.view_open, name="view-open"),
    path("<int:view>/edit/", views.view_edit, name="view-edit"),
    path("<int:view>/delete/", views.view_delete, name="view-delete"),
]
