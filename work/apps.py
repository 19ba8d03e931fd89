from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import duties, holdings
        from work import own_notices
        from work.services import listening, mailing  # noqa: F401 - their outbox handlers

        own_notices.register()
        duties.register("work.duties.waiting", order=5)
        duties.register("work.duties.named", order=6)
        holdings.register("work.holdings.TASKS", order=90)
