"""Every write of documents, comments, followers, tags, saved views, tasks and notices."""

from work.services.bulk import do_in_bulk
from work.services.comments import say, withdraw_comment
from work.services.documents import add_document, add_version, edit_document, quota_used, withdraw_document
from work.services.due import tell_of_due
from work.services.follows import follow, unfollow
from work.services.listening import listen, listen_from_now, tell_of_changes
from work.services.mailing import send_digests
from work.services.notices import choose_mail, mark_all_read, mark_read, tell
from work.services.tags import make_tag, tag, tag_by_name, untag
from work.services.tasks import change_task, finish_task, give_task, hand_on_task, remind_of_tasks, withdraw_task
from work.services.views import delete_view, edit_view, save_view

__all__ = [
    "add_document",
    "add_version",
    "change_task",
    "choose_mail",
    "delete_view",
    "do_in_bulk",
    "edit_document",
    "edit_view",
    "finish_task",
    "follow",
    "give_task",
    "hand_on_task",
    "listen",
    "listen_from_now",
    "make_tag",
    "mark_all_read",
    "mark_read",
    "quota_used",
    "remind_of_tasks",
    "save_view",
    "say",
    "send_digests",
    "tag",
    "tag_by_name",
    "tell",
    "tell_of_changes",
    "tell_of_due",
    "unfollow",
    "untag",
    "withdraw_comment",
    "withdraw_document",
    "withdraw_task",
]
