"""The quality gate: scores must not fall below their floors, and the data must be those that the floors are for."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from civictopics.errors import CivicTopicsError, UsageError
from civictopics.study.cells import ALL, read_record, write_record
from civictopics.study.data_sets import DataMissingError
from civictopics.study.registry import OWN, Registry


class QualityError(CivicTopicsError):
    """A score is below its floor, or the data are not those that the floors are for."""


class Floor(BaseModel):
    """The least that a score of a cell may be; the most, where lower is better."""

    model_config = ConfigDict(extra="forbid")
    experiment: str
    data_set: str
    method: str
    metric: str
    language: str = ALL
    seed: int = 0
    floor: float

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"{self.experiment}: {self.metric} of {self.method} on {self.data_set} ({self.language})"


class Pins(BaseModel):
    """What ``quality.json`` holds.

    Attributes
    ----------
    slack : float
        How far below a score its floor is put when it is pinned.
    data : dict of str to str
        Digest of each data set.
    floors : list of Floor
    """

    model_config = ConfigDict(extra="forbid")
    slack: Annotated[float, Field(ge=0)] = 0.005
    data: dict[str, str]
    floors: list[Floor]


@dataclass(frozen=True, slots=True)
class _Checked:
    floor: Floor
    value: float
    kept: bool
    proposed: float


def check_quality(pins_file: Path, results: Path, registry: Registry = OWN) -> list[str]:
    """Return a line per floor that is kept or cannot be checked here.

    Raises
    ------
    QualityError
        If a score is below its floor, a cell is missing, or a data set has changed; the
        message names all of them.
    """
    pins = _read(pins_file)
    wrong, lines = _changed_data(pins, registry)
    for floor in pins.floors:
        checked = _look_up(floor, pins.slack, results, registry)
        if checked is None:
            wrong.append(f"{floor.name}: no such score in {results}; run the experiment")
        elif checked.kept:
            lines.append(f"{floor.name}: {checked.value:.3f}, floor {floor.floor:.3f}")
        else:
            wrong.append(f"{floor.name}: {checked.value:.3f} is beyond its floor {floor.floor:.3f}")
    if wrong:
        raise QualityError("; ".join(wrong) + " (to pin anew: --pin, and to go down: --pin --lower)")
    return lines


def pin_quality(pins_file: Path, results: Path, *, lower: bool = False, registry: Registry = OWN) -> list[str]:
    """Pin digests and floors anew: floors go up to the scores (less the slack), and down only with `lower`.

    Raises
    ------
    QualityError
        If a floor would go down and `lower` is false; nothing is written then.
    """
    pins = _read(pins_file)
    lines, refused, floors = [], [], []
    for floor in pins.floors:
        checked = _look_up(floor, pins.slack, results, registry)
        if checked is None:
            raise QualityError(f"{floor.name}: no such score in {results}; run the experiment")
        if not checked.kept and not lower:
            refused.append(f"{floor.name}: {checked.value:.3f} is beyond its floor {floor.floor:.3f}")
        better = _better(checked.proposed, floor.floor, floor, registry)
        new = checked.proposed if better or not checked.kept else floor.floor
        if new != floor.floor:
            lines.append(f"{floor.name}: floor {floor.floor:.3f} -> {new:.3f}")
        floors.append(floor.model_copy(update={"floor": new}))
    if refused:
        raise QualityError("; ".join(refused) + "; floors go down only with --lower")
    data = dict(pins.data)
    for name in data:
        try:
            data[name] = registry.data_sets[name].digest()
        except DataMissingError as error:
            lines.append(f"{error}; its digest stays")
    write_record(pins_file, Pins(slack=pins.slack, data=data, floors=floors).model_dump(mode="json"))
    return lines or ["no floor has changed"]


def _read(path: Path) -> Pins:
    try:
        return Pins.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except (ValidationError, json.JSONDecodeError) as error:
        raise UsageError(
            f"{path}: {str(error).splitlines()[1] if isinstance(error, ValidationError) else error}"
        ) from None


def _changed_data(pins: Pins, registry: Registry) -> tuple[list[str], list[str]]:
    wrong, lines = [], []
    for name, digest in pins.data.items():
        try:
            if registry.data_sets[name].digest() != digest:
                wrong.append(f"the data set {name} is not the one that the floors are for")
        except DataMissingError as error:
            lines.append(f"{error}; its digest was not checked")
    return wrong, lines


def _look_up(floor: Floor, slack: float, results: Path, registry: Registry) -> _Checked | None:
    record = read_record(results / floor.experiment / "runs" / f"{floor.data_set}--{floor.method}--{floor.seed}.json")
    value = None if record is None else record["scores"].get(floor.metric, {}).get(floor.language)
    if record is None or value is None:
        return None
    up = registry.questions[record["question"]].metrics[floor.metric].higher_is_better
    kept = value >= floor.floor if up else value <= floor.floor
    proposed = math.floor((value - slack) * 1000) / 1000 if up else math.ceil((value + slack) * 1000) / 1000
    return _Checked(floor, value, kept, proposed)


def _better(new: float, old: float, floor: Floor, registry: Registry) -> bool:
    metrics = [q.metrics[floor.metric] for q in registry.questions.values() if floor.metric in q.metrics]
    return new > old if metrics[0].higher_is_better else new < old
