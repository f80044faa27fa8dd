"""Averages the weights of runs that began with one another: a little better than the last of them, and steadier.

python -m training.certainty.average --runs RUNS/first RUNS/second --out RUNS/mean

`OUT` receives model.safetensors and model.json, which `export` reads.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    parts = [load_file(run / "model.safetensors") for run in options.runs]
    mean = {name: torch.stack([part[name].float() for part in parts]).mean(0).half().contiguous() for name in parts[0]}
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(mean, options.out / "model.safetensors")
    recipe = json.loads((options.runs[-1] / "model.json").read_text("utf-8"))["recipe"]
    about = {"recipe": recipe | {"mean_of": [run.name for run in options.runs]}, "figures": {}}
    (options.out / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
