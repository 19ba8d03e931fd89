"""How much one request may carry (TRUST 4)."""

LONGEST_URL = 10_000  # characters; this long is already too long
LONGEST_HEADER = 32 * 1024
LARGEST_API_BODY = 1024 * 1024
LARGEST_BODY = 11 * 1024 * 1024
LONGEST_LIST = 10_000
