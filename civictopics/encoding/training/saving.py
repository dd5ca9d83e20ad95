"""Write an encoder in the format of sentence-transformers."""

import json
import shutil
import tempfile
from pathlib import Path

from safetensors.numpy import save_file

from civictopics.encoding.folder import MODULES, TOKENIZER, WEIGHTS, write_manifest
from civictopics.encoding.static import StaticEncoder

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG = {
    "__version__": {"sentence_transformers": "6.0.0"},
    "default_prompt_name": None,
    "model_type": "SentenceTransformer",
    "prompts": {},
    "similarity_fn_name": "cosine",
}


def save_encoder(encoder: StaticEncoder, folder: Path, card: str = "") -> None:
    """Write `encoder` into `folder`, which appears complete or stays as it was.

    Parameters
    ----------
    encoder : StaticEncoder
    folder : Path
        Replaced where it exists.
    card : str
        Content of ``README.md``, if any.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new.chmod(0o755)
        (new / "1_Normalize").mkdir()
        _write_json(new / MODULES, _MODULES)
        _write_json(new / "config_sentence_transformers.json", _CONFIG)
        _write_json(new / "1_Normalize" / "config.json", {})
        encoder.tokenizer.save(str(new / TOKENIZER), pretty=False)
        save_file({"embedding.weight": encoder.token_vectors}, new / WEIGHTS)
        (new / WEIGHTS).chmod(0o644)
        if card:
            (new / "README.md").write_text(card, encoding="utf-8", newline="\n")
        write_manifest(new)
        _exchange(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _exchange(new: Path, folder: Path) -> None:
    old = new.with_name(new.name + "-old")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
