from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "installation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the sign-in page which accounts to list, should the database be a demonstration."""
        from accounts import demonstration
        from installation.demonstration.people import PASSWORD, SHOWN

        demonstration.describe(password=PASSWORD, duties=dict(SHOWN))
