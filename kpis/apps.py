from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kpis import checks  # noqa: F401 - registers the deployment check
        from projects import panels

        panels.register("kpis", "kpis.panels.for_project", order=20)
