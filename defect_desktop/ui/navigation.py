"""What a page of the window is, and how the window comes to have it.

The window has a rail of pages at its left (a bar at its foot where it stands upright). Each page is a `PageEntry`:
a key, a title, the name of an icon in `assets/icons`, and a factory. `defect_desktop/ui/registry.py` lists them in the
order of the rail.

A page is made on its first visit, by `factory(context)` and then by its own `furnish`, in steps between which the
window answers. When the look changes (theme, text size, language) or the database was restored, it is thrown away and
made anew on the next visit: so a page reads its strings, colours and sizes once, when it is made, and needs no code for
changing them. What the user was doing passes from the old page to the new one through `memory` and `recall`. A page
that is `working` is not replaced before its work is over, one in front not while a sheet is open over the window.

A page that raises in its factory costs itself only: the window shows a sentence in its place and reports the bug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from defect_desktop.core.place import Place
    from defect_desktop.core.record import PhotoRecord


class Page(QWidget):
    """The base of all pages; every hook may stay as it is. All are called in the GUI thread and must be quick.

    A page gets its margins from the window: it lays its content out without outer margins.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    @property
    def first(self) -> QWidget:
        """What gets the focus when the page comes to the front: from then on its keys work."""
        return self

    @property
    def working(self) -> bool:
        """Whether something is going on that must not simply be cut off: closing the window asks first."""
        return False

    @property
    def replaceable(self) -> bool:
        """Whether the page may be replaced now; one whose work goes on without it always may."""
        return not self.working

    @property
    def at_stake(self) -> str:
        """What would be lost if that were stopped and the window closed, in a sentence; empty where nothing would."""
        return ""

    def stop_work(self) -> None:
        """Begins to stop that; `working` turns false when it is over."""

    def furnish(self) -> Iterator[None]:
        """Makes what takes long to make, in steps between which the window may answer.

        `recall` and all that follows come after that, and so does the first sight of the page. Only that of the
        window's first page comes before: there it makes what nobody sees yet.
        """
        yield from ()

    def shown(self) -> None:
        """The page was just brought to the front: look again at what may have changed meanwhile."""

    def open_photo(self, photo: int) -> None:
        """Goes to a photo, by its `photo_id`, right before the page is `shown`, where it shows photos."""

    def hidden(self) -> None:
        """Another page was brought to the front: let go of what nobody sees (a camera, a timer)."""

    def memory(self) -> object:
        """What the page that replaces this one must know to go on where the user was; any value."""
        return None

    def recall(self, memory: object) -> None:
        """Goes on where the replaced page was; called once, right after the page was made."""

    def close_page(self) -> None:
        """Ends every thread of the page, finishing what was to be saved. The page is thrown away after this."""


class PageContext(NamedTuple):
    """What the window offers its pages.

    `preferences.value` are the settings now, `preferences.changed` tells of new ones. `tell` shows a message above the
    page. `review` brings the review to the front, at the photo with this `photo_id`. `captured` puts a photo that was
    just taken, and what came of it, on the list of the inspection, `moved` says where the inspector is now, and
    `reviewed` has what people said of photos shown there. `means_changed` has photos classified with what there is now:
    another pack under the same name, another engine that is fastest. `fail` tells of an exception: a UserError in its
    own sentence, anything else as a bug with a report in the log; connect `Task.failed` and `Desk.failed` to it.
    """

    look: Look
    preferences: PreferenceStore
    tell: Callable[[Message], None]
    fail: Callable[[Exception], None]
    review: Callable[[int], None]
    captured: Callable[[PhotoRecord], None]
    moved: Callable[[Place], None]
    reviewed: Callable[[Sequence[int]], None]
    means_changed: Callable[[], None]


class PageEntry(NamedTuple):
    """A page in the rail. `title` is English source text, marked with QT_TRANSLATE_NOOP("Navigation", "...").

    The modules of `packages` are imported before the factory is called, so that it can import from them without a wait.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[PageContext], Page]
    packages: tuple[str, ...] = ()
