"""Tests read pages in Chinese too, so the catalogues are made before the first of them."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    from core.translations import compile_all

    compile_all()
