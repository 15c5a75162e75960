"""Previews of frames, arrays, models and figures."""

import base64
import json
from typing import Any

import pytest

np: Any = pytest.importorskip("numpy")
pd: Any = pytest.importorskip("pandas")

from headwater.previews.make import preview, register  # noqa: E402
from headwater.previews.shape import shape_of  # noqa: E402


def made(value: Any) -> dict[str, Any]:
    found = preview(value)
    assert found is not None
    assert len(json.dumps(found, allow_nan=False)) <= 16_000
    assert "failed" not in found, found
    return found


def test_a_small_frame_whole() -> None:
    index = pd.Index(["x", "y", "z"], name="key")
    frame = pd.DataFrame({"price": [1.5, np.nan, 4.25], "n": [1, 2, 3], "city": ["a<b>", None, "a<b>"]}, index=index)
    text_dtype = str(frame["city"].dtype)
    missing = frame["city"].iloc[1]
    assert made(frame) == {
        "kind": "frame", "type": "DataFrame", "shape": "3 × 3", "rows": 3, "columns": 3, "shown": 3, "shownColumns": 3, "sampled": 3,
        "index": {"names": ["key"], "type": "Index", "labels": ["x", "y", "z"]},
        "fields": [
            {"name": "price", "dtype": "float64", "missing": 0.3333, "min": 1.5, "median": 2.875, "max": 4.25,
             "histogram": {"low": 1.5, "high": 4.25, "counts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]}},
            {"name": "n", "dtype": "int64", "missing": 0.0, "min": 1, "median": 2.0, "max": 3,
             "histogram": {"low": 1.0, "high": 3.0, "counts": [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]}},
            {"name": "city", "dtype": text_dtype, "missing": 0.3333, "distinct": 1, "levels": [["a<b>", 2]]},
        ],
        "others": [], "head": [["1.5", "1", "a<b>"], ["nan", "2", str(missing)], ["4.25", "3", "a<b>"]],
    }


def test_a_large_frame_says_what_is_left_out() -> None:
    rows = 41_208
    frame = pd.DataFrame({f"c{i}": np.arange(rows) for i in range(18)})
    found = made(frame)
    assert {key: found[key] for key in ("rows", "columns", "shown", "shownColumns", "shape")} == {
        "rows": rows, "columns": 18, "shown": 6, "shownColumns": 12, "shape": "41 208 × 18",
    }
    assert found["sampled"] <= 10_000
    assert found["others"] == [f"c{i}" for i in range(12, 18)]
    assert len(found["fields"]) == 12
    assert made(frame[["c0"]])["shown"] == 20


def test_kinds_of_columns() -> None:
    frame = pd.DataFrame({
        "when": pd.to_datetime(["2024-01-01", "2024-01-03", None]),
        "zone": pd.date_range("2024", periods=3, tz="UTC"),
        "took": pd.to_timedelta([1, 2, 3], unit="s"),
        "level": pd.Categorical(["lo", "hi", "lo"]),
        "maybe": pd.array([1, None, 3], dtype="Int64"),
        "flag": [True, False, True],
        "mixed": [1, "a", None],
        "things": [object(), [1, 2], {}],
        "many": pd.array([1, 0, 0], dtype=pd.SparseDtype("int64", 0)),
        ("two", 3): pd.period_range("2024-01", periods=3, freq="M"),
    })
    fields = {field.pop("name"): field for field in made(frame)["fields"]}
    assert [name for name, field in fields.items() if field["missing"] == 0.3333] == ["when", "maybe", "mixed"]
    assert fields["when"]["min"].startswith("2024-01-01") and sum(fields["when"]["histogram"]["counts"]) == 2
    assert fields["zone"]["max"].startswith("2024-01-03") and "UTC" in fields["zone"]["dtype"]
    assert "histogram" in fields["took"]
    assert fields["level"]["levels"] == [["lo", 2], ["hi", 1]]
    assert (fields["maybe"]["min"], fields["maybe"]["max"]) == (1.0, 3.0)
    assert fields["flag"]["levels"] == [["True", 2], ["False", 1]]
    assert fields["mixed"]["distinct"] == 2
    assert fields["things"] == {"dtype": "object", "missing": 0.0}
    assert fields["many"]["max"] == 1.0
    assert set(fields) >= {"two, 3"}
    assert made(frame)["head"][0][7] == "object" and made(frame)["head"][1][7] == "list of 2"


def test_indexes_of_several_levels_and_odd_labels() -> None:
    index = pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["letter", None])
    frame = pd.DataFrame(np.zeros((4, 2)), index=index, columns=pd.MultiIndex.from_tuples([("x", 1), ("x", 1)]))
    found = made(frame)
    assert found["index"] == {"names": ["letter", None], "type": "MultiIndex", "labels": ["a, 1", "a, 2", "b, 1", "b, 2"]}
    assert [field["name"] for field in found["fields"]] == ["x, 1", "x, 1"]
    assert made(index) == {
        "kind": "series", "type": "MultiIndex", "shape": "4", "name": "letter, None", "rows": 4, "shown": 4, "index": None,
        "head": ["a, 1", "a, 2", "b, 1", "b, 2"],
    }


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame(index=range(5)), pd.DataFrame(columns=["a", "b"])])
def test_frames_without_cells(frame: Any) -> None:
    found = made(frame)
    assert (found["rows"], found["columns"]) == frame.shape
    assert shape_of(frame) == f"{frame.shape[0]} × {frame.shape[1]}"


def test_series() -> None:
    assert made(pd.Series([1, 2, 2], name="n")) == {
        "kind": "series", "type": "Series", "shape": "3", "name": "n", "rows": 3, "shown": 3, "sampled": 3,
        "dtype": "int64", "missing": 0.0,
        "min": 1, "median": 2.0, "max": 2, "histogram": {"low": 1.0, "high": 2.0, "counts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]},
        "index": {"names": [None], "type": "RangeIndex", "labels": ["0", "1", "2"]}, "head": ["1", "2", "2"],
    }
    assert made(pd.DatetimeIndex(["2024-01-01"], name="day"))["head"] == ["2024-01-01 00:00:00"]


def test_a_small_array_whole() -> None:
    assert made(np.array([[1.0, np.nan], [np.inf, 3.0]])) == {
        "kind": "array", "type": "ndarray", "shape": "(2, 2) float64", "dtype": "float64", "dimensions": [2, 2], "sampled": 4, "shown": 4,
        "head": [["1", "nan"], ["inf", "3"]], "missing": 1, "min": 1.0, "median": 2.0, "max": 3.0,
        "histogram": {"low": 1.0, "high": 3.0, "counts": [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]},
    }


ARRAYS = {
    "no elements": np.zeros((0, 3)), "no dimensions": np.array(5), "constant": np.ones(7), "huge range": np.array([1e308, -1e308]),
    "largest integers": np.array([2**64 - 1], "u8"), "halves": np.array([1, np.nan], "f2"), "extended": np.array([1, 2], np.longdouble),
    "complex": np.array([1j]), "texts": np.array(["a", "b", "a"]), "bytes": np.array([b"a"]), "objects": np.array([1, None, [2]], object),
    "records": np.array([(1, 2.0)], [("x", int), ("y", float)]), "dates": np.array(["2024-01-01", "NaT"], "M8[D]"),
    "booleans": np.array([True, False]),
    "masked": np.ma.masked_array([1, 2], [True, False]), "reversed": np.arange(100)[::-2], "matrix": np.eye(3).view(np.matrix),
    "four dimensions": np.zeros((2, 3, 4, 5)), "void": np.zeros(2, "V8"), "not a time": np.array("NaT", "M8[s]"),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_of_all_kinds(name: str) -> None:
    found = made(ARRAYS[name])
    assert (found["kind"], found["dimensions"], found["dtype"]) == ("array", list(ARRAYS[name].shape), str(ARRAYS[name].dtype))


def test_scalars_of_numpy_and_pandas() -> None:
    of_numpy = [np.float64(0.5), np.int32(4), np.bool_(True), np.str_("a"), np.datetime64("2024-01-01")]
    assert [made(value)["value"] for value in of_numpy] == [0.5, 4, True, "a", "2024-01-01"]
    assert [made(value)["value"] for value in (pd.NaT, pd.NA, pd.Timestamp("2024-01-01"))] == ["NaT", "<NA>", "2024-01-01 00:00:00"]


def png_size(text: str) -> tuple[int, int]:
    data = base64.b64decode(text)
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_pictures() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (400, 600, 3)).astype("uint8")
    assert png_size(made(noise)["thumbnail"]) == (60, 40)
    assert png_size(made(np.zeros((400, 600, 4)))["thumbnail"]) == (86, 58)
    assert png_size(made(np.eye(300))["thumbnail"]) == (43, 43)
    assert png_size(made(np.full((20, 20), np.nan))["thumbnail"]) == (20, 20)
    assert "thumbnail" not in made(np.zeros((10_000, 20)))
    assert "thumbnail" not in made(np.zeros((5, 5)))


def test_a_picture_is_the_picture() -> None:
    image: Any = pytest.importorskip("PIL.Image")
    import io

    array = np.zeros((40, 60, 3), "uint8")
    array[:, :30] = [255, 0, 0]
    read = np.asarray(image.open(io.BytesIO(base64.b64decode(made(array)["thumbnail"]))))
    assert (read == array).all()


def test_sparse_matrices() -> None:
    sparse: Any = pytest.importorskip("scipy.sparse")
    found = made(sparse.csr_matrix(np.diag([1.0, 2.0, 3.0])))
    assert {key: found[key] for key in ("type", "shape", "dimensions", "stored", "max")} == {
        "type": "csr_matrix", "shape": "(3, 3) float64", "dimensions": [3, 3], "stored": 3, "max": 3.0,
    }


def test_models() -> None:
    pytest.importorskip("sklearn")
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    pipe = make_pipeline(StandardScaler(with_mean=False), LogisticRegression(C=0.5))
    steps = [
        {"name": "standardscaler", "type": "StandardScaler", "fitted": False, "parameters": [["with_mean", False]], "features": None},
        {"name": "logisticregression", "type": "LogisticRegression", "fitted": False, "parameters": [["C", 0.5]], "features": None},
    ]
    empty = {"kind": "model", "type": "Pipeline", "fitted": False, "parameters": [], "steps": steps, "features": None, "featureNames": []}
    assert made(pipe) == empty
    pipe.fit(pd.DataFrame({"a": [0.0, 1, 2, 3], "b": [1.0, 1, 0, 0]}), [0, 1, 0, 1])
    found = made(pipe)
    assert (found["fitted"], found["features"], [step["fitted"] for step in found["steps"]]) == (True, 2, [True, True])
    assert made(pipe[0])["featureNames"] == ["a", "b"]
    search = made(GridSearchCV(pipe, {"logisticregression__C": [1, 2]}, cv=3))
    assert search["parameters"] == [["estimator", {"type": "Pipeline"}], ["param_grid", {"type": "dict", "shape": "1 item"}], ["cv", 3]]


def draw(plt: Any, rows: int = 1) -> Any:
    figure, axes = plt.subplots(rows, squeeze=False)
    for each in axes.flat:
        each.plot(range(50))
        each.set_title("a <title>")
    return figure


def look(plt: Any, figure: Any) -> list[Any]:
    axes = figure.axes[0]
    own = [figure.dpi, figure.canvas, figure.stale, axes.get_position().bounds, axes.get_xlim(), len(axes.get_xticks())]
    return [*own, plt.get_fignums(), plt.gcf(), dict(plt.rcParams)]


def test_figures_stay_as_they_are() -> None:
    plt: Any = pytest.importorskip("matplotlib.pyplot")
    plt.switch_backend("agg")
    figure = draw(plt)
    current = draw(plt)
    before = look(plt, figure)
    found = made(figure)
    assert {key: found[key] for key in ("kind", "type", "size", "axes", "titles")} == {
        "kind": "figure", "type": "Figure", "size": [6.4, 4.8], "axes": 1, "titles": ["a <title>"],
    }
    assert png_size(found["thumbnail"])[0] in (240, 160, 120)
    assert look(plt, figure) == before
    assert plt.gcf() is current
    plt.close("all")


def test_a_figure_that_was_saved_needs_no_drawing(tmp_path: Any) -> None:
    plt: Any = pytest.importorskip("matplotlib.pyplot")
    plt.switch_backend("agg")
    figure = draw(plt, 4)
    assert made(figure)["thumbnail"] is None
    figure.savefig(tmp_path / "x.png", dpi=200, bbox_inches="tight")
    assert png_size(made(figure)["thumbnail"])[0] <= 240
    plt.close("all")


class Tracked:
    pass


def test_the_registry_is_open() -> None:
    register(__name__.partition(".")[0], "Tracked", lambda value: {"kind": "tracked", "type": "Tracked", "x": 1})
    assert preview(Tracked()) == {"kind": "tracked", "type": "Tracked", "x": 1}
