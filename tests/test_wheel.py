"""tools/wheel_files.py tells a wheel that lacks something, or weighs too much, from one that is as it should be."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("wheel_files", ROOT / "tools" / "wheel_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "wheel_files", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "tracked_files", lambda: frozenset({"onrecord/flow.py"}))
    return module


def pack(folder: Path, *names: str) -> Path:
    wheel = folder / "onrecord-9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return wheel


def test_a_wheel_with_all_its_files_passes(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(pack(tmp_path, "onrecord/flow.py", *tool.NEEDED)) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "name", ["onrecord/flow.py", "onrecord/py.typed", "onrecord/data/weights/accurate/tagger.onnx"]
)
def test_a_file_that_is_missing_is_named(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    names = {"onrecord/flow.py", *tool.NEEDED} - {name}
    assert tool.main(pack(tmp_path, *names)) == 1
    assert capsys.readouterr().out == f"onrecord-9-py3-none-any.whl lacks {name}\n"


def test_a_wheel_that_weighs_too_much_says_how_much(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "LARGEST", 1000)
    assert tool.main(pack(tmp_path, "onrecord/flow.py", *tool.NEEDED, *(f"onrecord/{k}.tsv" for k in range(9)))) == 1
    assert " MB is the most" in capsys.readouterr().out


def test_a_file_of_another_package_is_named(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(pack(tmp_path, "onrecord/flow.py", *tool.NEEDED, "weights/tagger.onnx")) == 1
    assert "holds weights/tagger.onnx, which is not onrecord's" in capsys.readouterr().out
