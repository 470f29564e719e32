"""How hard Hypothesis tries: ``ci`` by default, ``pytest --hypothesis-profile=thorough`` before a release."""

from hypothesis import HealthCheck, settings

# No deadline: the first text loads the lexicon, and nothing here asserts a time.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

# The same examples at each run, so that a red build is about the change and not about luck.
settings.register_profile("ci", max_examples=60, derandomize=True, **_COMMON)
settings.register_profile("thorough", max_examples=500, **_COMMON)
settings.load_profile("ci")
