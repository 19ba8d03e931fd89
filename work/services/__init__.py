"""Every write of documents, comments, followers, tags and saved views."""

from work.services.bulk import do_in_bulk
from work.services.comments import say, withdraw_comment
from work.services.documents import add_document, add_version, edit_document, quota_used, withdraw_document
from work.services.follows import follow, unfollow
from work.services.tags import make_tag, tag, tag_by_name, untag
from work.services.views import delete_view, edit_view, save_view

__all__ = [
    "add_document",
    "add_version",
    "delete_view",
    "do_in_bulk",
    "edit_document",
    "edit_view",
    "follow",
    "make_tag",
    "quota_used",
    "save_view",
    "say",
    "tag",
    "tag_by_name",
    "unfollow",
    "untag",
    "withdraw_comment",
    "withdraw_document",
]
