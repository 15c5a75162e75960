"""Process state and options of libraries as variables: what one step sets, later steps find, whichever process they run in."""
