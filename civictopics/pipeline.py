"""The main job: the stages in order, from files to tables, figures and a report."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from civictopics.corpus.assembling import AssembledCorpus, assemble_corpus
from civictopics.corpus.passages import split_passages
from civictopics.corpus.sampling import DigestSample
from civictopics.encoding.cache import VectorCache, default_cache_folder
from civictopics.encoding.caching import CachedEncoder
from civictopics.encoding.loading import load_encoder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.errors import InputError
from civictopics.output.folder import finished_folder
from civictopics.output.provenance import write_provenance
from civictopics.output.tables import article_writer, passage_writer
from civictopics.output.themes_file import write_themes
from civictopics.parallel import available_processes, map_batches
from civictopics.progress import StageClock, progress
from civictopics.report.figures import write_figures
from civictopics.report.gathering import gather
from civictopics.report.page import write_report
from civictopics.settings import RunSettings
from civictopics.tagging.analysis import CutArticle, ReadArticle, read_batch
from civictopics.tagging.summary import RunSummary
from civictopics.tagging.table import tag_row, tag_writer
from civictopics.themes.kmeans import KMeansThemes, discovered_name, weighted_majority

SAMPLED_PASSAGES = 20_000
LEAST_KNOWN = 0.5
"""An article of whose tokens the encoder knows less is noted: its vectors say little."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """Where a finished run's files are, and what it counted."""

    folder: Path
    n_articles: int
    n_dropped: int
    n_encoded: int
    notes: tuple[str, ...]
    n_notes: int
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class _SampledPassage:
    text: str
    language: str


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    settings: RunSettings | None = None,
    *,
    overwrite: bool = False,
    cache: Path | None = None,
    use_cache: bool = True,
    processes: int | None = None,
    command: Sequence[str] = (),
) -> RunResult:
    """Read `inputs` and write tables, figures and a report into the folder `out`.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders.
    out : str or Path
        A folder that appears complete or not at all.
    settings : RunSettings, optional
    overwrite : bool
        Replace the folder of an earlier run.
    cache : Path, optional
        Folder of cached vectors; the user's cache folder by default.
    use_cache : bool
        False keeps no vectors.
    processes : int, optional
        Worker processes, as many as there are cores by default; the files do not depend on it.
    command : sequence of str
        The command line, for ``run.json``.

    Raises
    ------
    UsageError
        If an input does not exist, or `out` does.
    InputError
        If nothing in the inputs can be used.
    OutputError
        If `out` cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("Hội nghị tổng kết công tác dân vận năm 2023.", encoding="utf-8")
    ...     result = run([Path(folder, "a.txt")], Path(folder, "out"), use_cache=False, processes=1)
    ...     result.n_articles, (result.folder / "report.html").is_file()
    (1, True)
    """
    settings = settings or RunSettings()
    workers = processes or available_processes()
    clock = StageClock()
    with finished_folder(Path(out), overwrite) as folder, ExitStack() as stack:
        work = folder / "work"
        work.mkdir()
        with clock.stage("reading"):
            corpus = _assemble(inputs, work, folder, settings, workers)
        vectors = VectorCache(cache or default_cache_folder()) if use_cache else None
        if vectors is not None:
            stack.enter_context(vectors)
        with clock.stage("vectors and themes"):
            sample = _sample(corpus)
            encoder = _encoder(settings, sample, vectors)
            discovered = _discover(encoder, sample, settings)
        with clock.stage("tagging and writing"):
            summary = _tag(corpus, folder, encoder, discovered, settings, workers)
        with clock.stage("themes and figures"):
            data = gather(summary, folder / "dropped.csv", settings.reading.languages_folder, settings.seed, workers)
            write_themes(folder / "themes.json", data.themes)
            described = write_figures(folder / "figures", data)
        data.record.update(write_provenance(folder / "run.json", settings, inputs, command, corpus, encoder, clock))
        write_report(folder / "report.html", data, described)
    return RunResult(
        Path(out),
        corpus.n_articles,
        corpus.n_dropped,
        encoder.n_encoded,
        tuple(corpus.notes),
        corpus.n_notes,
        clock.seconds,
    )


def _assemble(
    inputs: Sequence[str | Path], work: Path, folder: Path, settings: RunSettings, workers: int
) -> AssembledCorpus:
    corpus = assemble_corpus(inputs, work, folder / "dropped.csv", settings.reading, workers)
    if not corpus.n_articles:
        with (folder / "dropped.csv").open(encoding="utf-8") as file:
            reasons = "".join(f"\n  {line.rstrip()}" for _, line in zip(range(21), file, strict=False))
        raise InputError(f"nothing usable in {', '.join(map(str, inputs))}; not used ({corpus.n_dropped}):{reasons}")
    return corpus


def _sample(corpus: AssembledCorpus) -> list[_SampledPassage]:
    sample: DigestSample[_SampledPassage] = DigestSample(SAMPLED_PASSAGES)
    for batch in corpus.batches():
        for article in batch:
            for passage in split_passages(article.text):
                sample.add(passage, _SampledPassage(passage, article.lang))
    return sample.items()


def _encoder(settings: RunSettings, sample: list[_SampledPassage], cache: VectorCache | None) -> CachedEncoder:
    encoder = load_encoder(settings.encoder or None)
    if isinstance(encoder, LsaEncoder):
        encoder.seed = settings.seed
    return CachedEncoder(encoder, cache, [passage.text for passage in sample])


def _discover(encoder: CachedEncoder, sample: list[_SampledPassage], settings: RunSettings) -> KMeansThemes:
    vectors = encoder.encode([passage.text for passage in sample], [passage.language for passage in sample])
    return KMeansThemes(settings.n_discovered, settings.seed).fit(vectors)


def _tag(
    corpus: AssembledCorpus,
    folder: Path,
    encoder: CachedEncoder,
    discovered: KMeansThemes,
    settings: RunSettings,
    workers: int,
) -> RunSummary:
    summary = RunSummary()
    work = partial(read_batch, folder=settings.reading.languages_folder, encoder=encoder.static_name)
    with (
        article_writer(folder / "articles.parquet") as articles,
        passage_writer(folder / "passages.parquet") as passages,
        (folder / "tags.csv").open("w", encoding="utf-8", newline="") as tags,
        progress("tagging", corpus.n_articles) as bar,
    ):
        rows = tag_writer(tags)
        for batch in map_batches(work, _cut(corpus, encoder), workers):
            articles.write([read.article for read in batch])
            themes, closeness = _place(batch, discovered)
            end = 0
            for read in batch:
                start, end = end, end + len(read.passages)
                names = [discovered_name(theme) for theme in themes[start:end]]
                main = discovered_name(weighted_majority(themes[start:end], read.word_counts))
                row = tag_row(read, main, settings.risk)
                rows.writerow(row)
                passages.write(read, names)
                weights = np.array(read.word_counts, dtype=np.float64)
                mean = weights @ read.vectors / weights.sum()
                summary.add(read, row, mean, names, closeness[start:end])
                if read.known_tokens < LEAST_KNOWN:
                    corpus.note(f"{read.article.source}: the encoder knows only {read.known_tokens:.0%} of its tokens")
            bar.update(len(batch))
    return summary


def _cut(corpus: AssembledCorpus, encoder: CachedEncoder) -> Iterator[list[CutArticle]]:
    for batch in corpus.batches():
        cut = [split_passages(article.text) for article in batch]
        texts = [passage for passages in cut for passage in passages]
        languages = [article.lang for article, passages in zip(batch, cut, strict=True) for _ in passages]
        parts = np.split(encoder.encode(texts, languages), np.cumsum([len(passages) for passages in cut])[:-1])
        yield [CutArticle(*item) for item in zip(batch, cut, parts, strict=True)]


def _place(batch: list[ReadArticle], discovered: KMeansThemes) -> tuple[list[int], list[float]]:
    """Return the discovered theme of every passage of a batch, and how near it is to the theme's centre."""
    vectors = np.concatenate([read.vectors for read in batch])
    themes = discovered.predict(vectors)
    closeness = np.einsum("ij,ij->i", vectors, discovered.centres_[themes])
    return themes.tolist(), closeness.tolist()
