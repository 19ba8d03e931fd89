"""The pages of this app, by what they are about. Each takes the `word` of its kind of subject from the URLconf."""

from work.views.bulk import bulk
from work.views.discussion import comment, discussion, say, withdraw_comment
from work.views.documents import DOCUMENT_ACTS, document, document_act, document_file, document_new, documents
from work.views.history import history
from work.views.own import follow, tag, unfollow, untag
from work.views.saved import saved_views, view_delete, view_edit, view_new, view_open
from work.views.tasks import subject_tasks, task_new

__all__ = [
    "DOCUMENT_ACTS",
    "bulk",
    "comment",
    "discussion",
    "document",
    "document_act",
    "document_file",
    "document_new",
    "documents",
    "follow",
    "history",
    "saved_views",
    "say",
    "subject_tasks",
    "tag",
    "task_new",
    "unfollow",
    "untag",
    "view_delete",
    "view_edit",
    "view_new",
    "view_open",
    "withdraw_comment",
]
