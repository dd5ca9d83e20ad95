from pathlib import Path

import numpy as np
import pytest

from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.encoding.training.saving import save_encoder
from civictopics.encoding.training.subwords import train_tokenizer
from civictopics.languages import LANGUAGES

WORDS = {
    "vi": ["hội nghị", "phong trào", "thi đua", "khen thưởng", "đảng viên", "dân vận"],
    "en": ["conference", "movement", "emulation", "commendation", "member", "mobilisation"],
    "sv": ["konferens", "rörelse", "tävlan", "beröm", "medlem", "mobilisering"],
    "ru": ["конференция", "движение", "соревнование", "поощрение", "член", "мобилизация"],
    "ar": ["مؤتمر", "حركة", "محاكاة", "تكريم", "عضو", "تعبئة"],
}


def tiny_units(count: int = 48) -> list[AlignedUnit]:
    units = []
    for number in range(count):
        chosen = [number % 6, (number * 5 + 1) % 6, (number // 6) % 6]
        texts = {code: (" ".join(WORDS[code][word] for word in chosen) + f" {number}",) for code in LANGUAGES}
        units.append(AlignedUnit("passage", f"g{number // 2}", "other", texts))
    return units


@pytest.fixture(scope="session")
def tiny_encoder() -> StaticEncoder:
    tokenizer = train_tokenizer([text for unit in tiny_units() for texts in unit.texts.values() for text in texts], 200)
    vectors = np.random.default_rng(0).standard_normal((tokenizer.get_vocab_size(), 8)).astype(np.float32)
    return StaticEncoder(tokenizer, vectors, "tiny")


@pytest.fixture
def tiny_folder(tiny_encoder: StaticEncoder, tmp_path: Path) -> Path:
    save_encoder(tiny_encoder, tmp_path / "tiny", "# Tiny\n")
    return tmp_path / "tiny"
