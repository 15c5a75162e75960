"""Estimators: fitted in place, shared, trained on."""

from __future__ import annotations

from making.feature import feature
from making.flow_maker import FlowMaker

DATA = "_X = np.array([[0., 1.], [1., 0.], [2., 2.], [3., 1.]]); _y = np.array([0, 0, 1, 1])"


@feature(4, needs="sklearn")
def estimator(m: FlowMaker) -> str:
    how = m.rng.choice(
        [
            "from sklearn.linear_model import LinearRegression as _E",
            "from sklearn.tree import DecisionTreeClassifier as _E",
            "from sklearn.preprocessing import StandardScaler as _E",
            "from sklearn.naive_bayes import GaussianNB as _E",
        ]
    )
    return f"{how}\n{m.new('model')} = _E()"


@feature(4, needs="sklearn")
def fitted(m: FlowMaker) -> str:
    old = m.old("model")
    return f"{DATA}\n{old}.fit(_X, _y)" if old else ""


@feature(3, needs="sklearn")
def used(m: FlowMaker) -> str:
    old = m.old("model")
    return f"{DATA}\nif len(vars({old})) > 5: print(({old}.predict if hasattr({old}, 'predict') else {old}.transform)(_X).ravel()[:2])" if old else ""


@feature(3, needs="sklearn")
def trained_on(m: FlowMaker) -> str:
    old = m.old("model")
    return f"{DATA}\nif hasattr({old}, 'partial_fit'): {old}.partial_fit(_X, _y)" if old else ""


@feature(2, needs="sklearn")
def pipeline(m: FlowMaker) -> str:
    old = m.old("model")
    if not old:
        return ""
    name = m.new("pipeline")
    return f"from sklearn.pipeline import make_pipeline\n{name} = make_pipeline({old})\nprint({name}.steps[0][1] is {old})"
