from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dashboards import exports
        from funding import invariants

        exports.register()
        invariants.register("dashboards.invariants.check")
