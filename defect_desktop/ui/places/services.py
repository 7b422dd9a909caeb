"""What the place bar and picker have done for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from defect_desktop.core.place import Place, PlacePart

if TYPE_CHECKING:
    from defect_desktop.store.database import Database


class PlaceServices(NamedTuple):
    """All are called beside the window, and may raise StoreError: see `store.places.Places`."""

    current: Callable[[], Place]
    use: Callable[[Place], None]
    known: Callable[[PlacePart, Mapping[PlacePart, str]], list[str]]


def place_services(database: Callable[[], Database]) -> PlaceServices:
    """The services over the results database, which is opened when the first of them is used."""
    return PlaceServices(
        current=lambda: database().places.current(),
        use=lambda place: database().places.use(place),
        known=lambda part, within: database().places.known(part, within),
    )
