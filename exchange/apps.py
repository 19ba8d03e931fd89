from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import duties
        from exchange import services  # noqa: F401 - the outbox handler of webhooks

        duties.register("exchange.duties.waiting", order=70)
