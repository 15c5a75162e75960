"""Which files of the project decided about an import."""

import hashlib
import importlib
import sys

import pytest

from headwater.state.imports import ImportWatch
from headwater.worker import modules
from headwater.worker.effects import PROJECT, Effects


@pytest.fixture
def looks(tmp_path, monkeypatch):
    """What imports look at in a project with a module, a package and a library of its own."""
    (tmp_path / "hw_module.py").write_text("import hw_none_below\n")
    (tmp_path / "hw_package").mkdir()
    (tmp_path / "hw_package" / "__init__.py").write_text("")
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "hw_library.py").write_text("try:\n    import hw_optional\nexcept ImportError:\n    pass\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "site-packages"), *sys.path])
    effects = Effects(str(tmp_path), str(tmp_path), str(tmp_path / ".headwater"), lambda effect: None)
    watch = ImportWatch(lambda name, origin: None, lambda name: None, effects.look)
    monkeypatch.setattr(sys, "meta_path", [watch, *sys.meta_path])
    before = list(sys.modules.items())
    yield effects.read
    sys.modules.clear()
    sys.modules.update(before)


def _import(name):
    try:
        importlib.import_module(name)
    except ImportError:
        pass


@pytest.mark.parametrize(
    "name, expected",
    [
        ("hw_package", {"hw_package/__init__.py"}),
        ("hw_package.part", {"hw_package/__init__.py", "hw_package/part.py", "hw_package/part/"}),
        ("hw_none", {"hw_none.py", "hw_none/"}),
        ("hw_module", {"hw_module.py", "hw_none_below.py", "hw_none_below/"}),
        ("hw_library", set()),
        ("colorsys", set()),
    ],
)
def test_what_an_import_looks_at(looks, name, expected):
    sys.modules.pop(name, None)
    _import(name)
    assert looks - {PROJECT} == expected


def test_a_module_is_known_as_it_was_imported_last(looks, tmp_path):
    file = tmp_path / "hw_module.py"
    digests = [
        _digest_after(file, text, act)
        for text, act in (("v = 1\n", importlib.import_module), ("v = 2  # other\n", _reload), ("v = 3\n", importlib.import_module))
    ]
    assert digests == [hashlib.sha256(text).hexdigest() for text in (b"v = 1\n", b"v = 2  # other\n", b"v = 2  # other\n")]
    assert looks - {PROJECT} == {"hw_module.py"}


def _reload(name):
    return importlib.reload(sys.modules[name])


def _digest_after(file, text, act):
    file.write_text(text)
    act("hw_module")
    return modules.local_modules(str(file.parent))["hw_module.py"]
