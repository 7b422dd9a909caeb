"""The pages of the window, in the order of the rail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from defect_desktop.paths import Paths
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.navigation import PageContext, PageEntry
from defect_desktop.ui.pages.camera.page import CameraPage
from defect_desktop.ui.pages.camera.services import camera_services
from defect_desktop.ui.pages.help.page import HelpPage
from defect_desktop.ui.pages.help.services import real_help_services
from defect_desktop.ui.pages.history.page import HistoryPage
from defect_desktop.ui.pages.history.services import real_history_services
from defect_desktop.ui.pages.inspect_page import InspectPage
from defect_desktop.ui.pages.models.dialogs import PackDialogs
from defect_desktop.ui.pages.models.page import ModelsPage
from defect_desktop.ui.pages.models.services import real_models_services
from defect_desktop.ui.pages.review.review_page import ReviewPage
from defect_desktop.ui.pages.review.services import review_services
from defect_desktop.ui.pages.settings.page import SettingsPage, WindowServices
from defect_desktop.ui.pages.settings.services import SettingsServices


@dataclass(frozen=True, slots=True)
class Parts:
    """What the pages are made of, besides what the window offers each of them (`PageContext`)."""

    paths: Paths
    inspection: Inspection
    dialogs: Dialogs
    settings_services: SettingsServices
    window: WindowServices


def page_entries(parts: Parts) -> tuple[PageEntry, ...]:
    """All pages. A factory may import its page when it is called, where that takes a while."""
    reviewing = review_services(parts.paths)  # once: a page made anew need not load the model pack again

    def inspect(context: PageContext) -> InspectPage:
        return InspectPage(context, parts.inspection, parts.dialogs)

    def camera(context: PageContext) -> CameraPage:
        return CameraPage(context, camera_services(parts.paths))

    def review(context: PageContext) -> ReviewPage:
        return ReviewPage(context, reviewing)

    def history(context: PageContext) -> HistoryPage:
        return HistoryPage(context, real_history_services(parts.paths, context.look.language), parts.dialogs)

    def models(context: PageContext) -> ModelsPage:
        return ModelsPage(context, real_models_services(parts.paths), PackDialogs())

    def settings(context: PageContext) -> SettingsPage:
        return SettingsPage(context, parts.settings_services, parts.dialogs, parts.window)

    def helping(context: PageContext) -> HelpPage:
        return HelpPage(context, real_help_services(parts.paths))

    return (
        PageEntry("inspect", str(QT_TRANSLATE_NOOP("Navigation", "Inspect")), "inspect", inspect),
        PageEntry("camera", str(QT_TRANSLATE_NOOP("Navigation", "Camera")), "camera", camera),
        PageEntry("review", str(QT_TRANSLATE_NOOP("Navigation", "Review")), "review", review),
        PageEntry("history", str(QT_TRANSLATE_NOOP("Navigation", "History")), "history", history),
        PageEntry("models", str(QT_TRANSLATE_NOOP("Navigation", "Models")), "models", models),
        PageEntry("settings", str(QT_TRANSLATE_NOOP("Navigation", "Settings")), "settings", settings),
        PageEntry("help", str(QT_TRANSLATE_NOOP("Navigation", "Help")), "help", helping),
    )
