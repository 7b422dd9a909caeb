"""The pages of the window: made when they are first visited, replaced when they have grown old."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from defect_desktop.ui.navigation import Page, PageContext, PageEntry
from defect_desktop.ui.pages.broken_page import BrokenPage

_WAIT_MS = 200


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
        self.key: str | None = None
        self._in_sight = False
        self._waiting = QTimer(self, interval=_WAIT_MS)
        self._waiting.timeout.connect(self._renew_front)

    @property
    def working(self) -> bool:
        """Whether a page has something going on that must not be cut off."""
        return any(page.working for page in self._pages.values())

    def stop_work(self) -> None:
        """Has every page stop what it is working on."""
        for page in self._pages.values():
            if page.working:
                page.stop_work()

    def page(self, key: str) -> Page | None:
        """The page with this key, where it was visited."""
        return self._pages.get(key)

    def turn_to(self, key: str, photo: int | None = None) -> None:
        """Brings a page to the front, at this photo where one is named."""
        if key == self.key and photo is None:
            return
        if self.key in self._pages:
            self._pages[self.key].hidden()
        self._throw_away(key)
        page = self._pages.get(key) or self._make(key)
        self.key = key
        self.setCurrentWidget(page)
        page.setFocus()  # the page's own keys work from now on
        if photo is not None:
            page.open_photo(photo)
        if self._in_sight:
            page.shown()
        self.turned.emit(key)

    def furnish(self) -> Iterator[None]:
        """The window is on the screen: now the page in front makes what nobody sees of it yet, in steps."""
        page = self._pages.get(self.key or "")
        if page is None:
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

    def renew(self) -> None:
        """Has every page replaced: the one in front now, or as soon as it can be, the others when they are visited."""
        for _ in self.discard():
            pass
        self.restore()

    def discard(self) -> Iterator[None]:
        """Throws all pages away, one a step; those that cannot be replaced yet are thrown away when they can."""
        self._stale = set(self._pages)
        for key in [key for key in self._pages if key != self.key]:
            self._throw_away(key)
            yield
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
        for page in self._pages.values():
            page.close_page()
        self._pages.clear()

    def _make(self, key: str) -> Page:
        context = self._context()
        try:
            page = self._entries[key].factory(context)
            if key in self._memories:
                page.recall(self._memories.pop(key))
        except Exception as error:  # noqa: BLE001 - one page must not take the window with it; it is reported as a bug
            context.fail(error)
            page = BrokenPage(context.look, lambda: self._try_again(key))
        page.setAccessibleName(QCoreApplication.translate("Navigation", self._entries[key].title))
        self._pages[key] = page
        self.addWidget(page)
        return page

    def _try_again(self, key: str) -> None:
        self._stale.add(key)
        QTimer.singleShot(0, self, self._renew_front)  # the button that asks for it goes away with the page

    def _throw_away(self, key: str) -> None:
        """Throws a page away if it is to be, and may be."""
        page = self._pages.get(key)
        if page is None or key not in self._stale or not page.replaceable:
            return
        self._stale.discard(key)
        if not isinstance(page, BrokenPage):
            self._memories[key] = page.memory()
        if page is self.currentWidget():
            page.hidden()
        page.close_page()
        del self._pages[key]
        self.removeWidget(page)
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
