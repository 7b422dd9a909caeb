"""How long the questions of the window take: `python -m tests.store.speed FILE`, on what `million` filled.

Tells milliseconds of a processor, which a busy machine does not change much, the largest of the orders for pages; and
the most memory that the process ever held.
"""

import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from defect_desktop.core.history import REVIEW_ORDER, HistoryFilter, LabelSource, Order, Sort, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import ReviewState
from defect_desktop.store.database import Database
from tests.store.million import START

ORDERS = (Order(), Order(Sort.RECENT, False), Order(Sort.PATH, False), Order(Sort.CONFIDENCE), REVIEW_ORDER)
UNIT = {PlacePart.PROJECT: "현장0", PlacePart.BUILDING: "102동", PlacePart.UNIT: "0102호"}
FILTERS = {
    "everything": HistoryFilter(),
    "a project": HistoryFilter(place={PlacePart.PROJECT: "현장0"}),
    "a unit": HistoryFilter(place=UNIT),
    "a room everywhere": HistoryFilter(place={PlacePart.ROOM: "거실"}),
    "a frequent class": HistoryFilter(labels=frozenset({"훼손"})),
    "a rare class": HistoryFilter(labels=frozenset({"반점"})),
    "a class by people": HistoryFilter(labels=frozenset({"울음"}), labels_of=LabelSource.PERSON),
    "needs check": HistoryFilter(verdicts=frozenset({VerdictKind.NEEDS_CHECK})),
    "failed": HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})),
    "not reviewed": HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED})),
    "cannot tell": HistoryFilter(reviews=frozenset({ReviewState.CANNOT_TELL})),
    "two days": HistoryFilter(since=START + timedelta(days=30), until=START + timedelta(days=32)),
    "a pack": HistoryFilter(pack="1" * 64),
    "a text in most": HistoryFilter(text="img_"),
    "a text in one": HistoryFilter(text="IMG_0050000"),
    "a text in none": HistoryFilter(text="zzzz"),
    "a text in notes": HistoryFilter(text="창가 아래 5"),
    "a class by name": HistoryFilter(text="stain"),
    "very sure": HistoryFilter(least_confidence=0.9999),
    "several": HistoryFilter(
        place={PlacePart.PROJECT: "현장0"},
        labels=frozenset({"훼손"}),
        verdicts=frozenset({VerdictKind.NEEDS_CHECK}),
        reviews=frozenset({ReviewState.UNREVIEWED}),
    ),
    "several, in vain": HistoryFilter(
        place={PlacePart.PROJECT: "현장0"},
        reviews=frozenset({ReviewState.ACCEPTED}),
        since=datetime(2100, 1, 1, tzinfo=UTC),
    ),
}


def tell(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(ask):
    """What an answer is, and how many ms of a processor it took."""
    start = time.process_time()
    answer = ask()
    return answer, 1000 * (time.process_time() - start)


def ask_history(database):
    """Every filter: to find out how to go about it, first and next pages in every order, the count, the chart."""
    tell(f"{'':20}{'filter':>8}{'first':>8}{'next':>8}{'count':>8}{'chart':>8}{'photos':>10}")
    for name, where in FILTERS.items():
        found, begun = timed(lambda where=where: database.history.where(where))
        first, following = [], []
        for order in ORDERS:
            page, ms = timed(lambda found=found, order=order: found.page(order))
            first.append(ms)
            if page.after:
                following.append(timed(lambda found=found, order=order, page=page: found.page(order, page.after))[1])
        photos, counted = timed(found.count)
        _, chart = timed(lambda found=found: found.defects(PlacePart.UNIT))
        times = (begun, max(first), max(following, default=0), counted, chart)
        tell(f"{name:20}{''.join(f'{ms:8.0f}' for ms in times)}{photos:10}")


def ask_others(database):
    """What else the window asks."""
    questions = {
        "progress of a unit": lambda: database.reviews.progress(UNIT),
        "progress of all": database.reviews.progress,
        "progress by unit": lambda: database.reviews.progress_by(list(PlacePart)[:3]),
        "chart of trades": lambda: database.history.where().defects(PlacePart.TRADE),
        "places, packs": lambda: (database.places.known(PlacePart.UNIT), database.history.packs()),
        "20 pages to export": lambda: sum(1 for _ in islice(database.history.where().pages(), 20)),
        "accept a photo": lambda: database.reviews.judge([5], ("울음",)),
        "undo": database.reviews.undo,
    }
    for name, ask in questions.items():
        tell(f"{name:20}{timed(ask)[1]:8.0f}")


if __name__ == "__main__":
    given = Path(sys.argv[1])
    with Database.open(given) as opened:
        opened.history.where().page()  # what is loaded once does not count
        ask_history(opened)
        ask_others(opened)
    tell(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
