from pathlib import Path

import numpy as np
import pytest

from civictopics.encoding.training.aligned import aligned_sentences, read_phrasebook, split_sentences
from civictopics.encoding.training.batches import AlignedCounts
from civictopics.encoding.training.fitting import Recipe, train_encoder
from civictopics.encoding.training.losses import Floats, ranking_gradient, teacher_gradient, through_length, unit_length
from civictopics.encoding.training.subwords import added_twins, tone_twin, train_tokenizer
from civictopics.encoding.training.teacher import taught_vectors, write_teacher
from civictopics.errors import InputError, UsageError
from civictopics.languages import LANGUAGES
from tests.encoding.conftest import tiny_units

QUICK = Recipe(n_pieces=200, n_dimensions=16, epochs=30, batch_size=24, teaching=0.0)


def test_a_trained_encoder_finds_translations_and_is_the_same_each_time() -> None:
    units = tiny_units()
    first, second = train_encoder(units, QUICK), train_encoder(units, QUICK)
    np.testing.assert_array_equal(first.token_vectors, second.token_vectors)
    assert first.tokenizer.to_str() == second.tokenizer.to_str()
    vectors = {code: first.encode([unit.texts[code][0] for unit in units]) for code in LANGUAGES}
    for code in LANGUAGES:
        assert ((vectors["vi"] @ vectors[code].T).argmax(axis=1) == np.arange(len(units))).mean() > 0.9


def test_a_teacher_draws_what_it_finds_alike_together(tmp_path: Path) -> None:
    units = tiny_units()
    taught = np.array([[1.0, 0.0] if number % 6 < 3 else [-1.0, 0.0] for number in range(len(units))])
    write_teacher(tmp_path / "t.safetensors", [unit.texts["en"][0] for unit in units], taught, 1)
    recipe = Recipe(n_pieces=200, n_dimensions=16, epochs=30, batch_size=24, ranking=0.0)
    encoder = train_encoder(units, recipe, tmp_path / "t.safetensors")
    vectors = encoder.encode([unit.texts["ru"][0] for unit in units])
    like = (vectors @ vectors.T)[taught[:, 0] > 0][:, taught[:, 0] > 0].mean()
    unlike = (vectors @ vectors.T)[taught[:, 0] > 0][:, taught[:, 0] < 0].mean()
    assert like > unlike + 0.2


def test_texts_without_a_teacher_s_vector_are_told(tmp_path: Path) -> None:
    units = tiny_units(4)
    texts = [unit.texts["en"][0] for unit in units[:3]]
    write_teacher(tmp_path / "t.safetensors", texts, np.eye(3), 2)
    vectors, known = taught_vectors(tmp_path / "t.safetensors", units)
    assert known.tolist() == [1, 1, 1, 0]
    assert vectors.shape == (4, 2)
    (tmp_path / "t.safetensors").write_bytes(b"no")
    with pytest.raises(InputError, match="not a file of teacher vectors"):
        taught_vectors(tmp_path / "t.safetensors", units)


@pytest.mark.parametrize("seed", [0, 1])
def test_gradients_are_those_of_finite_differences(seed: int) -> None:
    generator = np.random.default_rng(seed)
    raw = generator.standard_normal((5 * 4, 6))
    order = generator.permutation(5)
    image = generator.standard_normal((6, 3))
    taught = unit_length(generator.standard_normal((4, 3)))[0]
    known = np.array([1.0, 0.0, 1.0, 1.0])

    def loss(values: Floats) -> float:
        cube = unit_length(values)[0].reshape(5, 4, 6)
        return ranking_gradient(cube, order, 7.0)[0] + teacher_gradient(cube, image, taught, known)[0]

    rows, lengths = unit_length(raw)
    cube = rows.reshape(5, 4, 6)
    pull = ranking_gradient(cube, order, 7.0)[1] + teacher_gradient(cube, image, taught, known)[1]
    gradient = through_length(pull.reshape(20, 6), rows, lengths)
    numeric = np.zeros_like(raw)
    for place in np.ndindex(*raw.shape):
        step = np.zeros_like(raw)
        step[place] = 1e-5
        numeric[place] = (loss(raw + step) - loss(raw - step)) / 2e-5
    np.testing.assert_allclose(gradient, numeric, atol=1e-4)


def test_the_vocabulary_holds_numbers_and_both_spellings() -> None:
    texts = ["Ủy ban tỉnh Hòa Bình có 9.140 hộ năm 2023"] * 20 + ["Khánh Hòa thủy lợi"] * 20
    tokenizer = train_tokenizer(texts, 120)
    assert tokenizer.encode("9.140 hộ năm 2023").tokens[-1] == "▁2023"
    same = [tokenizer.encode(text).tokens for text in ("9.140", "9,140", "9140", "٩١٤٠", "９１４０")]
    assert same == [["▁9", "▁140"]] * 5
    numbers = tokenizer.get_vocab()
    assert added_twins(tokenizer)[numbers["▁hoà"]] == numbers["▁hòa"]
    assert tokenizer.encode("HOÀ").tokens == ["▁hoà"]
    assert len(numbers) == tokenizer.get_vocab_size()
    assert tokenizer.to_str() == train_tokenizer(texts, 120).to_str()


@pytest.mark.parametrize(
    ("piece", "twin"),
    [("hòa", "hoà"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("hoàn", ""), ("mùa", ""), ("party", ""), ("▁họa", "▁hoạ")],
)
def test_tone_marks_move_between_vowels(piece: str, twin: str) -> None:
    assert tone_twin(piece) == twin
    assert not twin or tone_twin(twin) == piece


def test_drawn_counts_are_aligned_and_joined() -> None:
    units = tiny_units(6)
    tokenizer = train_tokenizer([text for unit in units for texts in unit.texts.values() for text in texts], 100)
    counts = AlignedCounts(units, tokenizer)
    plain = counts.draw(np.arange(6), np.random.default_rng(0), 0.0, 0.0)
    joined = counts.draw(np.arange(6), np.random.default_rng(0), 1.0, 0.0)
    halved = counts.draw(np.arange(6), np.random.default_rng(0), 0.0, 0.5)
    assert plain.shape == joined.shape == (30, tokenizer.get_vocab_size())
    assert (joined.sum(axis=1) > plain.sum(axis=1)).all()
    assert halved.sum() < plain.sum()
    assert plain.sum(axis=1)[6] == len(tokenizer.encode(units[0].texts[LANGUAGES[1]][0]).ids)


def test_sentences_are_cut_where_all_languages_agree() -> None:
    assert split_sentences("Ông Nguyễn V. Nam nói. Dân nghe (rất đông. Thật vậy) và hỏi! Xong") == [
        "Ông Nguyễn V. Nam nói.",
        "Dân nghe (rất đông. Thật vậy) và hỏi!",
        "Xong",
    ]
    texts = {"en": "One came. Two left.", "ru": "Один пришёл. Двое ушли.", "ar": "جاء واحد. ذهب اثنان."}
    assert [part["ru"] for part in aligned_sentences(texts)] == ["Один пришёл.", "Двое ушли."]
    assert aligned_sentences({**texts, "sv": "En kom och två gick."}) == []


def test_a_phrasebook_is_read_with_its_variants(tmp_path: Path) -> None:
    lines = ["vi\ten\tsv\tru\tar", "thi đua\temulation|competition\ttävlan\tсоревнование\tمنافسة", "x\t\ty\tz\tw"]
    (tmp_path / "p.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (unit,) = read_phrasebook(tmp_path)
    assert unit.texts["en"] == ("emulation", "competition")
    with pytest.raises(UsageError, match=r"no phrasebook \*\.tsv"):
        read_phrasebook(tmp_path / "nowhere")
