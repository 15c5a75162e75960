"""Options of libraries, and what shows them."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker


@feature()
def print_options(m: FlowMaker) -> str:
    return m.rng.choice([f"np.set_printoptions(precision={m.n(5)})", "np.set_printoptions(threshold=4, edgeitems=1)", "print(np.array([1 / 3, 2 / 3] * 4))"])


@feature()
def float_errors(m: FlowMaker) -> str:
    return m.rng.choice(["np.seterr(divide='ignore')", "np.seterr(all='raise')", "try:\n    print(np.array([1.0]) / 0)\nexcept FloatingPointError as _e:\n    print('raised')"])


@feature()
def frame_options(m: FlowMaker) -> str:
    return m.rng.choice(["pd.set_option('display.precision', 2)", "pd.options.display.max_columns = 4", "print(pd.DataFrame({'x': [1 / 3, 2 / 3]}))", "pd.reset_option('display.precision')"])


@feature()
def warning_filters(m: FlowMaker) -> str:
    return "import warnings\n" + m.rng.choice(
        ["warnings.simplefilter('ignore')", "warnings.filterwarnings('ignore', category=DeprecationWarning)", "warnings.simplefilter('always')", "warnings.warn('beware')", "warnings.warn('old', DeprecationWarning)"]
    )


@feature(2, needs="matplotlib")
def drawing_options(m: FlowMaker) -> str:
    return m.rng.choice(["plt.rcParams['lines.linewidth'] = 3", "plt.style.use('ggplot')", "print(plt.rcParams['lines.linewidth'], plt.rcParams['figure.figsize'])", "plt.rc('figure', figsize=(3, 2))"])


@feature(2, needs="sklearn")
def learning_options(m: FlowMaker) -> str:
    return m.rng.choice(["sklearn.set_config(assume_finite=True)", "print(sklearn.get_config()['assume_finite'])"])
