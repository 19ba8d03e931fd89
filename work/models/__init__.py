"""What people keep about projects and procedures beside the register itself."""

from work.models.comments import Comment, Mention
from work.models.documents import Classification, Document, DocumentKind, DocumentVersion
from work.models.notices import Digest, Heard, Notice, NoticeSetting
from work.models.own import Follow, SavedView
from work.models.subject import OfSubject
from work.models.tags import Tag, Tagging
from work.models.tasks import Task, TaskStep

__all__ = [
    "Classification",
    "Comment",
    "Digest",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "Follow",
    "Heard",
    "Mention",
    "Notice",
    "NoticeSetting",
    "OfSubject",
    "SavedView",
    "Tag",
    "Tagging",
    "Task",
    "TaskStep",
]
