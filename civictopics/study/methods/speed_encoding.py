"""How fast the shipped encoder is, beside an English transformer in the same process."""

import statistics
import subprocess
import sys
from importlib import import_module

from civictopics.study.predictions import Predictions
from civictopics.study.speed_data import TimedTexts

_MEMORY = """
from civictopics.encoding.loading import load_encoder
from civictopics.study.measuring import peak_megabytes
from civictopics.study.speed_data import mixed_texts
texts = mixed_texts(10_000)
encoder = load_encoder()
before = peak_megabytes()
assert len(encoder.encode(texts)) == len(texts)
print(peak_megabytes(), before)
"""
_LOAD = """
import time
start = time.perf_counter()
from civictopics.encoding.loading import load_encoder
imported = time.perf_counter()
load_encoder()
print(time.perf_counter() - imported, imported - start)
"""


def shipped_encoder(data: TimedTexts, seed: int, *, repeats: int = 5, rival_articles: int = 40) -> Predictions:
    """Encode all articles with one thread; the rival encodes some of them, cut at 256 tokens, with two threads.

    Also measured: seconds of loading the model and of importing what it needs (in
    fresh processes), megabytes on disk, and of memory of a process that encodes
    10,000 articles.
    """
    from civictopics.encoding.loading import load_encoder, shipped_folder
    from civictopics.study.methods.encoder_rivals import english_minilm
    from civictopics.study.methods.speed_timing import timed

    import_module("torch").set_num_threads(2)
    rival = english_minilm()
    texts = [article.text for article in data.articles]
    few = texts[:: max(1, len(texts) // rival_articles)][:rival_articles]
    encoder = load_encoder()
    loads = [_numbers(_LOAD) for _ in range(repeats)]
    peak, before = _numbers(_MEMORY)
    measured = {
        "load_seconds": statistics.median(load for load, _ in loads),
        "import_seconds": statistics.median(imports for _, imports in loads),
        "megabytes_on_disk": sum(path.stat().st_size for path in shipped_folder().rglob("*") if path.is_file()) / 1e6,
        "megabytes_at_10000_articles": peak,
        "megabytes_before_them": before,
    }
    return timed(
        (len(texts), lambda: encoder.encode(texts)),
        (len(few), lambda: rival.encode(few)),
        repeats=repeats,
        measured=measured,
    )


def _numbers(code: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = map(float, done.stdout.split())
    return first, second
