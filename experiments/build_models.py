"""Build all shipped models from ``data/`` alone, in order: what `make models` runs.

The encoder comes first, since themes and taggers use its vectors. Neither torch nor a
network is needed, and on one machine the bytes are the same each time. With
``--check`` everything is built in a copy of the repository and compared with what is
shipped; nothing is written here then. Cards are filled in from ``results/``.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("civictopics", "data", "experiments", "results")
STEPS: dict[str, tuple[list[str], str]] = {
    "encoder": (["experiments/train_encoder.py"], "civictopics/pretrained/encoder"),
    "themes": (["experiments/train_themes.py"], "civictopics/pretrained/themes"),
    "meeting-type": (["experiments/train_taggers.py", "models"], "civictopics/pretrained/meeting-type"),
    "theme-flags": ([], "civictopics/pretrained/theme-flags"),
    "periods": (
        ["-c", "from civictopics.periods.training import rebuild; rebuild()"],
        "civictopics/periods/ranker.json",
    ),
}
"""What is run for each model, in order, and what it writes; one script makes both taggers."""
_ALWAYS_ALIKE = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "PYTHONHASHSEED": "0",
}


def build(root: Path, names: list[str]) -> None:
    """Build the models `names` in the repository at `root`."""
    environment = {**os.environ, **_ALWAYS_ALIKE, "PYTHONPATH": str(root)}
    for name in names:
        arguments, _ = STEPS[name]
        if arguments:
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], cwd=root, env=environment, check=True)
            print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)


def differing(names: list[str], one: Path, other: Path) -> list[str]:
    """Return the files of the models `names` that are not the same bytes in two repositories."""
    wrong = []
    for name in names:
        _, place = STEPS[name]
        for file in sorted(_files(one / place, one) | _files(other / place, other)):
            contents = [(root / file).read_bytes() if (root / file).is_file() else None for root in (one, other)]
            if contents[0] != contents[1]:
                wrong.append(str(file))
    return wrong


def copy_repository(target: Path) -> None:
    """Copy what building needs into `target`."""
    for name in NEEDED:
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "private"))


def _files(place: Path, root: Path) -> set[Path]:
    found: Iterator[Path] = place.rglob("*") if place.is_dir() else iter([place])
    return {path.relative_to(root) for path in found if path.is_file()}


def main() -> int:
    """Build, or build elsewhere and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="build in a copy, compare bytes, write nothing here")
    parser.add_argument("--only", nargs="+", choices=list(STEPS), default=list(STEPS), help="these models alone")
    chosen = parser.parse_args()
    names = [name for name in STEPS if name in chosen.only]
    if "theme-flags" in names and "meeting-type" not in names:
        parser.error("theme-flags and meeting-type are built together; name both")
    if not chosen.check:
        build(ROOT, names)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copy_repository(Path(folder))
        build(Path(folder), names)
        wrong = differing(names, ROOT, Path(folder))
    for file in wrong:
        print(f"{file} is not what data/ gives")
    if not wrong:
        print(f"the same bytes: {', '.join(names)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
