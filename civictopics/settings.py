"""Everything that a run's results depend on, besides its inputs."""

from dataclasses import dataclass, field

from civictopics.corpus.assembling import ReadingSettings
from civictopics.tagging.table import DEFAULT_RISK

N_DISCOVERED = 8


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How the main job works.

    Attributes
    ----------
    reading : ReadingSettings
    encoder : str
        Name or path of an encoder; the shipped one where empty.
    n_discovered : int
        Number of discovered themes.
    risk : float
        Fields more likely wrong than this are named in the column `check`.
    seed : int
        Seed of all that is random.
    """

    reading: ReadingSettings = field(default_factory=ReadingSettings)
    encoder: str = ""
    n_discovered: int = N_DISCOVERED
    risk: float = DEFAULT_RISK
    seed: int = 0
