"""The tables, a file a subject. All of them are in `Base.metadata`, which the migrations lead to."""

from defect_desktop.store.tables.base import Base
from defect_desktop.store.tables.journal import ActionRow, ChangeRow
from defect_desktop.store.tables.people import PhotoLabel, PlaceRow, ShotGroup
from defect_desktop.store.tables.photos import Photo
from defect_desktop.store.tables.queue import Waiting
from defect_desktop.store.tables.results import VERDICT_COLUMNS, Result, Run, RunItem

__all__ = [
    "VERDICT_COLUMNS",
    "ActionRow",
    "Base",
    "ChangeRow",
    "Photo",
    "PhotoLabel",
    "PlaceRow",
    "Result",
    "Run",
    "RunItem",
    "ShotGroup",
    "Waiting",
]
