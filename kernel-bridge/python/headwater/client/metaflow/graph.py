"""The steps of a run as a graph of Metaflow: what its client finds parents and children by."""

from __future__ import annotations

from typing import Any

from headwater.client.course import Course


class Graph:
    """Of the steps alone; setup is no step to Metaflow."""

    def __init__(self, plans: list[dict[str, Any]], end: str | None) -> None:
        self._course = Course(plans)
        self._plans = {plan["name"]: plan for plan in plans}
        self.names = [plan["name"] for plan in plans if plan["kind"] == "step" and not plan.get("closes")]
        self._above: dict[str, set[str]] = {}
        for name in self.names:
            direct = self._steps_before(name)
            self._above[name] = direct.union(*(self._above[each] for each in direct))
        self.before = {name: self._reduce(name) for name in self.names}
        if end is not None:
            self.before[end] = self.names[-1:]
            self.names.append(end)
        self.splits = {self.before[name][0] for name in self.names if self._opens(name) and self.before[name]}
        """Steps whose list is taken apart below them."""

    def info(self) -> dict[str, Any]:
        """As Metaflow stores it."""
        after = {name: [each for each in self.names if name in self.before[each]] for name in self.names}
        empty = {"doc": "", "decorators": []}
        steps = {name: {"name": name, "type": self._type(name, after[name]), "next": after[name], **empty} for name in self.names}
        return {"steps": steps, "graph_structure": self.names, "start_step": self.names[0], "end_step": self.names[-1], "doc": ""}

    def opener(self, depth: int, name: str) -> tuple[str, dict[str, Any]]:
        """The foreach around a step at a depth: the step that has the list, and what its tag says."""
        first = self._course.names[self._course.chains[self._course.position[name]][depth]]
        return (self.before[first] or [first])[0], self._plans[first]["control"]["foreach"]

    def _opens(self, name: str) -> bool:
        return name in self._plans and bool((self._plans[name].get("control") or {}).get("foreach"))

    def _type(self, name: str, after: list[str]) -> str:
        if name in self.splits:
            return "split-foreach"
        if name in self._plans and (self._plans[name].get("control") or {}).get("join"):
            return "join"
        if len(after) > 1:
            return "split-static"
        return "start" if name == self.names[0] else "linear" if after else "end"

    def _reduce(self, name: str) -> list[str]:
        """The steps it follows directly, in its own branch; a foreach follows the last one above, a join the ends of its branches."""
        chains, position = self._course.chains, self._course.position
        chain = chains[position[name]]
        found = self._steps_before(name)
        if self._opens(name):
            found = {each for each in found if chains[position[each]] == chain[:-1]}
            return [max(found, key=position.__getitem__)] if found else []
        if (self._plans[name].get("control") or {}).get("join"):
            inside = [each for each in self.names if len(chains[position[each]]) == len(chain) + 1 and position[each] < position[name]]
            opener = chains[position[inside[-1]]][-1] if inside else -1
            body = [each for each in inside if chains[position[each]][-1] == opener]
            return [each for each in body if not any(each in self._steps_before(other) for other in body)]
        found = {each for each in found if chains[position[each]] == chain}
        return sorted((each for each in found if not any(each in self._above[other] for other in found)), key=position.__getitem__)

    def _steps_before(self, name: str) -> set[str]:
        """Setup blocks stand for what they follow."""
        found: set[str] = set()
        for each in self._plans[name]["after"]:
            if each in self._plans:
                found |= {each} if self._plans[each]["kind"] == "step" else self._steps_before(each)
        return found
