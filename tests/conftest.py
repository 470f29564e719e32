"""How hard Hypothesis tries: ``ci`` by default, ``pytest --hypothesis-profile=thorough`` before a release.

And ``run``, the command within the process of the tests.
"""

import io
import signal
import sys

import pytest
from hypothesis import HealthCheck, settings

from persnorm.cli import main

# No deadline: the first text loads the lexicon, and nothing here asserts a time.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

# The same examples at each run, so that a red build is about the change and not about luck.
settings.register_profile("ci", max_examples=60, derandomize=True, **_COMMON)
settings.register_profile("thorough", max_examples=500, **_COMMON)
settings.load_profile("ci")


@pytest.fixture
def run(capfdbinary, monkeypatch, tmp_path):
    """Give the command within this process, in a folder of its own: arguments to code, output bytes, error text."""
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)

    def run(*arguments, given=None):
        if given is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main([str(argument) for argument in arguments])
        output, errors = capfdbinary.readouterr()
        return code, output, errors.decode()

    yield run
    signal.signal(signal.SIGTERM, before)
