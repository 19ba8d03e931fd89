from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import duties
        from reports import notifications

        notifications.register()
        duties.register("reports.duties.waiting", order=50)
