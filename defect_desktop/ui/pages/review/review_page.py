"""The review page: one photo large, the others in a strip below it, and everything a person may say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.core.history import EVERYTHING, HistoryFilter
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT, Review, Shot
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.review import steps
from defect_desktop.ui.pages.review.actions import ReviewActions
from defect_desktop.ui.pages.review.asking import Asking
from defect_desktop.ui.pages.review.choices import usual_labels
from defect_desktop.ui.pages.review.decision_panel import DecisionPanel
from defect_desktop.ui.pages.review.film_model import FilmModel
from defect_desktop.ui.pages.review.filmstrip import PICTURE
from defect_desktop.ui.pages.review.photo_area import PhotoArea
from defect_desktop.ui.pages.review.progress_row import ProgressRow
from defect_desktop.ui.pages.review.reviewer import Reviewer
from defect_desktop.ui.pages.review.scope import Scope, unit_of
from defect_desktop.ui.pages.review.services import ReviewServices
from defect_desktop.ui.pages.review.telling import Telling
from defect_desktop.ui.places.services import place_services
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.toast import Toast

_PANEL_LETTERS = 26
_PANEL_PART = 0.45
"""How wide the panel is: so many sizes of the body font, or this part of the page where that leaves the photo more."""

_PANEL_ROWS = 8
_PANEL_SHARE = 0.38
"""How high it is where the window is upright: so many buttons, or this share of the page where they are large."""

_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class ReviewPage(Page):
    """Lists on its first showing, or when it is told what to review (`open`), and again whenever it is shown."""

    def __init__(self, context: PageContext, services: ReviewServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fail = context.fail
        self._services = services
        self._look = context.look
        self.named: list[str] = []
        self.reviewer = Reviewer(services.database, lambda: context.preferences.value.inspector, self)
        self.model = FilmModel(self._look, self.reviewer, self)
        self._context = context
        self._places = place_services(services.database)
        self.asking = Asking(self._look, self.reviewer, self._places, self)
        self.doing = ReviewActions(self._look, self)

    def furnish(self) -> Iterator[None]:  # noqa: D102
        doing = self.doing
        self.progress = ProgressRow(self._look, doing.here, doing.accept_sure, doing.undo, doing.redo)
        self._lay_out()
        yield
        self.area = PhotoArea(self._look, self._services, self.model, doing)
        self._body.addWidget(self.area, 1)
        self.toast = Toast(self._look, self.area.view)
        Telling(self._context, self.reviewer, self.toast, self)
        yield
        self.panel = DecisionPanel(self._look)
        self._body.addWidget(self.panel)
        self.panel.place_actions(doing.accept, doing.not_a_defect, doing.cannot_tell, doing.several, doing.all_defects)
        yield
        self._connect()
        self._connect_actions()
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who taps and goes on with keys does not press it again
        self._show_current()

    def open(self, where: HistoryFilter, scope: Scope = Scope.ALL, first: int | None = None) -> None:
        """Reviews the photos of a filter, beginning with the photo `first`."""
        self.reviewer.open(where, scope, first)

    # What follows is what the window asks of a page.

    @property
    def working(self) -> bool:  # noqa: D102
        return self.reviewer.working

    @property
    def replaceable(self) -> bool:  # noqa: D102
        return not (self.working or self.area.busy)

    @property
    def at_stake(self) -> str:  # noqa: D102
        held_back = len(self.reviewer.unsaved)
        return self.tr("%n decision(s) are not saved and would be lost.", "", held_back) if held_back else ""

    def stop_work(self) -> None:  # noqa: D102
        self.reviewer.give_up()

    def open_photo(self, photo: int) -> None:  # noqa: D102
        self.doing.pick.setChecked(False)
        self.open(self.reviewer.where, self.reviewer.scope, photo)

    def shown(self) -> None:  # noqa: D102
        self.reviewer.try_again()  # the disk may have room by now
        self.reviewer.refresh()
        self.area.view.setFocus()

    def memory(self) -> object:  # noqa: D102
        current = self.reviewer.current
        return self.reviewer.where, self.reviewer.scope, current.photo_id if current else None

    def recall(self, memory: object) -> None:  # noqa: D102
        assert isinstance(memory, tuple)
        self.reviewer.open(*memory)

    def close_page(self) -> None:  # noqa: D102
        self.area.close_area()
        self.reviewer.close()
        self._services.close()

    # What follows is Qt's interface, with Qt's names.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        sizes = self._look.theme.sizes
        upright = self.height() > self.width()
        usual = _PANEL_LETTERS * sizes.body
        width = min(usual, round(_PANEL_PART * self.width()))
        self.panel.turn(upright=upright, width=width)
        width = max(width, self.panel.least_width)
        height = min(_PANEL_ROWS * (sizes.target + sizes.xs) + sizes.l, round(_PANEL_SHARE * self.height()))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        self.panel.setMinimumSize(*((0, height) if upright else (width, 0)))
        self.panel.setMaximumSize(*((_UNLIMITED, height) if upright else (width, _UNLIMITED)))
        self.progress.turn(upright=upright or self.width() < 2 * usual + PICTURE.width())

    def _connect(self) -> None:
        reviewer = self.reviewer
        reviewer.listed.connect(self._show_list)
        reviewer.moved.connect(self._move)
        reviewer.renewed.connect(self._renew)
        reviewer.counted.connect(self._count)
        reviewer.changed.connect(self._context.reviewed)
        self.area.failed.connect(self._fail)
        self.area.strip.tapped.connect(self._tap)
        self.asking.answered.connect(self._after_answer)
        self.panel.named.connect(self._name)
        self.progress.scope_chosen.connect(lambda scope: reviewer.open(reviewer.where, scope))
        self.progress.widened.connect(lambda: reviewer.open(EVERYTHING, reviewer.scope))

    def _connect_actions(self) -> None:
        reviewer, doing, asking = self.reviewer, self.doing, self.asking
        for action, act in (
            (doing.accept, self._accept),
            (doing.enter, self._enter),
            (doing.not_a_defect, lambda: self._say(NOT_A_DEFECT)),
            (doing.cannot_tell, lambda: self._say(CANNOT_TELL)),
            (doing.all_defects, lambda: self._about(self._ask_defect)),
            (doing.here, self._review_here),
            (doing.accept_sure, asking.confidence),
            (doing.undo, reviewer.undo),
            (doing.redo, reviewer.redo),
            (doing.note, lambda: self._about(asking.note)),
            (doing.move_to, lambda: self._about(lambda one: asking.place(one, self.reviewer.chosen))),
            (doing.group, self._group),
            (doing.ungroup, lambda: reviewer.do(steps.ungroup(self.reviewer.chosen))),
            (doing.previous, lambda: reviewer.go(reviewer.row - 1)),
            (doing.next, lambda: reviewer.go(reviewer.row + 1)),
            *((action, partial(self._set_shot, shot)) for shot, action in doing.shots.items()),
            *((action, partial(self.panel.press, key)) for key, action in doing.keys.items()),
        ):
            action.triggered.connect(lambda _=False, act=act: act())
        doing.several.toggled.connect(self._turn_several)
        doing.pick.toggled.connect(self._turn_picking)

    # What a person does.

    def _decide(self, step: steps.Step) -> None:
        self.doing.pick.setChecked(False)
        self.doing.several.setChecked(False)
        self.reviewer.decide(step)

    def _about(self, ask: Callable[[PhotoRecord], None]) -> None:
        if self.reviewer.current is not None:
            ask(self.reviewer.current)

    def _set_shot(self, shot: Shot) -> None:
        self._about(lambda one: self.reviewer.do(steps.set_shot(one, shot)))

    def _review_here(self) -> None:
        def narrow(place: Place) -> None:
            self.reviewer.open(unit_of(place), self.reviewer.scope)

        self.reviewer.desk.ask("here", self._places.current, narrow)

    def _after_answer(self) -> None:
        self.doing.pick.setChecked(False)
        self.area.view.setFocus()

    def _accept(self) -> None:
        if self.named:
            self._decide(steps.judge(self.reviewer.chosen, tuple(self.named)))
        elif self.doing.accept.isEnabled():
            self._decide(steps.accept(self.reviewer.chosen))

    def _enter(self) -> None:
        """Presses the button that has the focus, as everywhere; accepts where none has it."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        else:
            self._accept()

    def _say(self, review: Review) -> None:
        self._decide(steps.set_state(self.reviewer.chosen, review))

    def _name(self, defect: str) -> None:
        if not self.doing.several.isChecked():
            self._decide(steps.judge(self.reviewer.chosen, (defect,)))
            return
        if defect in self.named:
            self.named.remove(defect)
        else:
            self.named.append(defect)
        self._show_current()

    def _ask_defect(self, record: PhotoRecord) -> None:
        """What is chosen in the sheet is for the photos it was opened for: another one may be current by then."""
        photos, named = self.reviewer.chosen, self.named

        def name(defect: str) -> None:
            chosen = self.reviewer.chosen
            if len(photos) == len(chosen) and all(map(PhotoRecord.is_same_photo, photos, chosen)):
                self._name(defect)
            else:
                self._decide(steps.judge(photos, tuple(dict.fromkeys((*named, defect)))))

        self.asking.defect(record, named, name)

    def _turn_several(self, on: bool) -> None:
        current = self.reviewer.current
        self.named = []
        if on and current is not None:
            verdict = current.outcome.verdict
            self.named = list(current.remarks.review.labels or ((verdict.label,) if verdict else ()))
        self._show_current()

    def _turn_picking(self, on: bool) -> None:
        self.model.let_go()
        if on and len(self.reviewer.roll):
            self.model.toggle(self.reviewer.row)
        self._show_current()

    def _tap(self, row: int) -> None:
        if self.doing.pick.isChecked():
            self.model.toggle(row)
            self._show_current()
        else:
            self.reviewer.go(row)

    def _group(self) -> None:
        photos = self.reviewer.chosen
        self.doing.pick.setChecked(False)
        self.reviewer.do(steps.group(photos))

    # What the person is shown.

    def _show_list(self) -> None:
        roll = self.reviewer.roll
        self.panel.learn(usual_labels(roll.at(row) for row in range(len(roll))))
        self._show_here()

    def _move(self) -> None:
        self.doing.several.setChecked(False)
        self._show_here()

    def _show_here(self) -> None:
        self._show_current()
        if self.reviewer.current is not None:
            self.area.strip.show_row(self.reviewer.row)

    def _renew(self, rows: list[int]) -> None:
        if self.reviewer.row in rows:
            self._show_current()

    def _show_current(self) -> None:
        reviewer = self.reviewer
        current = reviewer.current
        self._stack.setCurrentWidget(self._empty if current is None else self._content)
        self._enable(current)
        if current is None:
            self._show_empty()
            return
        following = reviewer.row + 1
        self.panel.show_record(current, self.named)
        self.area.show_photo(current, reviewer.roll.at(following) if following < len(reviewer.roll) else None)
        self.area.show_place(reviewer.row, reviewer.total)

    def _enable(self, current: PhotoRecord | None) -> None:
        actions, records = self.doing, self.reviewer.chosen
        text = self.tr("Save %n defect(s)", "", len(self.named)) if self.named else self.tr("Accept")
        if len(records) > 1:
            text = f"{text} ({len(records)})"
        actions.accept.setIconText(f" {text}")
        agreeable = bool(records) and all(record.outcome.verdict is not None for record in records)
        actions.accept.setEnabled(bool(self.named) or agreeable)
        actions.group.setEnabled(len(records) > 1)
        actions.ungroup.setEnabled(any(record.remarks.group is not None for record in records))
        for action in actions.about_photos:
            action.setEnabled(current is not None)

    def _count(self) -> None:
        progress = self.reviewer.progress
        self.progress.show_progress(progress, self.reviewer.scope, narrowed=self.reviewer.where != EVERYTHING)
        self.doing.accept_sure.setEnabled(progress.reviewed < progress.expected)
        undoable = self.reviewer.undoable
        for action, name, kind in (
            (self.doing.undo, self.tr("Undo"), undoable.undo),
            (self.doing.redo, self.tr("Redo"), undoable.redo),
        ):
            action.setEnabled(kind is not None or (action is self.doing.undo and self.reviewer.working))
            action.setToolTip(f"{name}: {self._look.say(kind.words)}" if kind else name)

    def _show_empty(self) -> None:
        progress = self.reviewer.progress
        if not self.reviewer.loaded:
            text = ""
        elif progress.total == 0:
            text = self.tr("There are no photos here yet.")
        else:
            text = self.tr("Nothing is left to review here.")
        self._empty_text.setText(text)
        self._show_all.setVisible(self.reviewer.loaded and progress.total > 0 and self.reviewer.scope is not Scope.ALL)

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        self._content = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._content)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(sizes.m)
        self._stack = QStackedWidget()
        self._empty = self._make_empty()
        self._stack.addWidget(self._empty)  # the first is laid out at once
        self._stack.addWidget(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)

    def _make_empty(self) -> QWidget:
        page = QWidget()
        page.setObjectName("card")
        column = QVBoxLayout(page)
        column.setSpacing(self._look.theme.sizes.l)
        self._empty_text = label(role="title", wraps=True)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_all = QPushButton(self.tr("Show all photos"))
        self._show_all.clicked.connect(lambda: self.reviewer.open(EVERYTHING, Scope.ALL))
        column.addStretch(1)
        column.addWidget(self._empty_text)
        column.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page
