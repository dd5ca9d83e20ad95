import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not here: this test measures on material that is not redistributed")
    return SHARED


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def write_jsonl(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: object, name: str = "articles.jsonl") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def in_ci() -> bool:
    return os.environ.get("CI", "") == "true"


VIETNAMESE = (
    "Sáng 12/7, Đảng ủy xã Bình Minh tổ chức hội nghị sơ kết công tác 6 tháng đầu năm 2023. "
    "Kinh tế của xã tăng khá, thu ngân sách đạt 56% dự toán, đường liên thôn được trải nhựa. "
    "Chi bộ kết nạp 14 đảng viên mới, các đoàn thể vận động nhân dân hiến đất làm đường."
)
SWEDISH = (
    "På morgonen den 12 juli höll partikommittén i kommunen en konferens om årets första sex månader. "
    "Ekonomin växte, budgetintäkterna nådde 56 procent av beräkningen och vägarna mellan byarna asfalterades. "
    "Partiet antog 14 nya medlemmar och föreningarna uppmanade folket att skänka mark till vägen."
)
RUSSIAN = (
    "Утром 12 июля партийный комитет коммуны провел конференцию по итогам первых шести месяцев 2023 года. "
    "Экономика выросла, доходы бюджета составили 56 процентов сметы, дороги между деревнями заасфальтированы. "
    "Партийная ячейка приняла 14 новых членов, организации призвали жителей отдать землю под дорогу."
)
ARABIC = (
    "في صباح يوم 12 يوليو عقدت لجنة الحزب في البلدية مؤتمرا لمراجعة عمل الأشهر الستة الأولى من عام 2023. "
    "نما الاقتصاد وبلغت إيرادات الميزانية 56 في المائة من التقديرات وعبدت الطرق بين القرى. "
    "وقبلت الخلية 14 عضوا جديدا ودعت المنظمات السكان إلى التبرع بالأرض للطريق."
)
ENGLISH = (
    "On the morning of July 12 the Party Committee of the commune held a conference on the first six months of 2023. "
    "The economy grew, budget revenue reached 56 per cent of the estimate and the roads between villages were paved. "
    "The cell admitted 14 new members and the associations asked people to give land for the road."
)
TEXTS = {"vi": VIETNAMESE, "sv": SWEDISH, "ru": RUSSIAN, "ar": ARABIC, "en": ENGLISH}
