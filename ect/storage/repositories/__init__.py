"""Queries: a session and plain values in, domain values out. Nothing here commits."""
