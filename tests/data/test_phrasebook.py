"""The phrasebook: five columns, no empty cell, no duplicate, enough entries."""

import unicodedata
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "phrasebook"
PROVINCES_BEFORE_2025 = (
    "Hà Nội, Hải Phòng, Đà Nẵng, Thành phố Hồ Chí Minh, Cần Thơ, An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, "
    "Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao "
    "Bằng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Tĩnh, Hải "
    "Dương, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, "
    "Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng "
    "Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh "
    "Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái"
)
PROVINCES_AFTER = (
    "Hà Nội, Huế, Lai Châu, Điện Biên, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, Hà Tĩnh, Cao "
    "Bằng, Tuyên Quang, Lào Cai, Thái Nguyên, Phú Thọ, Bắc Ninh, Hưng Yên, Hải Phòng, Ninh Bình, Quảng "
    "Trị, Đà Nẵng, Quảng Ngãi, Gia Lai, Khánh Hòa, Lâm Đồng, Đắk Lắk, Thành phố Hồ Chí Minh, Đồng Nai, "
    "Tây Ninh, Cần Thơ, Vĩnh Long, Đồng Tháp, Cà Mau, An Giang"
)


def rows() -> list[tuple[str, list[str]]]:
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "vi\ten\tsv\tru\tar", path.name
        found += [(path.name, line.split("\t")) for line in lines[1:]]
    return found


def test_form_and_size() -> None:
    entries = rows()
    assert len(entries) >= 1200
    for name, cells in entries:
        assert len(cells) == 5, (name, cells)
        for cell in cells:
            variants = cell.split("|")
            assert all(v and v == v.strip() == unicodedata.normalize("NFC", v) for v in variants), (name, cell)
            assert len(set(variants)) == len(variants), (name, cell)
    assert len({cells[0] for _, cells in entries}) == len(entries)
    assert sum("|" in cells[1] for _, cells in entries) > 0.3 * len(entries)


def test_all_provinces_before_and_after_the_mergers_are_there() -> None:
    places = {variant for name, cells in rows() if name == "places.tsv" for variant in cells[0].split("|")}
    before, after = PROVINCES_BEFORE_2025.split(", "), PROVINCES_AFTER.split(", ")
    assert (len(before), len(after)) == (63, 34)
    assert not {*before, *after} - places
