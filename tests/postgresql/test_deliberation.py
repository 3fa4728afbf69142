"""The tests of the services, on PostgreSQL."""

from tests.services.test_deliberation import *  # noqa: F403
