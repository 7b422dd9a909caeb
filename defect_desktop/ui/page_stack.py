"""The pages of the window: made when they are first visited, replaced when they have grown old.

A page is made in steps, between which the window answers; until it is whole, an empty one is in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from defect_desktop.ui.loading import load, modules_in
from defect_desktop.ui.navigation import Page, PageContext, PageEntry
from defect_desktop.ui.pages.broken_page import BrokenPage
from defect_desktop.ui.widgets.sheet import has_sheet

_WAIT_MS = 200
_STEP_MS = 1
_AHEAD_MS = 20
_OVER: Final = object()


class PageStack(QStackedWidget):
    """One page at a time is in front; `turned` brings its key."""

    turned = Signal(str)

    def __init__(
        self, entries: Sequence[PageEntry], context: Callable[[], PageContext], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = {entry.key: entry for entry in entries}
        self._context = context
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._memories: dict[str, object] = {}
        self._forgetful: set[str] = set()
        self.key: str | None = None
        self._in_sight = False
        self._photo: int | None = None
        self._unfurnished: Page | None = None
        self._empty = Page()
        self.addWidget(self._empty)
        self._making: Iterator[None] | None = None
        self._steps = QTimer(self, interval=_STEP_MS)
        self._steps.timeout.connect(self._take_step)
        self._modules: Iterator[None] = iter(())
        self._ahead = QTimer(self, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._load_ahead)
        self._waiting = QTimer(self, interval=_WAIT_MS)
        self._waiting.timeout.connect(self._renew_front)

    @property
    def working(self) -> bool:
        """Whether a page has something going on that must not be cut off."""
        return any(page.working for page in self._pages.values())

    @property
    def at_stake(self) -> str:
        """What closing the window would lose, in sentences; empty where nothing."""
        return " ".join(filter(None, (page.at_stake for page in self._pages.values())))

    def stop_work(self) -> None:
        """Has every page stop what it is working on."""
        for page in self._pages.values():
            if page.working:
                page.stop_work()

    def page(self, key: str) -> Page | None:
        """The page with this key, where it was visited."""
        return self._pages.get(key)

    @property
    def complete(self) -> bool:
        """Whether the page in front is whole."""
        return self._making is None and self.key in self._pages

    def turn_to(self, key: str, photo: int | None = None) -> None:
        """Brings a page to the front, at this photo where one is named; one that is not made yet a moment later."""
        if key == self.key and photo is None:
            return
        if self.key in self._pages:
            self._pages[self.key].hidden()
        self._throw_away(key)
        self.key, self._photo = key, photo
        if key not in self._pages and not self._in_sight:
            for _ in self._make(key, whole=bool(self._pages)):
                pass
        if key in self._pages:
            self._bring(self._pages[key])
            self._show(self._pages[key])
        else:
            self._bring(self._empty)
            self._steps.start()
        self.turned.emit(key)

    def furnish(self) -> Iterator[None]:
        """The window is on the screen: now its first page makes what nobody sees of it yet, in steps."""
        page = self._unfurnished
        if page is None or page not in self._pages.values():
            return
        try:
            for _ in page.furnish():
                yield
                if page not in self._pages.values():
                    return  # thrown away meanwhile, for another look
        except Exception as error:  # noqa: BLE001 - as in `_make`
            self._context().fail(error)

    def come_to_sight(self) -> None:
        """The window is whole: only now does the page in front ask its questions, and from now on each does."""
        self._in_sight = True
        if self.key in self._pages:
            self._pages[self.key].shown()

    def load_ahead(self) -> None:
        """Loads, little by little, what the pages are made of: on its first visit each is whole the sooner."""
        packages = (package for entry in self._entries.values() for package in entry.packages)
        self._modules = load(modules_in(packages))
        self._ahead.start()

    def _load_ahead(self) -> None:
        if next(self._modules, _OVER) is _OVER:
            self._ahead.stop()

    def renew(self) -> None:
        """Has every page replaced, for other data: the one in front as soon as it can be, the others when visited.

        Only the one in front goes on where it was: what the others remember may be gone.
        """
        for _ in self.discard():
            pass
        self._memories = {key: memory for key, memory in self._memories.items() if key == self.key}
        self._forgetful = self._stale - {self.key}
        self.restore()

    def discard(self) -> Iterator[None]:
        """Throws all pages away, one a step; those that cannot be replaced yet are thrown away when they can."""
        self._finish_making()
        self._stale = set(self._pages)
        for key in [key for key in self._pages if key != self.key]:
            self._throw_away(key)
            yield
        self._finish_making()
        self._stale = set(self._pages)  # in between, the user may have turned to another one
        for key in list(self._pages):
            self._throw_away(key)

    def restore(self) -> None:
        """Makes the page in front anew, after `discard`, a moment later: the window need not do all in one go."""
        self._waiting.start()
        QTimer.singleShot(0, self, self._renew_front)

    def _renew_front(self) -> None:
        if self.key is None:
            return
        self._throw_away(self.key)
        if self.key not in self._pages:
            self._waiting.stop()
            key, self.key = self.key, None
            self.turn_to(key)

    def close_pages(self) -> None:
        """Ends the threads of all pages."""
        self._ahead.stop()
        self._steps.stop()
        self._making = None
        with ExitStack() as closing:  # what goes wrong with one page must not keep the others open
            closing.callback(self._pages.clear)
            for page in self._pages.values():
                closing.callback(page.close_page)

    def _take_step(self) -> None:
        # Who turned on and back at once is at a page that is there.
        if self._making is None and self.key is not None and self.key not in self._pages:
            self._making = self._make_and_bring(self.key)
        if self._making is not None and next(self._making, _OVER) is not _OVER:
            return
        self._making = None
        if self.key in self._pages:  # else the user has turned on, to another that is still to be made
            self._steps.stop()

    def _finish_making(self) -> None:
        for _ in self._making or ():
            pass
        self._making = None

    def _make_and_bring(self, key: str) -> Iterator[None]:
        yield from self._make(key)
        page = self._pages[key]
        if key == self.key:
            self._bring(page)
            yield
        if key == self.key:
            self._show(page)

    def _make(self, key: str, *, whole: bool = True) -> Iterator[None]:
        """Makes a page; the window's first is not to be `whole` before it is on the screen."""
        entry, context = self._entries[key], self._context()
        page: Page | None = None
        try:
            if whole:
                yield from load(modules_in(entry.packages))
            page = entry.factory(context)
            # Before it is furnished: what moves to another parent is laid out again, with all in it.
            self.addWidget(page)
            if whole:
                yield
                yield from page.furnish()
            else:
                self._unfurnished = page
            if key in self._memories:
                page.recall(self._memories.pop(key))
        except Exception as error:  # noqa: BLE001 - one page must not take the window with it; it is reported as a bug
            context.fail(error)
            if page is not None:
                page.deleteLater()
            page = BrokenPage(context.look, lambda: self._try_again(key))
            self.addWidget(page)
        page.setAccessibleName(QCoreApplication.translate("Navigation", entry.title))
        self._pages[key] = page

    def _bring(self, page: Page) -> None:
        self.setCurrentWidget(page)
        page.first.setFocus()

    def _show(self, page: Page) -> None:
        photo, self._photo = self._photo, None
        if photo is not None:
            page.open_photo(photo)
        if self._in_sight:
            page.shown()

    def _try_again(self, key: str) -> None:
        self._stale.add(key)
        QTimer.singleShot(0, self, self._renew_front)  # the button that asks for it goes away with the page

    def _throw_away(self, key: str) -> None:
        """Throws a page away if it is to be, and may be."""
        page = self._pages.get(key)
        if page is None or key not in self._stale or not page.replaceable:
            return
        if page is self.currentWidget() and has_sheet(self.window()):
            return  # what the person is asked there is for this page
        self._stale.discard(key)
        if not isinstance(page, BrokenPage) and key not in self._forgetful:
            self._memories[key] = page.memory()
        self._forgetful.discard(key)
        if page is self.currentWidget():
            page.hidden()
        page.close_page()
        del self._pages[key]
        self.removeWidget(page)
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
