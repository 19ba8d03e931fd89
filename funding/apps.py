from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"
    known_then = {"FundingRequest": "history", "Envelope": "history", "Commitment": "committed_at"}

    def ready(self) -> None:
        from projects import panels

        panels.register("funding", "funding.panels.for_project", order=10)
