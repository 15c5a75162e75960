"""Reading runs from Python: the names that Metaflow's users know."""
