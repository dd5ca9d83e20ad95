"""Training with sentence-transformers, as a rival to our own."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.encoding.training.batches import AlignedCounts
from civictopics.encoding.training.fitting import Recipe
from civictopics.encoding.training.subwords import train_tokenizer
from civictopics.errors import ModelError
from civictopics.languages import LANGUAGES


def train_with_sentence_transformers(units: Sequence[AlignedUnit], recipe: Recipe) -> StaticEncoder:
    """Train a StaticEmbedding with the multiple negatives ranking loss; no teacher.

    Raises
    ------
    ModelError
        If sentence-transformers is not installed.
    """
    torch, library, modules, losses = _libraries()
    torch.manual_seed(recipe.seed)
    texts = [text for unit in units for code in LANGUAGES for text in unit.texts[code]]
    tokenizer = train_tokenizer(texts, recipe.n_pieces)
    static = modules.StaticEmbedding(tokenizer, embedding_dim=recipe.n_dimensions)
    torch.nn.init.normal_(static.embedding.weight, std=recipe.n_dimensions**-0.5)
    model = library.SentenceTransformer(modules=[static, modules.Normalize()], device="cpu")
    ranking = losses.MultipleNegativesRankingLoss(
        model, scale=recipe.scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate, betas=(0.9, 0.99))
    generator, counts = np.random.default_rng(recipe.seed), AlignedCounts(units, tokenizer)
    size = min(recipe.batch_size, len(units))
    steps = recipe.epochs * (len(units) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    for _ in range(recipe.epochs):
        shuffled = generator.permutation(len(units))
        for start in range(0, len(units) - size + 1, size):
            drawn = counts.draw(shuffled[start : start + size], generator, recipe.joined, recipe.dropout)
            drawn.eliminate_zeros()
            features = {
                "input_ids": torch.from_numpy(np.repeat(drawn.indices, drawn.data.astype(int)).astype(np.int64)),
                "offsets": torch.from_numpy(_offsets(drawn)),
            }
            cube = model(features)["sentence_embedding"].view(len(LANGUAGES), size, -1)
            order = generator.permutation(len(LANGUAGES))
            pairs = zip(order, np.roll(order, -1), strict=True)
            loss = sum(ranking.compute_loss_from_embeddings([cube[a], cube[b]], None) for a, b in pairs) / len(order)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return StaticEncoder(tokenizer, static.embedding.weight.detach().numpy(), "sentence-transformers")


def _libraries() -> tuple[Any, Any, Any, Any]:
    try:
        part = "sentence_transformers.sentence_transformer"
        names = ("torch", "sentence_transformers", f"{part}.modules", f"{part}.losses")
        torch, library, modules, losses = (import_module(name) for name in names)
    except ImportError as error:
        raise ModelError(
            f"this rival needs sentence-transformers: pip install 'civictopics[transformers]' ({error})"
        ) from error
    return torch, library, modules, losses


def _offsets(drawn: Any) -> NDArray[np.int64]:  # noqa: ANN401 - a sparse matrix
    lengths = np.asarray(drawn.sum(axis=1)).ravel().astype(np.int64)
    return np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
