"""Run the cells of a study that are not done, each in a fresh process, several at a time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from civictopics.errors import CivicTopicsError, UsageError
from civictopics.study.cells import Cell, cells_of, read_record, record_path, state_of
from civictopics.study.data_sets import DataMissingError
from civictopics.study.declaration import Declaration
from civictopics.study.registry import OWN, Registry

Rerun = Literal["never", "changed", "always"]
POLICIES: tuple[Rerun, ...] = ("never", "changed", "always")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


class CellFailedError(CivicTopicsError):
    """One or more cells of a study failed; the others are written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which cells are to be run, which are done, and which cannot be run here, with the reason."""

    to_run: tuple[Cell, ...]
    done: tuple[Cell, ...]
    missing: dict[str, str]


def plan_study(declaration: Declaration, folder: Path, rerun: Rerun = "changed", registry: Registry = OWN) -> Plan:
    """Return what is to be done.

    Parameters
    ----------
    declaration : Declaration
    folder : Path
        That of the study's results.
    rerun : {"never", "changed", "always"}
        Which finished cells are run again: none; those whose data, code or settings have
        changed since; all.
    registry : Registry
    """
    if rerun not in POLICIES:
        raise UsageError(f"--rerun is {rerun!r}; legal values: {', '.join(POLICIES)}")
    to_run: list[Cell] = []
    done: list[Cell] = []
    missing: dict[str, str] = {}
    for cell in cells_of(declaration, registry):
        try:
            state = state_of(folder, cell)
        except DataMissingError as error:
            missing[cell.choice.name] = str(error)
            continue
        again = rerun == "always" or (rerun == "changed" and state == "changed")
        (to_run if state == "missing" or again else done).append(cell)
    return Plan(tuple(to_run), tuple(done), missing)


def run_cells(
    declaration: Declaration,
    cells: Sequence[Cell],
    folder: Path,
    *,
    processes: int = 1,
    registry: Registry = OWN,
) -> Iterator[str]:
    """Run cells, each in a process of its own with one thread, and yield a line for each that ends.

    Raises
    ------
    CellFailedError
        At the end, if a cell failed. An interruption ends the processes that are under
        way; what is written stays, and the next run goes on from there.
    """
    waiting, failed = list(reversed(cells)), []
    running: dict[subprocess.Popen[str], Cell] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(1, processes):
                cell = waiting.pop()
                running[_start(declaration, cell, folder, registry)] = cell
            ended = [process for process in running if process.poll() is not None]
            for process in ended:
                cell = running.pop(process)
                _, errors = process.communicate()
                if process.returncode == 0:
                    yield _done_line(folder, cell, declaration)
                else:
                    failed.append(cell.name)
                    last = (errors.strip().splitlines() or [f"ended with {process.returncode}"])[-1]
                    yield f"{cell.name}: failed: {last}"
            if not ended:
                time.sleep(0.02)
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.communicate()
    if failed:
        raise CellFailedError(
            f"{len(failed)} of {len(cells)} cells failed ({', '.join(failed)}); the others are written"
        )


def _start(declaration: Declaration, cell: Cell, folder: Path, registry: Registry) -> "subprocess.Popen[str]":
    job = {
        "study": declaration.name,
        "registry": registry.module,
        "folder": str(folder.resolve()),
        "question": cell.question.name,
        "data_set": cell.choice.model_dump(mode="json"),
        "method": cell.method.model_dump(mode="json"),
        "seed": cell.seed,
    }
    command = [sys.executable, "-m", "civictopics.study.worker", json.dumps(job)]
    environment = {**os.environ, **_ONE_THREAD, "PYTHONHASHSEED": "0"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _done_line(folder: Path, cell: Cell, declaration: Declaration) -> str:
    record = read_record(record_path(folder, cell))
    if record is None:
        raise CellFailedError(f"{cell.name} ended without a record in {folder}")
    metric = next(name for name in declaration.metrics if name in record["scores"])
    value = record["scores"][metric]["all"]
    return f"{cell.name}: {metric} {value:.3f}, {record['seconds']:.1f} s, {record['peak_megabytes']:.0f} MB"
