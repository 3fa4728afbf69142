"""The store: tables, migrations, queries, and the reference data put in at the first start."""
