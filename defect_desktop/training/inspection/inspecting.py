"""One inspection from beginning to end: looks at every photo, compares them, divides them, judges their labels."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.duplicates import find_duplicates
from defect_desktop.training.data.split import Indices, Split, make_split
from defect_desktop.training.data.survey import Survey, survey_photos
from defect_desktop.training.inspection.features import feature_weights, photo_features
from defect_desktop.training.inspection.inspection import Inspection, Judgement, NotJudged
from defect_desktop.training.inspection.label_errors import agreement, out_of_fold, suspicions
from defect_desktop.training.steps import retold

HELD_OUT_SHARE = 0.15
"""Of the photos, kept from training to measure with."""


def inspect(data: DataSet, folds: int, seed: int) -> Generator[Progress, None, Inspection]:
    """Yields progress in photos, each of which counts for the look, the comparison and the judgement of its label.

    Raises DataSetError where there are too few photos for the folds.
    """
    meter = ProgressMeter(3 * len(data.paths))
    survey = yield from retold(survey_photos(data), lambda _: meter.advance(1))
    readable = len(survey.looks)
    duplicates = yield from retold(find_duplicates(survey), lambda done: _up_to(meter, len(data.paths) + done))
    split = _split(survey, duplicates.groups, folds, seed)
    judging = _judge(survey, split)
    judgement = yield from retold(judging, lambda done: _up_to(meter, len(data.paths) + readable + done))
    yield _up_to(meter, 3 * len(data.paths))
    return Inspection(survey, duplicates, split, judgement, seed)


def _split(survey: Survey, groups: Indices, folds: int, seed: int) -> Split:
    """Without a single readable photo, nothing is divided: the report then tells what is wrong with the files."""
    if not survey.looks:
        return Split(groups, groups, folds=0)
    return make_split(survey.data.targets, groups, held_out_share=HELD_OUT_SHARE, folds=folds, seed=seed)


def _judge(survey: Survey, split: Split) -> Generator[int, None, Judgement | NotJudged]:
    """What the labels are worth; yields the number of photos done, which the classifiers' few seconds do not move."""
    targets = survey.data.targets
    if not split.folds or len(np.unique(targets)) < 2:
        return NotJudged.NO_FOLDS
    weights = feature_weights()
    if weights is None:
        return NotJudged.NO_WEIGHTS
    features = yield from photo_features(survey.data.paths, weights)
    probabilities = yield from retold(out_of_fold(features, targets, split), lambda _: len(features))
    return Judgement(suspicions(probabilities, targets), agreement(probabilities, targets))


def _up_to(meter: ProgressMeter, done: int) -> Progress:
    return meter.advance(done - meter.now().done)
