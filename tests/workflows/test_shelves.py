"""What is on the shelves, and how packs come from folders."""

import json
import shutil

import pytest

from defect_desktop.core.comparison import ENOUGH_PHOTOS
from defect_desktop.errors import PackError
from defect_desktop.vision.card import Card
from defect_desktop.vision.card_figures import measured_classes
from defect_desktop.workflows.export_pack import export_pack
from defect_desktop.workflows.install_pack import PackTakenError, install_pack
from defect_desktop.workflows.list_packs import known_classes, list_packs
from defect_desktop.workflows.remove_pack import remove_pack
from defect_desktop.workflows.verify_pack import verify_pack
from tests.packs import card_content, write_pack
from tests.store.permissions import ordinary_folder, posix


def run(work):
    moments = []
    while True:
        try:
            moments.append(next(work))
        except StopIteration as end:
            return moments, end.value


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "USB 스틱"
    write_pack(folder / "mine", members=1)
    return folder


def test_every_pack_is_listed_usable_or_not(paths, stick):
    shutil.copytree(stick / "mine", paths.user_models / "mine")
    broken = paths.user_models / "broken"
    broken.mkdir()
    (broken / "card.json").write_text("{")
    listed = {shelved.name: shelved for shelved in list_packs(paths)}
    assert list(listed) == ["broken", "mine", "tiny"]
    assert "not valid" in str(listed["broken"].fault)
    assert (listed["mine"].own, listed["tiny"].own) == (True, False)
    assert listed["tiny"].pack.card.name == "tiny"
    assert listed["tiny"].size == sum(file.stat().st_size for file in listed["tiny"].folder.iterdir())


def test_the_known_classes_are_those_of_all_packs_each_once(paths, stick):
    shutil.copytree(stick / "mine", paths.user_models / "mine")
    assert [each.label for each in known_classes(paths)] == ["훼손", "창틀,문틀수정", "오염", "=cmd"]


@pytest.mark.parametrize("inside", ["mine", "."])
def test_a_pack_is_installed_from_its_folder_or_from_the_folder_that_holds_it(paths, stick, inside):
    moments, pack = run(install_pack(stick / inside, paths))
    assert pack.folder == paths.user_models / "mine"
    pack.verify()
    assert moments[-1].done == moments[-1].total == pack.size()
    assert sorted(path.name for path in paths.user_models.iterdir()) == ["mine"]


def test_a_folder_with_one_archive_is_installed_from_it(paths, stick, tmp_path):
    other = tmp_path / "only a zip"
    other.mkdir()
    shutil.copytree(stick / "mine", paths.user_models / "mine")
    run(export_pack("mine", other / "mine.zip", paths))
    remove_pack("mine", paths)
    _, pack = run(install_pack(other, paths))
    assert pack.card.name == "mine"


@posix
def test_a_folder_that_the_system_keeps_for_itself_hides_no_pack_of_a_drive(paths):
    with ordinary_folder() as drive:
        write_pack(drive / "mine", members=1)
        kept = drive / "lost+found"
        kept.mkdir(mode=0)
        try:
            _, pack = run(install_pack(drive, paths._replace(models=drive / "shipped", data=drive / "data")))
        finally:
            kept.chmod(0o700)
    assert pack.card.name == "mine"


def test_of_several_packs_the_user_must_choose(paths, stick):
    write_pack(stick / "second", members=1)
    with pytest.raises(PackError, match=r"several model packs .*mine, second"):
        run(install_pack(stick, paths))


def test_a_folder_without_a_pack_is_told(paths, tmp_path):
    with pytest.raises(PackError, match="There is no model pack in"):
        run(install_pack(tmp_path, paths))


def test_a_changed_file_is_refused_and_nothing_stays(paths, stick):
    file = stick / "mine" / "member-1.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with pytest.raises(PackError, match="was changed or damaged"):
        run(install_pack(stick, paths))
    assert list(paths.user_models.iterdir()) == []


def test_a_pack_of_the_same_name_is_replaced_only_on_demand(paths, stick):
    run(install_pack(stick, paths))
    with pytest.raises(PackTakenError):
        run(install_pack(stick, paths))
    assert run(install_pack(stick, paths, replace=True))[1].card.name == "mine"


def test_the_pack_in_use_cannot_be_removed(paths, stick):
    run(install_pack(stick, paths))
    with pytest.raises(PackError, match="in use"):
        remove_pack("mine", paths, in_use="mine")
    remove_pack("mine", paths, in_use="tiny")
    assert list(paths.user_models.iterdir()) == []


def test_the_pack_in_use_can_be_removed_where_it_hides_one_that_came_with_the_program(paths):
    run(install_pack(paths.models / "tiny", paths, replace=True))
    assert [(shelved.own, shelved.hides) for shelved in list_packs(paths)] == [(True, True)]
    remove_pack("tiny", paths, in_use="tiny")
    assert [(shelved.own, shelved.hides) for shelved in list_packs(paths)] == [(False, False)]


def test_verifying_reads_every_file(paths, stick):
    run(install_pack(stick, paths))
    moments, pack = run(verify_pack("mine", paths))
    assert [(moment.done, moment.total) for moment in moments] == [(1, 1)]
    (pack.folder / "member-1.safetensors").write_bytes(b"")
    with pytest.raises(PackError, match="was changed or damaged"):
        run(verify_pack("mine", paths))


def card(provenance):
    members = [{"file": "member-1.safetensors", "sha256": "0" * 64}]
    return Card.model_validate_json(json.dumps(card_content(members, provenance=provenance)))


def test_measured_classes_come_weakest_first():
    evaluation = {"class_f1": {"훼손": 0.9, "오염": 0.5}, "class_photos": {"훼손": ENOUGH_PHOTOS, "오염": 3}}
    measured = measured_classes(card({"evaluation": evaluation}))
    assert [(each.known_as.label, each.f1, each.photos) for each in measured] == [("오염", 0.5, 3), ("훼손", 0.9, 20)]


@pytest.mark.parametrize(
    "provenance",
    [
        {},
        {"evaluation": "good"},
        {"evaluation": {"class_f1": [], "class_photos": {}}},
        {"evaluation": {"class_f1": {"훼손": "high", "오염": 7}, "class_photos": {"훼손": 1, "오염": 1}}},
        {"evaluation": {"class_f1": {"훼손": 0.5}, "class_photos": {"훼손": "many"}}},
    ],
)
def test_a_card_that_tells_nonsense_of_its_classes_tells_nothing(provenance):
    assert measured_classes(card(provenance)) == []
