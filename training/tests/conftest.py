"""Tests that need what only training needs are skipped, with the reason, where it is not installed."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

TRAINING_ONLY = frozenset("onnx onnxscript torch transformers".split())


class TrainingModule(pytest.Module):
    """A test module that may import packages which the tests of onrecord itself do without."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Its tests; none where such a package is missing."""
        try:
            import_module(f"training.tests.{self.path.stem}")
        except ModuleNotFoundError as error:
            if error.name not in TRAINING_ONLY:
                raise
            pytest.skip(f"{error.name} is not installed: only training needs it", allow_module_level=True)
        return super().collect()


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    """Test modules here are of that class."""
    return TrainingModule.from_parent(parent, path=module_path)
