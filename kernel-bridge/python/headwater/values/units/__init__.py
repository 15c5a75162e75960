"""Units: what has identity is stored once and loaded once, as a skeleton that never holds a value, and a state.

Order of loading over all units that refer to each other: every skeleton (on demand, bases first), then what makes classes work
(functions, properties), then all other state. In this order no cycle needs special care.
"""
