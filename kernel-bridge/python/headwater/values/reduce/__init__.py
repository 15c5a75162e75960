"""How single types are stored: one file a family, each a reducer for saving and a maker for loading."""
