"""What random flows are made of, beside what `tests.values.helpers.features` has. Importing this registers every feature."""

import tests.values.helpers.features  # noqa: F401
from making.features import (  # noqa: F401
    drawing,
    files,
    frames,
    hidden,
    history,
    learning,
    libraries,
    magics,
    namespaces,
    objects,
    parked,
    process,
    shown,
    waiting,
)
