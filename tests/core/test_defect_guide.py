from defect_desktop.core.defect_guide import GUIDES
from defect_desktop.core.how_to import HOW_TO, KEYS
from defect_desktop.core.taxonomy import CONTEST_CLASSES

LABELS = [each.label for each in CONTEST_CLASSES]


def test_every_contest_class_is_described_in_both_languages():
    assert list(GUIDES) == LABELS
    for guide in GUIDES.values():
        for text in (guide.looks, guide.apart, guide.to_do):
            assert text.ko.endswith(".")
            assert text.en.endswith((".", "?"))
            assert text.ko != text.en


def test_what_a_defect_is_taken_for_are_other_classes():
    for label, guide in GUIDES.items():
        assert guide.alike
        assert set(guide.alike) <= set(LABELS) - {label}


def test_the_pairs_that_the_contest_confuses_are_named():
    for one, other in (("틈새과다", "창틀,문틀수정"), ("가구수정", "꼬임"), ("울음", "오염")):
        assert other in GUIDES[one].alike or one in GUIDES[other].alike


def test_six_steps_and_each_key_once():
    assert len(HOW_TO) == 6
    keys = [keys for keys, _ in KEYS]
    assert len(set(keys)) == len(keys)
