"""Requests against Amazon's own model of a service, as botocore carries it.

`python check_requests.py batch` reads `[[operation in lower case, body], …]` and prints a line for each thing that the model does not know or lacks.
"""

from __future__ import annotations

import json
import sys

from botocore.session import get_session
from botocore.validate import ParamValidator


def main() -> None:
    """See above."""
    service = get_session().get_service_model(sys.argv[1])
    shapes = {name.lower(): service.operation_model(name).input_shape for name in service.operation_names}
    for operation, body in json.load(sys.stdin):
        shape = shapes.get(operation)
        if shape is None:
            print(f"{operation}: there is no such operation")
            continue
        report = ParamValidator().validate(body, shape)
        if report.has_errors():
            print(f"{operation}: {report.generate_report()}")


if __name__ == "__main__":
    main()
