"""Options of libraries, each one variable, touched only where the library is loaded."""

from headwater.state.libraries.arrays import array_variables
from headwater.state.libraries.drawing import drawing_variables
from headwater.state.libraries.frames import frame_variables
from headwater.state.libraries.learning import learning_variables
from headwater.state.libraries.notebook import notebook_variables
from headwater.state.libraries.registers import register_variables
from headwater.state.libraries.shell import shell_variables
from headwater.state.libraries.standard import standard_variables
from headwater.state.libraries.tensors import tensor_variables
from headwater.state.variable import Variable


def library_variables() -> list[Variable]:
    """Those Headwater knows by itself; others come by `register`."""
    return [
        *array_variables(), *frame_variables(), *drawing_variables(), *notebook_variables(), *shell_variables(), *learning_variables(),
        *standard_variables(), *tensor_variables(), *register_variables(),
    ]
