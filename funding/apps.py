from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"
    known_then = dict.fromkeys(
        ("CarryOver", "Envelope", "EnvelopeVote", "FundingRequest", "MoneyPolicy", "SpendingImport"), "history"
    ) | {
        "BudgetLine": "written_at",
        "Commitment": "committed_at",
        "Expenditure": "recorded_at",
        "Release": "released_at",
        "Supplement": "opened_at",
        "VarianceNote": "written_at",
        "YearlyReturn": "issued_at",
    }

    def ready(self) -> None:
        from accounts import duties, holdings
        from funding import exports, notifications, subjects
        from funding.models import FundingRequest
        from projects import panels, policy_sections, present

        subjects.register()
        exports.register()
        notifications.register()
        duties.register("funding.duties.waiting", order=20)
        holdings.register("funding.holdings.REQUESTS", order=30)
        holdings.register("funding.holdings.SEATS", order=40)
        present.register("requests", FundingRequest)
        panels.register("funding", "funding.panels.for_project", order=10)
        policy_sections.register("funding", "funding.views.policies.section", order=10)
