"""Renders the window to PNG files: every scene, in both languages and themes, upright and across.

    xvfb-run -s "-screen 0 1400x1400x24" env QT_QPA_PLATFORM=xcb \\
        python -m tests.ui.screenshots OUT [--photos FOLDER] [--only NAME] [--text 150]

With QT_SCALE_FACTOR=2 the window shows what a screen of twice the pixels does. `--photos` shows these instead of none;
`--only` takes scenes whose name has that in it. With `--real` the program itself, with the starter pack, classifies the
photos of FOLDER and explains one of them, and nothing but the place is made up. What there is
to see is said in `tests/ui/scenes`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences, TextSize
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.appearance import make_application
from defect_desktop.ui.pages.settings.services import SettingsServices, real_settings_services
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from defect_desktop.ui.services import Services, real_services
from defect_desktop.workflows.show_photo import show_photo
from tests.ui import scenes
from tests.ui.fakes import FakeDialogs, FakeWork, make_record, wait_until
from tests.ui.scenes import Scene, review
from tests.ui.scenes.inspect import page

SHAPES = {"wide": QSize(1280, 800), "tall": QSize(800, 1280)}


@dataclass(frozen=True, slots=True)
class Dress:
    """One of the looks that everything is shown in."""

    language: Language
    theme: ThemeChoice
    shape: str
    text_size: TextSize = 100

    @property
    def preferences(self) -> Preferences:
        return Preferences(language=self.language, theme=self.theme, text_size=self.text_size, inspector="김하나")

    def __str__(self) -> str:
        return f"{self.theme}-{self.shape}-{self.language}"


def all_scenes() -> Iterator[Scene]:
    """The scenes of every module in `tests/ui/scenes`, in the order of the modules' names."""
    for module in pkgutil.iter_modules(scenes.__path__, f"{scenes.__name__}."):
        yield from getattr(importlib.import_module(module.name), "SCENES", ())


@contextmanager
def first_day(forms: Path) -> Iterator[Paths]:
    """Folders that nobody has used yet, but for the compiled forms: the starter is compiled once for all pictures."""
    with TemporaryDirectory() as data:
        paths = Paths.find(Path(data))
        paths.compiled_forms.symlink_to(forms, target_is_directory=True)
        yield paths


def render(application: QApplication, scene: Scene, out: Path, photos: list[Path], dress: Dress, forms: Path) -> None:
    with first_day(forms) as paths:
        work = FakeWork(paths.data)
        names = photos or [Path("/photos/absent.jpg")]
        work.records = [make_record(number, names[number % len(names)]) for number in range(500)]
        scene.prepare(paths, work)
        services = work.services()._replace(show_photo=show_photo)
        program = open_program(application, paths, services, work.settings_services, dress)
        scene.show(program, work)
        picture(application, program, out / f"{scene.name}-{dress}.png")
        work.go_on.set()
        end(program)


def render_real(application: QApplication, out: Path, photos: Path, dress: Dress, forms: Path) -> None:
    """The program itself, with the starter pack, on real files: its list, and the review of one with its heatmap."""
    with first_day(forms) as paths:
        chosen = lambda: dress.preferences  # noqa: E731
        settings = lambda: real_settings_services(paths, chosen)  # noqa: E731
        program = open_program(application, paths, real_services(paths, chosen), settings, dress)
        page(program).places.change(review.HERE)
        program.inspection.classify((photos,))
        wait_until(lambda: bool(program.window.messages.text), 600)
        picture(application, program, out / f"real_inspect-{dress}.png")
        program.window.messages.hide()
        explained = review.opened(program)
        review.press(explained, Qt.Key.Key_W)
        wait_until(lambda: "1:" in explained.area.why.text, 60)
        picture(application, program, out / f"real_review-{dress}.png")
        end(program)


def open_program(
    application: QApplication, paths: Paths, services: Services, settings: Callable[[], SettingsServices], dress: Dress
) -> Program:
    preferences = PreferenceStore(paths.preferences, dress.preferences)
    program = Program(application, paths, services, settings, preferences, FakeDialogs())
    whole: list[bool] = []
    program.window.appeared.connect(lambda: whole.append(True))
    program.window.resize(SHAPES[dress.shape])
    program.window.show()
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    wait_until(lambda: bool(whole))
    return program


def picture(application: QApplication, program: Program, file: Path, rounds: int = 60) -> None:
    for _ in range(rounds):  # thumbnails arrive, and what the page asked for
        application.processEvents()
        application.thread().msleep(10)
    program.window.grab().save(str(file))


def end(program: Program) -> None:
    program.window.pages.stop_work()
    wait_until(lambda: not program.window.pages.working)
    program.window.close()
    program.shut_down()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(
        program, QEvent.Type.DeferredDelete
    )  # its translators would speak in the next one


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--real", action="store_true", help="only the program itself, with the starter pack")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments.out.mkdir(parents=True, exist_ok=True)
    photos = sorted(arguments.photos.rglob("*.jpg")) if arguments.photos else []
    application = make_application("screenshots")
    with TemporaryDirectory() as forms:
        for theme, language, shape in product((ThemeChoice.LIGHT, ThemeChoice.DARK), Language, SHAPES):
            dress = Dress(language, theme, shape, arguments.text)
            if arguments.real:
                render_real(application, arguments.out, arguments.photos, dress, Path(forms))
                continue
            for scene in all_scenes():
                if arguments.only in scene.name:
                    render(application, scene, arguments.out, photos, dress, Path(forms))


if __name__ == "__main__":
    main()
