from django.urls import path

from work.views import my_work as views
from work.views import notices, tasks

app_name = "my_work"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("count/", views.my_work_count, name="my-work-count"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read-all/", notices.notice_read_all, name="notice-read-all"),
    path("notices/settings/", notices.notice_settings, name="notice-settings"),
    path("notices/<int:notice>/", notices.notice_open, name="notice-open"),
    path("notices/<int:notice>/read/", notices.notice_read, name="notice-read"),
    path("notices/<int:notice>/unread/", notices.notice_unread, name="notice-unread"),
    path("tasks/", tasks.task_list, name="task-list"),
    path("tasks/<int:task>/", tasks.task, name="task"),
    *(path(f"tasks/<int:task>/{act.name}/", tasks.task_act(act), name=f"task-{act.name}") for act in tasks.TASK_ACTS),
    path("following/", notices.following, name="following"),
]
