"""Bringing a table in: its source, what was recognised, what it would do, what came in before."""
