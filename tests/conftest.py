"""What every test shares: how hard Hypothesis looks."""

import os

from hypothesis import HealthCheck, settings

# No deadline and no complaint about slowness: how fast a machine is must not decide a test.
# "default" gives the same answer every time; "deep" searches anew at every run, and prints what
# reproduces a failure.
settings.register_profile(
    "default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
