"""What narrows the history at present, each condition in words and with the filter that is left without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from defect_desktop.core.history import HistoryFilter, LabelSource, PackUse, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history.services import Choices

Condition = tuple[str, HistoryFilter]


def conditions(where: HistoryFilter, choices: Choices, look: Look) -> list[Condition]:
    """The conditions that are set but the text, which is in sight anyway."""
    return [
        *_places(where, look),
        *_labels(where, choices, look),
        *_kinds(where, look),
        *_times(where),
        *_pack(where, choices),
    ]


def verdict_words(kind: VerdictKind) -> str:
    """What came of a photo, as a choice."""
    words = {
        VerdictKind.NEEDS_CHECK: QCoreApplication.translate("History", "Needs check"),
        VerdictKind.SURE: QCoreApplication.translate("History", "Sure"),
        VerdictKind.FAILED: QCoreApplication.translate("History", "Failed"),
    }
    return words[kind]


def source_words(source: LabelSource) -> str:
    """Whose label it is, as a choice."""
    words = {
        LabelSource.EITHER: QCoreApplication.translate("History", "Said by anyone"),
        LabelSource.PROGRAM: QCoreApplication.translate("History", "Said by the model"),
        LabelSource.PERSON: QCoreApplication.translate("History", "Said by a person"),
        LabelSource.FINAL: QCoreApplication.translate("History", "What counts"),
    }
    return words[source]


def pack_words(pack: PackUse) -> str:
    """A pack that made results; its fingerprint tells apart what is called alike."""
    return f"{pack.name} {pack.version}  ({pack.fingerprint[:6]})"


def without(place: Mapping[PlacePart, str], part: PlacePart) -> dict[PlacePart, str]:
    """A place without one of its parts."""
    return {each: value for each, value in place.items() if each is not part}


def value_words(part: PlacePart, value: str, look: Look) -> str:
    """The value of a part of a place, as a choice."""
    return look.say(part.name_of(value)) or QCoreApplication.translate("History", "not known")


def _places(where: HistoryFilter, look: Look) -> list[Condition]:
    return [
        (
            f"{look.say(part.words)}: {value_words(part, value, look)}",
            replace(where, place=without(where.place, part)),
        )
        for part, value in where.place.items()
    ]


def _labels(where: HistoryFilter, choices: Choices, look: Look) -> list[Condition]:
    names = {each.label: look.say(each.name) for each in choices.classes}
    source = "" if where.labels_of is LabelSource.EITHER else f" ({source_words(where.labels_of)})"
    return [
        (names.get(label, label) + source, replace(where, labels=where.labels - {label}))
        for label in sorted(where.labels, key=lambda label: names.get(label, label))
    ]


def _kinds(where: HistoryFilter, look: Look) -> list[Condition]:
    verdicts = [
        (verdict_words(kind), replace(where, verdicts=where.verdicts - {kind}))
        for kind in VerdictKind
        if kind in where.verdicts
    ]
    reviews = [
        (look.say(state.words), replace(where, reviews=where.reviews - {state})) for state in sorted(where.reviews)
    ]
    return verdicts + reviews


def _times(where: HistoryFilter) -> list[Condition]:
    if where.since is None:
        return []
    first = _day(QDate(where.since.year, where.since.month, where.since.day))
    text = QCoreApplication.translate("History", "Since {day}").format(day=first)
    if where.until is not None:
        last = _day(QDate(where.until.year, where.until.month, where.until.day).addDays(-1))
        text = first if first == last else f"{first} – {last}"
    return [(text, replace(where, since=None, until=None))]


def _pack(where: HistoryFilter, choices: Choices) -> list[Condition]:
    if where.pack is None:
        return []
    names = {pack.fingerprint: pack_words(pack) for pack in choices.packs}
    return [(names.get(where.pack, where.pack[:6]), replace(where, pack=None))]


def _day(day: QDate) -> str:
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
