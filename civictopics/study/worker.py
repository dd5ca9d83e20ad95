"""The process of one cell: ``python -m civictopics.study.worker JOB``, where JOB is JSON."""

import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from civictopics import __version__
from civictopics.errors import CivicTopicsError
from civictopics.languages import LANGUAGES
from civictopics.study.cells import (
    Cell,
    listed,
    predictions_path,
    record_path,
    scores_of,
    write_predictions,
    write_record,
)
from civictopics.study.declaration import DataChoice, MethodChoice
from civictopics.study.digests import columns_digest, digest_of
from civictopics.study.measuring import peak_megabytes
from civictopics.study.registry import Registry

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "pyarrow", "gensim", "torch", "sentence-transformers", "bertopic")


def run_cell(job: Mapping[str, Any]) -> None:
    """Run one cell, and write its predictions and then its record."""
    registry, folder = Registry(job["registry"]), Path(job["folder"])
    question = registry.questions[job["question"]]
    choice, method = DataChoice(**job["data_set"]), MethodChoice(**job["method"])
    cell = Cell(question, registry.data_sets[choice.name], choice, method, job["seed"])
    depends_on = cell.depends_on()
    module, _, name = cell.function.partition(":")
    function = getattr(import_module(module), name)
    data = cell.data_set.load(choice.languages)
    start = time.perf_counter()
    predictions = function(data, cell.seed, **method.settings)
    seconds = time.perf_counter() - start
    # what is scored is what is kept: numbers with six decimals
    columns = {key: np.asarray(values) for key, values in listed(predictions.arrays()).items()}
    write_predictions(predictions_path(folder, cell), columns)
    scores = scores_of(columns, question, list(question.metrics), LANGUAGES)
    record = {
        "study": job["study"],
        "question": question.name,
        "data_set": choice.name,
        "languages": list(choice.languages),
        "method": method.name,
        "function": cell.function,
        "settings": method.settings,
        "seed": cell.seed,
        "digests": {
            "cell": digest_of(depends_on),
            "data": depends_on["data"],
            "code": depends_on["code"],
            "predictions": columns_digest(listed(columns)),
        },
        "counts": {"units": len(columns["id"]), "groups": len(set(columns["group"].tolist()))},
        "scores": scores,
        "measured": {key: round(float(value), 6) for key, value in predictions.measured.items()},
        "seconds": round(seconds, 3),
        "peak_megabytes": round(peak_megabytes(), 1),
        "versions": versions(),
    }
    write_record(record_path(folder, cell), record)


def versions() -> dict[str, Any]:
    """Return what computed: this package, the interpreter, the system, libraries, threads."""
    libraries = {}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "civictopics": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "threads": os.environ.get("OMP_NUM_THREADS", ""),
        "libraries": libraries,
    }


if __name__ == "__main__":
    try:
        run_cell(json.loads(sys.argv[1]))
    except CivicTopicsError as error:
        raise SystemExit(str(error)) from None
