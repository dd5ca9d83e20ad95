from civictopics.languages import load_languages
from civictopics.themes.keyphrases import domain_words, key_phrases

STOPS = frozenset({"the", "of", "and", "in", "month", "a", "to", "was", "were"})


def test_names_of_people_and_places_are_left_out() -> None:
    texts = {
        "farm": ["The harvest in Ha Noi was praised by Nguyen Van An."] * 3 + ["Nguyen Van An saw a harvest."],
        "sea": ["The trawler in Hue was seen.", "A trawler was lost.", "Fog and a trawler."],
    }
    found = key_phrases(texts, STOPS)
    assert "harvest" in found["farm"]
    assert "trawler" in found["sea"]
    assert not {"nguyen", "van", "ha noi", "noi", "hue"} & {word for phrases in found.values() for word in phrases}


def test_words_of_the_domain_are_no_names() -> None:
    texts = {
        "party": ["In spring the Party cell met.", "A Party cell grew.", "The Party cell"],
        "farm": ["Rice.", "Oil."],
    }
    assert "party cell" not in key_phrases(texts, STOPS)["party"]
    assert "party cell" in key_phrases(texts, STOPS, domain={"party"})["party"]
    assert "party" in domain_words(load_languages()["en"])


def test_inflections_of_one_word_are_one_phrase() -> None:
    russian = key_phrases({"a": ["ячейки.", "ячеек.", "ячейкам."] * 2, "b": ["рис.", "рис рос."]}, set())
    assert sum(phrase.startswith("яче") for phrase in russian["a"]) == 1
    arabic = key_phrases({"a": ["خلية.", "الخلايا."] * 2, "b": ["أرز.", "أرز وفير."]}, set())
    assert sum("خل" in phrase for phrase in arabic["a"]) == 1


def test_vietnamese_phrases_have_two_syllables_or_more() -> None:
    texts = {"party": ["chi bộ họp.", "đảng viên chi bộ."], "farm": ["trồng lúa nước.", "lúa nước tốt."]}
    found = key_phrases(texts, set(), shortest=2)
    assert "chi bộ" in found["party"]
    assert all(" " in phrase for phrases in found.values() for phrase in phrases)


def test_what_a_number_counts_begins_no_phrase_and_a_cut_phrase_is_completed() -> None:
    texts = {
        "tet": ["145 kg fireworks; lunar month.", "30 kg fireworks, a lunar month.", "the lunar month was quiet."],
        "farm": ["rice grew well.", "more rice came."],
    }
    found = key_phrases(texts, STOPS)["tet"]
    assert not any(phrase.startswith("kg") for phrase in found)
    assert "lunar month" in found
    assert "lunar" not in found


def test_a_text_that_repeats_itself_counts_once() -> None:
    texts = {"a": ["bell " * 50, "drum roll", "drum call", "drum beat"], "b": ["rice", "rice field"]}
    assert key_phrases(texts, STOPS)["a"][0] == "drum"


def test_a_theme_in_five_languages_has_five_lists() -> None:
    from civictopics import load_corpus
    from civictopics.languages import LANGUAGES
    from civictopics.themes.discovering import phrases_of_themes

    events = list(load_corpus())[:40]
    rows = [
        (passage.text[code], code, int(passage.theme == "party_building"))
        for event in events
        for passage in event.passages
        for code in LANGUAGES
    ]
    import numpy as np

    texts, codes, labels = zip(*rows, strict=True)
    found = phrases_of_themes(texts, codes, np.array(labels), 2)[1]
    assert tuple(found) == LANGUAGES
    assert all(len(phrases) >= 5 for phrases in found.values())
    assert not set(found["ru"]) & set(found["ar"])
