"""Every write of tokens, webhooks and calendar feeds."""

from exchange.services.calendars import feed_of, renew_feed, revoke_feed
from exchange.services.telling import deliver, send_again, tell
from exchange.services.tokens import make_token, revoke_token
from exchange.services.webhooks import approve, end, ping, propose, renew_secret

__all__ = [
    "approve",
    "deliver",
    "end",
    "feed_of",
    "make_token",
    "ping",
    "propose",
    "renew_feed",
    "renew_secret",
    "revoke_feed",
    "revoke_token",
    "send_again",
    "tell",
]
