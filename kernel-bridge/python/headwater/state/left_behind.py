"""What a cell may set that lives and dies with its process: no value could carry it. A step that leaves it says so."""

import sys
import threading
from typing import Any, Callable

from headwater.state.libraries.shell import find_shell
from headwater.state.loggers import other_handlers

Look = Callable[[], Any]


def _policy() -> Any:
    # Asking for the policy makes the default one, and warns from 3.14 on; who has not loaded asyncio set none.
    policy = vars(sys.modules.get("asyncio.events", sys)).get("_event_loop_policy")
    return None if type(policy).__module__.startswith("asyncio.") else policy


def _transformers() -> Any:
    shell = find_shell()
    if shell is None:
        return None
    manager = shell.input_transformer_manager
    return [*manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers, *shell.input_transformers_post]


LOOKS: dict[str, Look] = {
    "`sys.settrace`": sys.gettrace,
    "`sys.setprofile`": sys.getprofile,
    "`threading.settrace`": lambda: getattr(threading, "_trace_hook", None),
    "`sys.stdout`": lambda: sys.stdout,
    "`sys.stderr`": lambda: sys.stderr,
    "`sys.meta_path`": lambda: [each for each in sys.meta_path if getattr(each, "__module__", type(each).__module__) == "__main__"],
    "`sys.path_hooks`": lambda: [each for each in sys.path_hooks if getattr(each, "__module__", "") == "__main__"],
    "the event loop policy of asyncio": _policy,
    "a handler of `logging`": other_handlers,
    "IPython's input transformers": _transformers,
    "IPython's AST transformers": lambda: list(getattr(find_shell(), "ast_transformers", ())),
}
"""In words → how it is now. What libraries set when they are imported is theirs, in whichever process."""


class LeftBehind:
    """From `begin` to `find`, the cells of one attempt."""

    def begin(self) -> None:
        """Remembers how all is."""
        self._before = {what: look() for what, look in LOOKS.items()}

    def find(self) -> list[str]:
        """A sentence for each that is otherwise now."""
        changed = [what for what, look in LOOKS.items() if not _is_same(self._before[what], look())]
        hint = "later steps run without it. Set it in the step that needs it."
        return [f"{what} as this step left it is not carried on: {hint}" for what in changed]


def _is_same(before: Any, now: Any) -> bool:
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(one is other for one, other in zip(before, now))
    return before is now
