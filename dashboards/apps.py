from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dashboards import exports
        from dashboards.boards import exports as boards
        from funding import invariants

        exports.register()
        boards.register()
        invariants.register("dashboards.invariants.check")
