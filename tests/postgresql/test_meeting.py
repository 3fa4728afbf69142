"""The tests of the services, on PostgreSQL."""

from tests.services.test_meeting import *  # noqa: F403
