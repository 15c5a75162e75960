"""Copies of the engine, each with one fault: what shows that the suite would notice it."""
