"""The tests of the services, on PostgreSQL."""

from tests.services.test_deciding import *  # noqa: F403
