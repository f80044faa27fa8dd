"""The house rules that import-linter cannot hold: sizes, docstrings, vocabulary, light imports, requirement files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import onrecord.model
from onrecord import registry

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "onrecord"
MODULES = sorted(PACKAGE.rglob("*.py"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))

LONGEST = 400  # lines of a module
MAY_BE_LONGER: dict[str, str] = {}  # "annotate/times.py": "why it reads better in one piece"

PRESENTERS = ("cli", "web", "mcp")  # the layers that may use the package's public names
PURE = ("model", "annotate", "resolve", "ledger", "link", "flow")  # between the text and its statements
HEAVY = ("lxml", "numpy", "onnxruntime", "rapidfuzz", "rich", "safetensors", "sqlalchemy", "tokenizers", "trafilatura")


def name_of(module: Path) -> str:
    """`annotate/times.py`, whatever the system's separator is."""
    return module.relative_to(PACKAGE).as_posix()


def layer_of(module: Path) -> str:
    """`annotate` for annotate/times.py, `cli` for cli.py."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(source: str) -> set[str]:
    """Every module and `module.name` that a source imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_of(imported: str, package: str) -> bool:
    return imported == package or imported.startswith(f"{package}.")


# --- modules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_can_be_read_in_one_sitting(module: Path) -> None:
    lines = len(module.read_text("utf-8").splitlines())
    if name_of(module) in MAY_BE_LONGER:
        assert lines > LONGEST, "short again: take it off the list"
    else:
        assert lines <= LONGEST


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_presenters_use_the_public_names(module: Path) -> None:
    # `from onrecord import X` below them would be an import upwards that the layers do not show
    if layer_of(module) not in PRESENTERS:
        named = {name for name in imports_of(module.read_text("utf-8")) if name.count(".") == 1}
        parts = {path.name.removesuffix(".py") for path in PACKAGE.iterdir()}
        ours = {name.partition(".")[2] for name in named if is_of(name, "onrecord")}
        assert ours - parts <= {"__version__"}


@pytest.mark.parametrize("module", [module for module in MODULES if layer_of(module) in PURE], ids=name_of)
def test_pure_stage_does_not_open_addresses(module: Path) -> None:
    # import-linter sees only `urllib`; urllib.parse is harmless
    imported = imports_of(module.read_text("utf-8"))
    assert not [name for name in imported if is_of(name, "urllib.request") or is_of(name, "urllib.error")]


def test_imports_are_found_wherever_they_stand() -> None:
    source = "import a.b\nfrom c import d as e\ndef f():\n    from urllib import request\n"
    assert imports_of(source) == {"a.b", "c", "c.d", "urllib", "urllib.request"}


@pytest.mark.parametrize("module", ["onrecord", "onrecord.cli", "onrecord.model", "onrecord.registry", "onrecord.flow"])
def test_importing_stays_light(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded
    assert not set(HEAVY) & set(loaded)


@pytest.mark.parametrize(("kind", "name"), sorted(registry.BUILT_IN))
def test_every_part_of_the_registry_can_be_loaded(kind: str, name: str) -> None:
    assert callable(registry.load(kind, name))


# --- vocabulary ------------------------------------------------------------------------------------------------------


def vocabulary() -> list[tuple[str, list[str]]]:
    """(word, names in code) of each row of the table in docs/vocabulary.md."""
    rows = []
    for line in (ROOT / "docs" / "vocabulary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and not set(cells[0]) <= set(":- ") and cells[0].lower() != "word":
            rows.append((cells[0].strip("*` "), re.findall(r"`([^`]+)`", cells[2])))
    return rows


def test_every_name_in_the_vocabulary_is_in_the_model() -> None:
    assert vocabulary()
    for word, names in vocabulary():
        for name in names:
            owner, _, field = name.partition(".")
            assert hasattr(onrecord.model, owner), f"{word}: onrecord.model has no {owner}"
            fields = getattr(getattr(onrecord.model, owner), "__dataclass_fields__", {})
            assert not field or field in fields, f"{word}: {owner} has no field {field}"


def test_every_class_of_the_model_is_in_the_vocabulary() -> None:
    listed = {name.partition(".")[0] for _, names in vocabulary() for name in names}
    classes = {name for name in onrecord.model.__all__ if isinstance(getattr(onrecord.model, name), type)}
    assert sorted(classes - listed) == []


def test_each_word_is_explained_once() -> None:
    words = [word.lower() for word, _ in vocabulary()]
    assert sorted(set(words)) == sorted(words)


# --- requirement files -----------------------------------------------------------------------------------------------


def pins(path: Path) -> dict[str, Requirement]:
    """The pinned packages of a requirement file by canonical name."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and line[0] not in " #"]
    requirements = [Requirement(line.rstrip("\\ ")) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def version_of(pin: Requirement) -> str:
    (clause,) = pin.specifier
    assert clause.operator == "=="
    return clause.version


def test_the_requirement_files_are_there() -> None:
    assert [path.name for path in REQUIREMENTS] == ["build.txt", "core.txt", "dev.txt", "peers.txt"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_hold_no_address_and_no_option(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        assert "://" not in line
        assert not re.search(r"(^|[ '\"])(/|~|[A-Za-z]:\\)", line), "a path of some machine"
        assert re.match(r"[A-Za-z0-9]|    --hash=sha256:[0-9a-f]{64}( \\)?$|    +#", line)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", path.read_text("utf-8"))
    assert len(blocks) == len(pins(path)) > 0
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==\S+ ", block)
        assert "--hash=sha256:" in block


def test_the_files_agree_on_every_version() -> None:
    every = pins(ROOT / "requirements" / "dev.txt")
    for name in ("core.txt", "build.txt"):
        for package, pin in pins(ROOT / "requirements" / name).items():
            assert version_of(every[package]) == version_of(pin)


def test_pins_satisfy_what_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    declared = {
        "core.txt": project["project"]["dependencies"] + project["project"]["optional-dependencies"]["web"],
        "build.txt": project["build-system"]["requires"] + groups["build"],
        "dev.txt": [row for row in groups["dev"] + groups["eval"] if isinstance(row, str)],
    }
    for name, rows in declared.items():
        pinned = pins(ROOT / "requirements" / name)
        for requirement in map(Requirement, rows):
            assert version_of(pinned[canonicalize_name(requirement.name)]) in requirement.specifier


# --- the project speaks of itself alone ------------------------------------------------------------------------------

TEXTS = sorted(
    path
    for folder in ("src", "tests", "docs", "tools", "evals", "requirements", "training", "weights")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".md", ".sh", ".toml", ".tsv", ".txt", ".jsonl") and "__pycache__" not in path.parts
)
MACHINE_PATH = re.compile(r"(?<![\w.~/])/(?:root|work|home/\w+|Users/\w+)/\w")


def test_no_file_names_a_path_of_somebody_s_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEXTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_machine_paths_are_told_from_other_slashes() -> None:
    assert MACHINE_PATH.search("see /" + "home/ada/notes.txt")
    assert not MACHINE_PATH.search("docs/work/plan, https://example.org/work/x, ../work/x, and/or")
