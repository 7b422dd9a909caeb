"""The pages of the window, in the order of the rail."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

from defect_desktop.paths import Paths
from defect_desktop.ui import pages, places, widgets
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.loading import LOADING
from defect_desktop.ui.navigation import Page, PageContext, PageEntry
from defect_desktop.ui.pages.inspect_page import InspectPage
from defect_desktop.ui.pages.settings.window_services import WindowServices

if TYPE_CHECKING:
    from defect_desktop.ui.pages.review.services import ReviewServices
    from defect_desktop.ui.pages.settings.services import SettingsServices

_SHARED = (widgets.__name__, places.__name__)
"""What several pages are made of."""


class Parts(NamedTuple):
    """What the pages are made of, besides what the window offers each of them (`PageContext`)."""

    paths: Paths
    inspection: Inspection
    dialogs: Dialogs
    settings_services: Callable[[], SettingsServices]
    window: WindowServices


def page_entries(parts: Parts) -> tuple[PageEntry, ...]:
    """All pages. Each but the first is imported right before it is made: the window is on the screen before that."""

    @cache  # a page made anew need not load the model pack again
    def reviewing() -> ReviewServices:
        from defect_desktop.ui.pages.review.services import review_services

        return review_services(parts.paths)

    def inspect(context: PageContext) -> Page:
        return InspectPage(context, parts.inspection, parts.dialogs)

    def camera(context: PageContext) -> Page:
        from defect_desktop.ui.pages.camera.page import CameraPage
        from defect_desktop.ui.pages.camera.services import camera_services

        return CameraPage(context, camera_services(parts.paths))

    def review(context: PageContext) -> Page:
        from defect_desktop.ui.pages.review.review_page import ReviewPage

        return ReviewPage(context, reviewing())

    def history(context: PageContext) -> Page:
        from defect_desktop.ui.pages.history.page import HistoryPage
        from defect_desktop.ui.pages.history.services import real_history_services

        return HistoryPage(context, real_history_services(parts.paths, context.look.language), parts.dialogs)

    def models(context: PageContext) -> Page:
        from defect_desktop.ui.pages.models.dialogs import PackDialogs
        from defect_desktop.ui.pages.models.page import ModelsPage
        from defect_desktop.ui.pages.models.services import real_models_services

        return ModelsPage(context, real_models_services(parts.paths), PackDialogs())

    def settings(context: PageContext) -> Page:
        from defect_desktop.ui.pages.settings.page import SettingsPage

        return SettingsPage(context, parts.settings_services(), parts.dialogs, parts.window)

    def helping(context: PageContext) -> Page:
        from defect_desktop.ui.pages.help.page import HelpPage
        from defect_desktop.ui.pages.help.services import real_help_services

        return HelpPage(context, real_help_services(parts.paths))

    return (
        PageEntry("inspect", str(QT_TRANSLATE_NOOP("Navigation", "Inspect")), "inspect", inspect, _SHARED),
        PageEntry("camera", str(QT_TRANSLATE_NOOP("Navigation", "Camera")), "camera", camera, _made_of("camera")),
        PageEntry("review", str(QT_TRANSLATE_NOOP("Navigation", "Review")), "review", review, _made_of("review")),
        PageEntry("history", str(QT_TRANSLATE_NOOP("Navigation", "History")), "history", history, _made_of("history")),
        PageEntry("models", str(QT_TRANSLATE_NOOP("Navigation", "Models")), "models", models, _made_of("models")),
        PageEntry(
            "settings", str(QT_TRANSLATE_NOOP("Navigation", "Settings")), "settings", settings, _made_of("settings")
        ),
        PageEntry("help", str(QT_TRANSLATE_NOOP("Navigation", "Help")), "help", helping, _made_of("help")),
    )


def _made_of(page: str) -> tuple[str, ...]:
    return (*_SHARED, f"{pages.__name__}.{page}")


def load_services() -> Generator[None, None, None]:
    """Loads, beside the window, what the pages work with, so that no first visit of a page has to wait for it.

    The pages themselves are left alone: what is Qt's belongs to the window's thread.
    """
    for page in ("review", "history", "settings", "camera", "help", "models"):
        with LOADING:
            import_module(f"{pages.__name__}.{page}.services")
        yield
