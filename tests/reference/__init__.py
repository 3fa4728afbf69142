"""The reference data against the report it is taken from."""
