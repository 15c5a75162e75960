"""The live session: what an editor asks of a person's kernel. Called by one expression, it leaves behind only the names asked for."""
