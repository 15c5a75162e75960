"""PyTorch and JAX: default dtypes and modes, and PyTorch's global generator of the CPU. JAX keeps its random state in values."""

import sys
from collections.abc import Mapping
from typing import Any

from headwater.state.entries import Entries
from headwater.state.generators import Generator
from headwater.state.variable import Variable


def tensor_variables() -> list[Variable]:
    """One each; applied when PyTorch or JAX is imported."""
    return [
        Entries("%torch", _get_torch, _set_torch, "torch"),
        Generator("%torch.random", _get_generator, _set_generator, "torch", _renew_generator, _is_drawn),
        Entries("%jax", lambda: dict(sys.modules["jax"].config.values), _set_jax, "jax"),
    ]


def _get_torch() -> dict[str, Any]:
    torch = sys.modules["torch"]
    cudnn = torch.backends.cudnn
    return {
        "dtype": str(torch.get_default_dtype()).rpartition(".")[2],
        "grad": torch.is_grad_enabled(),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "cudnn.deterministic": cudnn.deterministic,
        "cudnn.benchmark": cudnn.benchmark,
    }


def _set_torch(changes: Mapping[str, Any]) -> None:
    torch = sys.modules["torch"]
    setters = {
        "dtype": lambda value: torch.set_default_dtype(getattr(torch, value)),
        "grad": torch.set_grad_enabled,
        "deterministic": torch.use_deterministic_algorithms,
        "cudnn.deterministic": lambda value: setattr(torch.backends.cudnn, "deterministic", value),
        "cudnn.benchmark": lambda value: setattr(torch.backends.cudnn, "benchmark", value),
    }
    for name, value in changes.items():
        setters[name](value)


def _get_generator() -> Any:
    torch = sys.modules["torch"]
    return (torch.initial_seed(), bytes(torch.get_rng_state().numpy()))


def _set_generator(value: Any) -> None:
    torch = sys.modules["torch"]
    torch.set_rng_state(torch.frombuffer(bytearray(value[1]), dtype=torch.uint8))
    # A device's generator cannot be compared cheaply: it starts from the same seed, as after `manual_seed`.
    torch.cuda.manual_seed_all(value[0])


def _renew_generator() -> None:
    """PyTorch seeds itself freshly when it is loaded, and is never loaded before a fork."""


def _is_drawn(before: Any, after: Any) -> bool:
    """Every way of seeding changes the seed it remembers."""
    return before[0] == after[0]


def _set_jax(changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        sys.modules["jax"].config.update(name, value)
