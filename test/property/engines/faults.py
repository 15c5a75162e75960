"""The faults: for each what is changed in the sources, and the notebooks known to show it."""

from __future__ import annotations

from dataclasses import dataclass

RUN = "packages/engine/src/run"
VALUES = "kernel-bridge/python/headwater/values"
WORKER = "kernel-bridge/python/headwater/worker"


@dataclass(frozen=True)
class Change:
    """`text`, which occurs once in `file`, becomes `instead`."""

    file: str
    text: str
    instead: str


@dataclass(frozen=True)
class Fault:
    """`shown_by`: seeds of random notebooks, titles of traps, and of the notebooks in `shows.py`; one that parts from Run All is enough."""

    changes: tuple[Change, ...]
    shown_by: tuple[int | str, ...]


FAULTS = {
    "reads are not validated": Fault(
        (
            Change(f"{RUN}/decide.ts", "contradict(state, frame) ?? settleNext(state, frame)", "settleNext(state, frame)"),
            Change(f"{RUN}/world.ts", "return [...names, ...units].map(([key]) => key);", "return [...names, ...units].slice(0, 0).map(([key]) => key);"),
        ),
        ("hidden change",),
    ),
    "groups written again are not validated": Fault(
        (
            Change(f"{RUN}/settle.ts", "const moved = movedGroups(frame.world, attempt.report?.delta.based ?? {});", "const moved: string[] = movedGroups(frame.world, {});"),
        ),
        ("alias made meanwhile",),
    ),
    "commits happen in the order of execution": Fault(
        (
            Change(
                f"{RUN}/evolve.ts",
                "const executed = inPlace(left, place, () => setStep(frame, place.position, {",
                "const executed = inPlace(left, place, () => setStep({ ...frame, world: applyDelta(frame.world, report.delta) }, place.position, {",
            ),
            Change(f"{RUN}/evolve.ts", "world: applyDelta(frame.world, delta), finals", "world: frame.world, finals"),
        ),
        ("slow before fast",),
    ),
    "the first version of a name wins": Fault(
        (
            Change(f"{RUN}/world.ts", "const names = { ...world.names, ...delta.binds };", "const names = { ...delta.binds, ...world.names };"),
            Change(f"{RUN}/decide.ts", "contradict(state, frame) ?? settleNext(state, frame)", "settleNext(state, frame)"),
        ),
        ("bound, bound again, deleted",),
    ),
    "deletions are lost": Fault(
        (
            Change(f"{RUN}/world.ts", "for (const name of [...delta.unbinds, ...Object.keys(delta.tombstones)])", "for (const name of Object.keys(delta.tombstones))"),
            Change("kernel-bridge/python/headwater/client/history.py", 'for name in [*delta["unbinds"], *delta["tombstones"]]:', 'for name in delta["tombstones"]:'),
        ),
        ("bound, bound again, deleted",),
    ),
    "aliases are split": Fault(
        (Change(f"{VALUES}/partition.py", "            leader[find(key)] = find(keys[0])\n", "            find(key)\n"),),
        ("two names one tuple holding list", "swap merge split"),
    ),
    "changes in place go unseen": Fault(
        (Change(f"{VALUES}/versions.py", "if digests[key] != was[key].digests[key] or (key in rebound and company):", "if key in rebound:"),),
        ("two names one tuple holding list", 0),
    ),
    "every blob brings its own classes and functions": Fault(
        (
            Change(
                f"{VALUES}/session.py",
                "        if uid not in self.identities.objects:\n            self.identities.adopt(uid, kinds.make(self, uid, self.bones.pop(uid)))",
                "        if uid in self.bones:\n            self.identities.objects.pop(uid, None)\n            self.identities.adopt(uid, kinds.make(self, uid, self.bones[uid]))",
            ),
        ),
        ("same class in different names", "two closures one cell"),
    ),
    "sets lose their order": Fault(
        (Change(f"{VALUES}/pickler.py", "            if not is_reordered(s):\n", "            if True or not is_reordered(s):\n"),),
        ("order of a set",),
    ),
    "process state stays behind": Fault(
        (Change(f"{WORKER}/attempt.py", "        session.state.update(process.state.changed())\n", ""),),
        ("stdout alias", "options set above"),
    ),
    "tables of libraries are not looked at": Fault(
        (Change("kernel-bridge/python/headwater/state/process.py", "            self._tables, Loggers", "            Loggers"),),
        ("table of a library",),
    ),
    "registers are not looked at": Fault(
        (Change("kernel-bridge/python/headwater/state/libraries/__init__.py", "*tensor_variables(), *register_variables(),\n", "*tensor_variables(),\n"),),
        ("register of a library",),
    ),
    "seeded generators are not carried": Fault(
        (Change("kernel-bridge/python/headwater/state/generators.py", "        return self._change\n", "        return UNSET\n"),),
        ("random functions bound", "np random functions bound"),
    ),
    "effects do not wait for their turn": Fault(
        (Change(f"{WORKER}/process.py", "        if self.turn or attempt is None:\n", "        if attempt is not None or self.turn:\n"),),
        ("file after failure",),
    ),
    "files read are no names": Fault(
        (Change(f"{WORKER}/attempt.py", "        reads.update(effects.file_versions(self.world, process.effects.read))\n", ""),),
        ("file by a computed name",),
    ),
    "where imports look is not noted": Fault(
        (Change(f"{WORKER}/effects.py", "        for place in looked_at(name, path, spec, self._project):\n", "        for place in list(looked_at(name, path, spec, self._project))[:0]:\n"),),
        ("module by a computed name",),
    ),
    "what processes change is not looked for": Fault(
        (Change(f"{WORKER}/attempt.py", "            process.effects.note_unseen()\n", ""),),
        ("file of a process",),
    ),
    "questions about files are not noted": Fault(
        (Change(f"{WORKER}/attempt.py", '        process.effects.ask(self.start["asked"])\n', ""),),
        ("question about a file",),
    ),
    "questions about files do not wait": Fault(
        (Change(f"{WORKER}/attempt.py", 'if cell.index in self.start["askers"]:', 'if cell.index in self.start["askers"][:0]:'),),
        ("question about a file",),
    ),
    "modules of the project forget": Fault(
        (Change("kernel-bridge/python/headwater/state/process.py", "self._shared, self._project, self._patches,\n", "self._shared, self._patches,\n"),),
        ("module that remembers",),
    ),
    "modules have objects of their own": Fault(
        (Change("kernel-bridge/python/headwater/state/shared_names.py", "        if not pairs or self._follows:\n", "        if pairs or self._follows:\n"),),
        ("object of a module",),
    ),
    "a name is what stands there now": Fault(
        (Change("kernel-bridge/python/headwater/values/reader.py", "        return found if before is None else before\n", "        return found\n"),),
        ("function that a cell replaces",),
    ),
    "names do not follow their modules": Fault(
        (Change("kernel-bridge/python/headwater/state/shared_names.py", "                if not changed.isdisjoint(paths):\n", "                if False:\n"),),
        ("object that a module changes",),
    ),
    "questions of modules are not thought of": Fault(
        (Change(f"{WORKER}/effects.py", "        if ASKED not in self.read and self._reach.asks():\n", "        if False and self._reach.asks():\n"),),
        ("question of a module", "question of a script"),
    ),
    "native writes of modules do not wait": Fault(
        (Change(f"{WORKER}/effects.py", "        if self._watching and not (self.happened and self._unseen) and self._reach.writes():\n", "        if False and self._reach.writes():\n"),),
        ("native write of a module after failure",),
    ),
    "what is made again is not checked": Fault(
        (Change(f"{WORKER}/replay.py", "    return [*names, *sorted(unstorable)]\n", "    return [*names, *sorted(unstorable)][:0]\n"),),
        ("two generators of two steps",),
    ),
    "a failed attempt leaves no names": Fault(
        (Change(f"{WORKER}/attempt.py", "        delta, files, cost = self._complete(saved), self._files(), self.watch.cost()\n", "        delta, files, cost = self._complete(saved), self._files(), self.watch.cost()\n        if error is not None:\n            delta = {**EMPTY_DELTA, **self.reads()}\n"),),
        ("names at a failure",),
    ),
    "output of discarded attempts counts": Fault(
        (Change("kernel-bridge/python/headwater/client/task.py", "return [] if self.attempt is None else self.attempt.outputs", "return [frame for each in self.attempts for frame in each.outputs]"),),
        ("hidden change",),
    ),
    "finalizers of names that were not loaded do not run": Fault(
        (Change(f"{RUN}/settle.ts", "runFinalizers(frame, report) ?? settleLoop", "settleLoop"), Change(f"{WORKER}/attempt.py", ", *session.finalizing(start[\"binds\"])])", "])")),
        ("del finalizer",),
    ),
}
