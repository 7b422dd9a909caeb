"""What the rows of every list have in common."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter

from defect_desktop.language import Language
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.theme import Theme
from defect_desktop.ui.widgets.row_painting import paint_line


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
