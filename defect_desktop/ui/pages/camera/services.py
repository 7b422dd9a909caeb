"""What the camera page has done for it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from defect_desktop.capture.video import Backend, CameraSource, present_backends
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.archive import Archive
from defect_desktop.ui.places.services import PlaceServices, place_services
from defect_desktop.workflows.inspect_live import LiveEvent, LiveRequest, Shutter, inspect_live
from defect_desktop.workflows.show_photo import show_photo
from defect_desktop.workflows.warm_up import quietly

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto


@dataclass(frozen=True, slots=True)
class CameraServices:
    """All but `back_ends` and `close` are called beside the window. `inspect` is `workflows.inspect_live`."""

    inspect: Callable[[Preferences, Shutter], Generator[LiveEvent, None, None]]
    back_ends: Callable[[], list[Backend]]
    places: PlaceServices
    show_photo: ShowPhoto
    close: Callable[[], None]


def camera_services(paths: Paths) -> CameraServices:
    """The services of the program itself."""
    archive = Archive(paths.database)

    def inspect(chosen: Preferences, shutter: Shutter) -> Generator[LiveEvent, None, None]:
        camera = CameraSource(chosen.camera, Backend(chosen.camera_back_end))
        request = LiveRequest(camera, chosen.pack, chosen.engine, chosen.device, chosen.thresholds)
        return quietly(inspect_live(request, paths, shutter))

    return CameraServices(inspect, present_backends, place_services(archive.database), show_photo, archive.close)
