"""The sheet on which the history is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from defect_desktop.core.history import EVERYTHING, HistoryFilter, LabelSource, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import ReviewState
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history.conditions import pack_words, source_words, value_words, verdict_words
from defect_desktop.ui.pages.history.periods import Period, bounds
from defect_desktop.ui.pages.history.services import Choices
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.combo_box import combo_box
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.wheel import scroll_past


class FilterSheet(QWidget):
    """`changed` brings the filter at every change, without a text; `closed` says that the user has seen enough."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._class_names: dict[str, str] = {}
        self._pack_names: dict[str, str] = {}
        self._places = {part: self._combo(look.say(part.words)) for part in PlacePart}
        self._classes: ChoiceGroup[str] = ChoiceGroup(look, self.tr("Defect"))
        self._source: ChoiceGroup[LabelSource] = ChoiceGroup(look, self.tr("Whose word"), single=True)
        self._verdicts: ChoiceGroup[VerdictKind] = ChoiceGroup(look, self.tr("Verdict of the model"))
        self._reviews: ChoiceGroup[ReviewState] = ChoiceGroup(look, self.tr("Review"))
        self._period: ChoiceGroup[Period] = ChoiceGroup(look, self.tr("Classified"), single=True)
        self._packs: ChoiceGroup[str | None] = ChoiceGroup(look, self.tr("Model pack"), single=True)
        self._days = (self._day_edit(self.tr("First day")), self._day_edit(self.tr("Last day")))
        self._show = QPushButton()
        self._show.setProperty("kind", "primary")
        self._offer()
        self._offer_besides(EVERYTHING)
        self._lay_out()
        for group in (self._classes, self._source, self._verdicts, self._reviews, self._period, self._packs):
            group.changed.connect(self._tell)
        self.show_count(None)
        self._show_days()
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    @property
    def first(self) -> QWidget:
        """What gets the focus when the sheet opens."""
        return self._places[PlacePart.PROJECT]

    @property
    def filter(self) -> HistoryFilter:
        """What is chosen."""
        since, until = bounds(self._period.chosen[0], date.today(), *(_as_date(edit.date()) for edit in self._days))
        return HistoryFilter(
            place={part: combo.currentData() for part, combo in self._places.items() if combo.currentIndex() > 0},
            labels=frozenset(self._classes.chosen),
            labels_of=self._source.chosen[0],
            verdicts=frozenset(self._verdicts.chosen),
            reviews=frozenset(self._reviews.chosen),
            since=since,
            until=until,
            pack=self._packs.chosen[0],
        )

    def show_filter(self, where: HistoryFilter) -> None:
        """Makes a filter what is chosen."""
        self._offer_besides(where)
        for part, combo in self._places.items():
            combo.setCurrentIndex(combo.findData(where.place[part]) if part in where.place else 0)
        self._classes.choose(where.labels)
        self._source.choose([where.labels_of])
        self._verdicts.choose(where.verdicts)
        self._reviews.choose(where.reviews)
        self._packs.choose([where.pack])
        if where.since is None or (where.since, where.until) != (self.filter.since, self.filter.until):
            self._show_period(where)
        self._show_days()

    def show_choices(self, choices: Choices) -> None:
        """Offers what there is; what is chosen stays so."""
        before = self.filter
        self._class_names = {each.label: self._look.say(each.name) for each in choices.classes}
        self._pack_names = {pack.fingerprint: pack_words(pack) for pack in choices.packs}
        for part, combo in self._places.items():
            self._fill(combo, part, choices.places)
        self.show_filter(before)

    def show_count(self, photos: int | None) -> None:
        """Says how many photos the filter lets through; None while that is not known."""
        count = "…" if photos is None else f"{photos:,}"
        self._show.setText(self.tr("Show the photos ({count})").format(count=count))

    def _fill(self, combo: QComboBox, part: PlacePart, places: Mapping[PlacePart, object]) -> None:
        combo.clear()
        combo.addItem(self.tr("Any"))
        values = places.get(part, ())
        for value in sorted(values) if isinstance(values, list) else ():
            combo.addItem(self._look.say(part.name_of(value)), value)

    def _offer_besides(self, where: HistoryFilter) -> None:
        """Offers what there is, and what narrows though it is not there: a condition without a choice would be lost."""
        for part, value in where.place.items():
            if self._places[part].findData(value) < 0:
                self._places[part].addItem(value_words(part, value, self._look), value)
        self._class_names |= {each: each for each in where.labels - self._class_names.keys()}
        if where.pack is not None:
            self._pack_names.setdefault(where.pack, where.pack[:6])
        self._classes.offer(sorted(self._class_names.items(), key=lambda entry: entry[1]))
        self._packs.offer([(None, self.tr("Any")), *self._pack_names.items()])

    def _show_period(self, where: HistoryFilter) -> None:
        if where.since is None:
            self._period.choose([Period.EVER])
            return
        self._period.choose([Period.DAYS])
        since, until = where.since.astimezone().date(), where.until.astimezone().date() if where.until else date.today()
        self._days[0].setDate(QDate(since.year, since.month, since.day))
        self._days[1].setDate(QDate(until.year, until.month, until.day).addDays(-1 if where.until else 0))

    def _show_days(self) -> None:
        for edit in self._days:
            edit.setVisible(self._period.chosen == [Period.DAYS])

    def _tell(self) -> None:
        self._show_days()
        self.show_count(None)
        self.changed.emit(self.filter)

    def _clear(self) -> None:
        self.show_filter(EVERYTHING)
        self._tell()

    def _offer(self) -> None:
        self._source.offer((source, source_words(source)) for source in LabelSource)
        self._verdicts.offer((kind, verdict_words(kind)) for kind in VerdictKind)
        self._reviews.offer((state, self._look.say(state.words)) for state in ReviewState)
        periods = {
            Period.EVER: self.tr("At any time"),
            Period.TODAY: self.tr("Today"),
            Period.WEEK: self.tr("Last 7 days"),
            Period.MONTH: self.tr("Last 30 days"),
            Period.DAYS: self.tr("Between two days"),
        }
        self._period.offer(periods.items())
        for single in (self._source, self._packs, self._period):
            single.choose([])

    def _combo(self, name: str) -> QComboBox:
        combo = combo_box()
        combo.setAccessibleName(name)
        combo.setMaxVisibleItems(10)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        combo.addItem(self.tr("Any"))
        combo.activated.connect(self._tell)
        return combo

    def _day_edit(self, name: str) -> QDateEdit:
        edit = QDateEdit(QDate.currentDate())
        edit.setCalendarPopup(True)
        edit.setAccessibleName(name)
        scroll_past(edit)
        edit.dateChanged.connect(lambda: self._tell() if edit.isVisible() else None)
        return edit

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        column.setSpacing(sizes.s)
        self._add(column, self.tr("Place"), self._place_grid())
        self._add(column, self._classes.accessibleName(), self._classes, self._source)
        self._add(column, self._verdicts.accessibleName(), self._verdicts)
        self._add(column, self._reviews.accessibleName(), self._reviews)
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.s)
        for edit in self._days:
            row.addWidget(edit)
        row.addStretch(1)
        self._add(column, self._period.accessibleName(), self._period, days)
        self._add(column, self._packs.accessibleName(), self._packs)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Filters"))
        QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear = QPushButton(self.tr("Clear all"))
        clear.clicked.connect(self._clear)
        self._show.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.setSpacing(sizes.m)
        foot.addWidget(clear)
        foot.addWidget(self._show, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(sizes.m)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _add(self, column: QVBoxLayout, title: str, *contents: QWidget) -> None:
        column.addSpacing(self._look.theme.sizes.s)
        column.addWidget(label(title, "title"))
        for each in contents:
            column.addWidget(each)

    def _place_grid(self) -> QWidget:
        grid_of = QWidget()
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._look.theme.sizes.s)
        for number, (part, combo) in enumerate(self._places.items()):
            row, column = divmod(number, 3)
            grid.addWidget(label(self._look.say(part.words), "muted"), 2 * row, column)
            grid.addWidget(combo, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        return grid_of


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
