"""What the rows of every list have in common."""

from dataclasses import replace
from unittest.mock import Mock

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.language import Language
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import Column, ResultsModel
from defect_desktop.ui.theme import Theme
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.result_delegate import ResultDelegate
from defect_desktop.ui.widgets.results_table import ResultsTable
from defect_desktop.ui.widgets.row_painting import paint_line
from tests.ui.fakes import make_record, wait_until


def test_a_name_with_a_line_break_is_one_line(application, paths):
    look = Look(Theme(), Icons(paths.assets / "icons"), Language.ENGLISH)

    def painted(text):
        image = QImage(200, 40, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        paint_line(painter, QRect(0, 0, 200, 40), look, text, QFont(), "text")
        painter.end()
        return image

    assert painted("wall\nkitchen.jpg") == painted("wall kitchen.jpg") != painted("wall")


def test_the_list_paints_no_agreement_where_one_network_alone_was_asked(application, paths):
    look = Look(Theme(), Icons(paths.assets / "icons"), Language.ENGLISH)
    model = ResultsModel(look)
    many, failed = make_record(0), make_record(9)
    alone = replace(many, outcome=replace(many.outcome, verdict=replace(many.outcome.verdict, asked=1)))
    model.add([many, alone, failed])
    parent = QWidget()
    delegate = ResultDelegate(look, model, Mock(Thumbnails), parent)

    def painted(row):
        image = QImage(120, 60, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(row, Column.AGREEMENT))
        painter.end()
        return image

    assert painted(0) != painted(1) == painted(2)


def test_a_photo_that_failed_and_comes_again_gets_its_thumbnail(application, paths):
    look = Look(Theme(), Icons(paths.assets / "icons"), Language.ENGLISH)
    model = ResultsModel(look)
    asked, drawn = [], []

    def show_photo(path, width, height):
        asked.append(path)
        if len(asked) == 1:
            raise PhotoError(PhotoProblem.MISSING)
        drawn.append(path)
        return np.zeros((height, width, 3), np.uint8)

    table = ResultsTable(look, model, show_photo)
    table.resize(600, 300)
    failed = make_record(9)
    model.add([failed])
    before = table.grab().toImage()
    wait_until(lambda: bool(asked) and table.grab().toImage() != before)
    judged = replace(make_record(8), photo_id=9)
    model.add([replace(judged, outcome=replace(judged.outcome, photo=failed.outcome.photo))])
    table.grab()
    wait_until(lambda: bool(drawn))
    table.close_loader()
