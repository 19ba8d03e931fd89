from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import holdings
        from kpis import checks  # noqa: F401 - registers the deployment check
        from projects import panels

        holdings.register("kpis.holdings.OWNED", order=25)
        panels.register("kpis", "kpis.panels.for_project", order=20)
