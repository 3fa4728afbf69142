"""The tests of the services, on PostgreSQL."""

from tests.services.test_voting import *  # noqa: F403
