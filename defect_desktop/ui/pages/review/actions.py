"""What can be done on the review page, each with its key. The page says what it does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from defect_desktop.core.review import Shot
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.choices import KEYS
from defect_desktop.ui.widgets.action_button import action_button

_HELD = ("previous", "next", "zoom_in", "zoom_out")
"""Keys held down repeat these only: a decision is worth a press of its own."""


class ReviewActions(QObject):
    """Actions of the page that owns it; their keys work wherever in the page the focus is, but where one types."""

    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__(page)
        self._look = look
        self._page = page
        self.accept = self._action("tick", self.tr("Accept"), "A", role="on_accent")
        self.enter = self._action("", self.tr("Accept"), "Return", "Enter")
        self.not_a_defect = self._action("no_defect", self.tr("Not a defect"), "N")
        self.cannot_tell = self._action("unknown", self.tr("Cannot tell"), "T")
        self.several = self._action("several", self.tr("Several defects"), "M", checkable=True)
        self.all_defects = self._action("search", self.tr("All defects…"), "L")
        self.here = self._action("place", self.tr("This unit"), "H")
        self.accept_sure = self._action("accept_all", self.tr("Accept many…"), "B")
        self.undo = self._action("undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = self._action("redo", self.tr("Redo"), "Ctrl+Y", "Ctrl+Shift+Z")
        self.why = self._action("why", self.tr("Why?"), "W", checkable=True)
        self.note = self._action("note", self.tr("Note…"), "E")
        self.move_to = self._action("place", self.tr("Move to…"), "P")
        self.pick = self._action("pick", self.tr("Select"), "S", checkable=True)
        self.group = self._action("group", self.tr("Selected photos show one defect"), "G")
        self.ungroup = self._action("close", self.tr("A defect of its own"))
        self.shots = {shot: self._action("", look.say(shot.words)) for shot in Shot}
        self.previous = self._action("previous", self.tr("Previous photo"), "Left")
        self.next = self._action("next", self.tr("Next photo"), "Right")
        self.larger = self._action("zoom_in", self.tr("Larger"), "+", "=")
        self.smaller = self._action("zoom_out", self.tr("Smaller"), "-")
        self.about_photos = (
            *(self.not_a_defect, self.cannot_tell, self.several, self.all_defects, self.note, self.move_to),
            *(self.pick, self.why, *self.shots.values()),
        )
        self.keys = {key: self._action("", key, key) for key in KEYS}

    def tools(self) -> list[QToolButton]:
        """The buttons below the photo."""
        more = action_button(QAction(self._look.icon("group"), self.tr("Shot"), self))
        menu = QMenu(more)
        for action in (*self.shots.values(), self.group, self.ungroup):
            menu.addAction(action)
        menu.insertSeparator(self.group)
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return [
            *(action_button(action) for action in (self.why, self.note, self.move_to)),
            more,
            action_button(self.pick),
        ]

    def _action(self, icon: str, text: str, *keys: str, checkable: bool = False, role: str = "text") -> QAction:
        action = QAction(text, self._page, checkable=checkable)
        if icon:
            action.setIcon(self._look.icon(icon, role))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setAutoRepeat(icon in _HELD)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page.addAction(action)
        return action
