"""Settings, one module per concern, read from the environment once. Choose with SAMSTYR_MODE."""

from .environment import MODE

if MODE == "production":
    from .production import *  # noqa: F403
elif MODE == "test":
    from .test import *  # noqa: F403
else:
    from .demo import *  # noqa: F403
