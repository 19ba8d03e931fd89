"""The real registers and votes, which stay outside the repository: beside this checkout, or not on this machine."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
import pytest

REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "real"


@pytest.fixture
def real(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """A path below the folder of real data. A proof at full size is no proof without it."""

    def path(name: str) -> Path:
        found = REAL / name
        if not found.exists():
            reason = f"the real register {name} is not beside this checkout"
            pytest.fail(reason) if request.config.getoption("--prove") else pytest.skip(reason)
        return found

    return path
