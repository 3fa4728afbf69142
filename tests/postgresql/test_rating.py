"""The tests of the services, on PostgreSQL."""

from tests.services.test_rating import *  # noqa: F403
