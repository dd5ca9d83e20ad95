"""Declarations of experiments: what a TOML file may say, and clear errors where it says something else."""

import inspect
import tomllib
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from civictopics.errors import UsageError
from civictopics.study.question import Question
from civictopics.study.registry import OWN, Registry

_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataChoice(_Strict):
    """A data set of an experiment, and the languages and methods that are used on it (all by default)."""

    name: str
    languages: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


class MethodChoice(_Strict):
    """A method of an experiment: a name of its own, the registered method, how people read it, its settings."""

    name: _Name
    method: str = ""
    label: str = ""
    settings: dict[str, Any] = {}

    @property
    def registered(self) -> str:
        """The registered method; the name itself where none is given."""
        return self.method or self.name


class Declaration(_Strict):
    """One experiment: a question, asked of methods on data sets.

    Attributes
    ----------
    name, question, title, description : str
    data_sets, methods
    metrics : tuple of str
        The first is the main one.
    seeds : tuple of int
    level : float
        Of intervals and tests.
    resamples : int
        Of bootstraps and randomisations.
    slow_resamples : int
        Of scores that are not made of counts.
    reference_language : str
        The language that others are held against.
    margin : float
        The loss against it that is accepted.
    """

    name: _Name
    question: str
    title: str
    description: str = ""
    data_sets: Annotated[tuple[DataChoice, ...], Field(min_length=1)]
    methods: Annotated[tuple[MethodChoice, ...], Field(min_length=1)]
    metrics: Annotated[tuple[str, ...], Field(min_length=1)]
    seeds: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(min_length=1)] = (0,)
    level: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    resamples: Annotated[int, Field(ge=100)] = 10_000
    slow_resamples: Annotated[int, Field(ge=100)] = 1_000
    reference_language: str = "vi"
    margin: Annotated[float, Field(ge=0, lt=1)] = 0.05

    def label(self, method: str) -> str:
        """Return how people read a method's name."""
        return next((m.label or m.name for m in self.methods if m.name == method), method)


def load_declaration(path: str | Path, registry: Registry = OWN) -> Declaration:
    """Read and check a declaration.

    Raises
    ------
    UsageError
        If the file cannot be read, a key is unknown, or a value is not one of the legal
        ones; the message names the key and lists what it may be.
    """
    file = Path(path)
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not TOML: {error}") from error
    try:
        found = Declaration.model_validate(given)
    except ValidationError as error:
        raise UsageError(f"{file}: {'; '.join(_explained(part) for part in error.errors())}") from None
    if found.name != file.stem:
        raise UsageError(f"{file}: name is {found.name!r}; it must be that of the file, {file.stem!r}")
    _check(file, found, registry)
    return found


def _explained(error: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        homes: dict[Any, type[BaseModel]] = {"data_sets": DataChoice, "methods": MethodChoice}
        model = homes[error["loc"][0]] if len(error["loc"]) > 1 else Declaration
        return f"unknown key {place!r}; legal keys: {', '.join(sorted(model.model_fields))}"
    if error["type"] == "missing":
        return f"the key {place!r} is missing"
    return f"{place!r} is {error['input']!r}: {error['msg'][0].lower()}{error['msg'][1:]}"


def _check(file: Path, found: Declaration, registry: Registry) -> None:
    _one_of(file, "question", found.question, registry.questions)
    question = registry.questions[found.question]
    for place, metric in enumerate(found.metrics):
        _one_of(file, f"metrics.{place}", metric, question.metrics)
    for place, data_set in enumerate(found.data_sets):
        _one_of(file, f"data_sets.{place}.name", data_set.name, question.data_sets)
        for language in data_set.languages:
            _one_of(file, f"data_sets.{place}.languages", language, registry.data_sets[data_set.name].languages)
        for chosen in data_set.methods:
            _one_of(file, f"data_sets.{place}.methods", chosen, [method.name for method in found.methods])
    for place, method in enumerate(found.methods):
        _one_of(file, f"methods.{place}.{'method' if method.method else 'name'}", method.registered, question.methods)
        _check_settings(file, f"methods.{place}.settings", method, question)
    for key, names in (
        ("seeds", [str(seed) for seed in found.seeds]),
        ("metrics", list(found.metrics)),
        ("data_sets.name", [choice.name for choice in found.data_sets]),
        ("methods.name", [choice.name for choice in found.methods]),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise UsageError(f"{file}: {key!r} has {twice[0]} twice; each must occur once")


def _check_settings(file: Path, key: str, method: MethodChoice, question: Question) -> None:
    module, _, name = question.methods[method.registered].partition(":")
    parameters = inspect.signature(getattr(import_module(module), name)).parameters.values()
    legal = {p.name: p.annotation for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
    for setting, value in method.settings.items():
        _one_of(file, key, setting, legal, what="key")
        try:
            TypeAdapter(legal[setting]).validate_python(value)
        except ValidationError as error:
            message = error.errors()[0]["msg"]
            raise UsageError(f"{file}: '{key}.{setting}' is {value!r}: {message[0].lower()}{message[1:]}") from None


def _one_of(file: Path, key: str, value: str, legal: Collection[str], what: str = "value") -> None:
    if value not in legal:
        raise UsageError(f"{file}: {key!r} is {value!r}; legal {what}s: {', '.join(legal) or 'none'}")
