"""Openings of news reports put together from parts: how papers tell of a meeting, or only mention one."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from civictopics.errors import InputError

_SLOT = re.compile(r"\{(\w+)\}")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of an invented report.

    Attributes
    ----------
    title, text, language : str
    meeting_type : str
    event : str
        The pattern of its event, or of the opening: openings of one pattern belong together.
    """

    title: str
    text: str
    language: str
    meeting_type: str
    event: str


def make_openings(content: Mapping[str, Any], language: str, seed: int = 0) -> list[Opening]:
    """Return openings for every event and frame of a file of parts.

    Each event is told in all frames; events are mentioned in passing, under
    the type `none`, as often as there are patterns for it.

    Parameters
    ----------
    content : mapping
        Tables `parts`, `frames`, `events` and `none`.
    language : str
    seed : int, default=0

    Raises
    ------
    InputError
        If a pattern asks for parts that are not listed.
    """
    drawer = random.Random(seed)
    parts: Mapping[str, Sequence[str]] = content["parts"]
    made = []
    events: Mapping[str, Sequence[str]] = content["events"]
    for kind, patterns in events.items():
        for number, pattern in enumerate(patterns):
            for turn in range(_turns(len(patterns))):
                frame = content["frames"]["told"][(number + 3 * turn) % len(content["frames"]["told"])]
                text = _filled(frame, {**parts, "event": [pattern]}, drawer)
                text += "\n" + " ".join(_filled("{story}", parts, drawer) for _ in range(drawer.randint(2, 6)))
                title = _filled(_title(turn, pattern), parts, drawer)
                made.append(Opening(title, text, language, kind, pattern))
    passing = [pattern for kind in events for pattern in events[kind]]
    for frame in content["frames"]["mentioned"]:
        for pattern in drawer.sample(passing, 12):
            text = _filled(frame, {**parts, "event": [pattern]}, drawer)
            made.append(Opening(_filled("{claim}", parts, drawer), text, language, "none", frame))
    for pattern in content["none"]["openings"]:
        for _ in range(3):
            text = _filled(pattern, parts, drawer)
            text += "\n" + " ".join(_filled("{life}", parts, drawer) for _ in range(drawer.randint(2, 6)))
            title = "" if drawer.random() < 0.3 else _filled(pattern, parts, drawer).split(".")[0]
            made.append(Opening(title, text, language, "none", pattern))
    return made


def load_openings(folder: Path | None = None, seed: int = 0) -> list[Opening]:
    """Return the openings of every file ``leads.*.toml`` of `folder`, by default that of ``data/``."""
    home = folder or Path(str(files("civictopics"))).parent / "data" / "meeting-types"
    made = []
    for path in sorted(home.glob("leads.*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        made += make_openings(content, path.name.split(".")[1], seed)
    return made


def _turns(n_patterns: int) -> int:
    """Return how often each event is told: types with few patterns oftener."""
    return max(3, round(48 / n_patterns))


def _title(turn: int, pattern: str) -> str:
    """Return the headline's pattern: mostly something said, sometimes the event, sometimes none."""
    if turn % 4 == 3:
        return pattern[:1].upper() + pattern[1:]
    return "" if turn % 8 == 6 else "{claim}"


def _filled(pattern: str, parts: Mapping[str, Sequence[str]], drawer: random.Random) -> str:
    def draw(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parts:
            raise InputError(f"{{{name}}} in {pattern!r} is not among the parts: {', '.join(sorted(parts))}")
        return drawer.choice(parts[name])

    for _ in range(_DEEPEST):
        filled = _SLOT.sub(draw, pattern)
        if filled == pattern:
            break
        pattern = filled
    return pattern[:1].upper() + pattern[1:]
