"""What the review tells a person of what they did: for ten seconds where it went well, until they read it where not."""

from __future__ import annotations

from PySide6.QtCore import QObject

from defect_desktop.core.review import Action, ActionKind
from defect_desktop.errors import UserError
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.review.reviewer import Reviewer
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.ui.widgets.toast import Toast


class Telling(QObject):
    """Listens to the reviewer."""

    def __init__(self, context: PageContext, reviewer: Reviewer, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._reviewer = reviewer
        self._toast = toast
        self._owing = False
        reviewer.saved.connect(self._saved)
        reviewer.refused.connect(self._refused)
        reviewer.done.connect(self._done)
        reviewer.failed.connect(context.fail)

    def _saved(self, action: Action) -> None:
        say = self._context.look.say
        text = f"{say(action.kind.words)}: {say(action.target.words)}" if action.target else say(action.kind.words)
        if action.changed > 1 and ActionKind.RENAME_PLACE not in (action.kind, action.target):
            photos = self.tr("%n photo(s)", "", action.changed)
            text = f"{text}  ·  {photos}"
        if action.kind is ActionKind.UNDO:
            self._toast.tell(text, self.tr("Redo"), self._reviewer.redo)
        else:
            self._toast.tell(text, self.tr("Undo"), self._reviewer.undo)
        if self._owing and not self._reviewer.working:
            self._owing = False
            self._context.tell(Message(Level.DONE, self.tr("What could not be saved before is saved now.")))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError) or not self._reviewer.unsaved:
            self._context.fail(error)
            return
        self._owing = True
        kept = self.tr("%n decision(s) not saved yet.", "", len(self._reviewer.unsaved))
        again = (self.tr("Try again"), self._reviewer.try_again)
        text = f"{self._context.look.say(error.sentence)} {kept}"
        self._context.tell(Message(Level.ERROR, text, again, owner=self._reviewer))

    def _done(self) -> None:
        self._context.tell(Message(Level.DONE, self.tr("Every photo of this list is reviewed.")))
