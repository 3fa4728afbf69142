"""The tests of the services, on PostgreSQL."""

from tests.services.test_seating import *  # noqa: F403
