"""The state of this process, from the beginning of an attempt to its end."""

import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Callable, NamedTuple, Optional, TypeVar

from headwater.state import generators
from headwater.state.compiling import future_variable
from headwater.state.environment import Environment
from headwater.state.filters import Filters
from headwater.state.folder import Folder
from headwater.state.hooks import hook_variables
from headwater.state.imported import Imported
from headwater.state.imports import LIBRARY, LOCAL, STANDARD, ImportWatch, Look
from headwater.state.interpreter import interpreter_variables
from headwater.state.libraries import library_variables
from headwater.state.loggers import Loggers
from headwater.state.patches import Patches
from headwater.state.place import Place
from headwater.state.project_modules import ProjectModules
from headwater.state.search_path import SearchPath
from headwater.state.shared_names import Names, NoNames, SharedNames
from headwater.state.tables import Tables
from headwater.state.variable import UNSET, Variable, registered
from headwater.state.watched import changed

T = TypeVar("T")


class Importing(NamedTuple):
    """A module that is being executed, and the state before it."""

    module: str
    origin: str
    held: Optional[dict[Variable, Any]]


class ProcessState:
    """One for each task process; made before any cell runs there, since what it finds is what the worker started with.

    What an import does to state (decided once, here):
    - What a library sets for itself, wherever it is imported, is not carried: environment variables, `sys.path` entries, levels of
      loggers, warning filters that name a message, a module or a category of its own. Two steps that both import scikit-learn
      do not depend on each other. In later steps such filters stand below those of the cells, whenever the import came.
    - Everything else an import changes (a seed or a style set by the project's own module, `warnings.filterwarnings("ignore")`
      in a library) is carried as if a cell had done it, and happens once in a run: a process that imports the module again
      afterwards, or because a value needs it, is put back to the state before.
    """

    def __init__(
        self,
        folder: str,
        project: Optional[str] = None,
        exclude: Iterable[str] = (),
        look: Look = lambda name, path, spec: None,
        names: Optional[Names] = None,
    ) -> None:
        """`folder`: the notebook's; `project`: the one that travels with it; `exclude`: environment variables that are never carried.

        `look` is told of every module that is looked for (imports.py); `names` are the notebook's variables.
        """
        place = Place(folder, project)
        self.problems: list[str] = []
        """What could not be read, set or compared, each a sentence; the variable is left out of this attempt."""
        self._imported = Imported()
        self._project = ProjectModules(place.holds, lambda sentence: self.problems.append(sentence))
        self._patches = Patches(self._project.carries)
        self._tables = Tables(changed, self._project.carries)
        self._shared = SharedNames(self._project, names or NoNames())
        # Modules that a later variable's value may need are found by the search path and the folder: they come first.
        self._variables: list[Variable] = [
            SearchPath(place), Folder(place), Environment(frozenset(exclude)), self._imported, Filters(), *interpreter_variables(),
            *hook_variables(), future_variable(), self._shared, self._project, self._patches,
            self._tables, Loggers(place), generators.python_random(), generators.numpy_random(), *library_variables(), *registered(),
        ]
        self._live: list[Variable] = []
        self._values: Mapping[str, Any] = {}
        self._watch = ImportWatch(self._begin_import, self._end_import, look)
        self._imports = threading.local()
        self._begun: dict[Variable, Any] = {}
        self._failed: set[str] = set()
        self._loading = False
        self._modules = -1

    def look_ahead(self) -> None:
        """Before forking: what tables hold is looked up once, and counts in every child for as long as no module comes."""
        for variable in self._variables:
            if variable.module in sys.modules:
                self._try(variable, variable.look_ahead, None)
        self._modules = len(sys.modules)

    def warm_up(self) -> None:
        """Begins an attempt ahead of need: what there is to be known of tables is known then, unless a module comes before the real one."""
        self.start({})
        for variable in self._live:
            variable.fresh = True
        self._modules = len(sys.modules)

    def start(self, values: Mapping[str, Any]) -> None:
        """An attempt begins with `values`, the `%` variables visible to it.

        Each is looked up only when it is set, `%path` and `%cwd` first, so a mapping may load them on demand. That of a library is set
        when the library is there: now, or as soon as it has been imported.
        """
        self._values, self._live, self.problems = values, [], []
        self._begun, self._failed = {}, set()
        self._watch.install()
        for variable in self._variables:
            if variable.module in sys.modules:
                self._begin(variable)
        with self.loading():
            self.names_loaded(self._shared.pairs())

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Around everything that loads values of earlier steps: modules imported for their sake have no effect on state."""
        before, self._loading = self._loading, True
        try:
            yield
        finally:
            self._loading = before

    def read(self) -> set[str]:
        """Names of what the attempt depended on so far: options of the libraries that are loaded; generators only if they moved."""
        return {variable.name for variable in list(self._live) if self._try(variable, variable.is_read, True)} | self._failed

    def original(self, name: str) -> Any:
        """What stood under a dotted name that cells assign to, before they did; else None."""
        return self._patches.original(name)

    def names_loaded(self, names: Iterable[str]) -> None:
        """These variables of the notebook have come from earlier steps."""
        if self._shared in self._live:
            self._try(self._shared, partial(self._shared.link, names), None)

    def changed(self) -> dict[str, Any]:
        """Name to value, of what later steps must find different from what this attempt found."""
        values = {variable.name: self._try(variable, variable.change, UNSET) for variable in list(self._live)}
        return {name: value for name, value in values.items() if value is not UNSET}

    def library_loaded(self, module: str) -> None:
        """Applies what waits for `module`. Imports tell by themselves; this is for one made in another way."""
        for variable in self._variables:
            if variable.module == module and variable not in self._live:
                self._begin(variable)

    # ------------------------------------------------------------ inside

    def _begin(self, variable: Variable) -> None:
        with self.loading():
            world = self._values.get(variable.name, UNSET)
        # To load that may have imported modules.
        variable.fresh = variable.fresh and len(sys.modules) == self._modules
        self._live.append(variable)
        self._try(variable, partial(variable.start, world), None)
        if self._stack() and variable in self._live:
            self._begun[variable] = self._try(variable, variable.hold, None)

    def _try(self, variable: Variable, action: Callable[[], T], otherwise: T) -> T:
        """A library that fails must not take the attempt with it: its variable is left out from here on."""
        try:
            return action()
        except Exception as error:
            self.problems.append(f"{variable.name} is left out of this step: {type(error).__name__}: {error}")
            self._failed.add(variable.name)
            if variable in self._live:
                self._live.remove(variable)
            return otherwise

    # ------------------------------------------------------------ imports

    def _begin_import(self, module: str, origin: str) -> None:
        stack = self._stack()
        # Inside a library's import everything is that import's doing; Python's own modules do nothing.
        measured = origin != STANDARD and not (stack and stack[-1].origin != LOCAL)
        held = {variable: self._try(variable, variable.hold, None) for variable in list(self._live)} if measured else None
        stack.append(Importing(module, stack[-1].origin if stack and not measured else origin, held))

    def _end_import(self, module: str) -> None:
        importing = self._stack().pop()
        if module in sys.modules:
            self.library_loaded(module)
            for variable in (self._project, self._patches, self._tables, self._shared):
                if variable in self._live:
                    self._try(variable, partial(variable.loaded, module), None)
        if importing.held is not None:
            # What came alive in between is compared with its beginning.
            self._settle(importing, {**self._begun, **importing.held})

    def _settle(self, importing: Importing, held: dict[Variable, Any]) -> None:
        """Decides about what an import did."""
        live = [variable for variable in held if variable in self._live]
        if importing.origin == LIBRARY:
            for variable in live:
                self._try(variable, partial(variable.absorb, held[variable]), None)
        affected = [each for each in live if each is not self._imported and self._try(each, partial(each.is_affected, held[each]), False)]
        if not affected:
            return
        if self._loading or self._imported.has_run(importing.module):
            for variable in affected:
                self._try(variable, partial(variable.put_back, held[variable]), None)
        else:
            self._imported.add(importing.module)

    def _stack(self) -> list[Importing]:
        if not hasattr(self._imports, "stack"):
            self._imports.stack = []
        return self._imports.stack
