"""Plain notebooks as flows: written to a folder, run by the command."""
