from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from defect_desktop.core.record import PhotoRecord
from defect_desktop.paths import Paths
from defect_desktop.vision.compiled_form import write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.pack import find_pack
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.export_results import results_as_json
from tests.photos import save_photos


@pytest.mark.parametrize(("sure", "asked"), [(0.0, 1), (1.0, 3)])
def test_every_row_says_how_many_networks_were_asked(paths: Paths, tmp_path: Path, sure: float, asked: int) -> None:
    save_photos(tmp_path / "photos", 3)
    pack = find_pack("tiny", paths.pack_shelves)
    write_form(paths.compiled_forms, pack.card, replace(convert(pack), sure=sure))
    request = ClassifyRequest((tmp_path / "photos",), "tiny", device="cpu", early_exit=True)
    records: list[PhotoRecord] = []
    for event in classify_photos(request, paths):
        if isinstance(event, Advanced):
            records += event.records
    assert [record.settings.options["early_exit"] for record in records] == [True] * 3
    kept = list(results_as_json(paths, records[0].run_id))
    assert [row["verdict"]["asked"] for row in kept] == [asked] * 3
