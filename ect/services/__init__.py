"""Use cases: one transaction each, domain values in and out, nothing of Streamlit."""
