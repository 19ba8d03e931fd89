from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"
    known_then = {"FundingRequest": "history", "Envelope": "history", "Commitment": "committed_at"}

    def ready(self) -> None:
        from accounts import holdings
        from projects import panels, policy_sections

        holdings.register("funding.holdings.REQUESTS", order=30)
        holdings.register("funding.holdings.SEATS", order=40)
        panels.register("funding", "funding.panels.for_project", order=10)
        policy_sections.register("funding", "funding.views.policies.section", order=10)
