"""The same store on PostgreSQL: what several server processes share."""
