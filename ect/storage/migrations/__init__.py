"""The schema's history: ordered, recorded, run at every start."""
