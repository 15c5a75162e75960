"""What random notebooks are made of. Importing this registers every feature."""

from tests.values.helpers.features import arrays, classes, functions, orders, plain, process  # noqa: F401
