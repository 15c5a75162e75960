"""Figures: shown below their cell, and kept as variables."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature(4, needs="matplotlib")
def figure(m: FlowMaker) -> str:
    fig, ax = m.new("figure"), m.new("axes")
    return f"{fig}, {ax} = plt.subplots(figsize=(2, 1.5), dpi=40)\n{ax}.plot([1, {m.n()}, 2])"


@feature(4, needs="matplotlib")
def draw_more(m: FlowMaker) -> str:
    old = m.old("axes")
    return m.rng.choice([f"{old}.set_title('t{m.n()}')", f"{old}.plot([{m.n()}, 3])", f"print(len({old}.lines), {old}.get_title())"]) if old else ""


@feature(3, needs="matplotlib")
def show_figure(m: FlowMaker) -> str:
    old = m.old("figure")
    return m.rng.choice([f"display({old})", f"{old}.savefig('f.png', metadata={{'Software': None}})", f"print({old}.axes[0].figure is {old})"]) if old else ""


@feature(3, needs="matplotlib")
def current_figure(m: FlowMaker) -> str:
    return f"plt.figure(figsize=(2, 1.5), dpi=40)\nplt.plot([{m.n()}, 2])\n{m.rng.choice(['plt.show()', 'plt.close()', 'print(plt.get_fignums())', 'plt.title(chr(97))'])}"


@feature(2, needs="matplotlib")
def figure_numbers(m: FlowMaker) -> str:
    return "print(plt.get_fignums())"


@feature(2, needs="matplotlib")
def frame_plotted(m: FlowMaker) -> str:
    return f"_ax = pd.Series([1, {m.n()}]).plot(figsize=(2, 1.5))\n_ax.figure.set_dpi(40)"
