"""Tests: each folder mirrors a package of ect."""
