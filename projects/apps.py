from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"
    known_then = dict.fromkeys(
        (
            "Claim",
            "Concern",
            "CountingRule",
            "Dependency",
            "HeadApproval",
            "HelpRequest",
            "IndependentRating",
            "Milestone",
            "PilotDecision",
            "Procedure",
            "ProcessStep",
            "Project",
            "ProjectExit",
            "Resource",
            "ResourceUse",
            "StatusReport",
            "TargetShare",
        ),
        "history",
    ) | {"ProcedureFact": "position", "ProcessMap": "drawn_at", "ProjectProcedure": "linked_at"}

    def ready(self) -> None:
        from projects import subjects

        subjects.register()
