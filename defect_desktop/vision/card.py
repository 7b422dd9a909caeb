"""A model pack's card: everything about the pack but its weights, as one checked value.

The card is a JSON file, `card.json`, beside the weights. Its `format` number grows when an older program could
misread it; such a card is refused before anything else in it is believed.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from defect_desktop.core.decision import Thresholds
from defect_desktop.core.prediction import Temperature
from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing

FORMAT = 4
"""The newest card format that this program reads: 1 without compiled forms, 2 with them, 3 with nothing else, 4 with
what its members may answer alone.
"""

Probability = Annotated[float, Field(ge=0, le=1)]
Channels = tuple[float, float, float]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    """Part of a card: immutable, and nothing in it that the format does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Text(_Part):
    """A text in both languages."""

    ko: str
    en: str

    def bilingual(self) -> Bilingual:
        """The same text as the rest of the program passes it around."""
        return Bilingual(ko=self.ko, en=self.en)


class PackFile(_Part):
    """A file in the pack's own folder, and the SHA-256 of its bytes in hex."""

    file: str
    sha256: Hash


class Member(PackFile):
    """One network of the ensemble: its weights."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.safetensors$")]


class Graph(PackFile):
    """The graph of a compiled form."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.xml$")]


class GraphWeights(PackFile):
    """The weights of a compiled form."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.bin$")]


class Precision(StrEnum):
    """What the networks compute in."""

    FP32 = "fp32"
    INT8 = "int8"


class QuantizationCheck(_Part):
    """How a form in 8 bits compares with its pack on labelled photos; F1 and shares from 0 to 1."""

    photos: Annotated[int, Field(ge=1)]
    equal_labels: Annotated[float, Field(ge=0, le=1)]
    weighted_f1_loss: Annotated[float, Field(ge=-1, le=1)]


class ShippedForm(_Part):
    """A compiled form that comes with the pack: see `vision.compiled_form.CompiledForm`."""

    graph: Graph
    weights: GraphWeights
    made_with: str
    check: QuantizationCheck | None = None
    sure: Probability | None = None


class CardClass(_Part):
    """One class: the label that data sets hold, and its names."""

    label: Annotated[str, Field(min_length=1)]
    ko: str
    en: str


class CardPreprocessing(_Part):
    """How a photo becomes the network's input; sizes in pixels, mean and std a channel for values from 0 to 1."""

    height: Annotated[int, Field(ge=8, le=4096)]
    width: Annotated[int, Field(ge=8, le=4096)]
    mean: Channels
    std: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]]
    interpolation: Interpolation
    crop_mode: CropMode
    crop_share: Annotated[float, Field(gt=0, le=1)]


class CardTemperature(_Part):
    """How the confidence is calibrated: see `core.prediction.Temperature`."""

    sure: Annotated[float, Field(gt=0)]
    unsure: Annotated[float, Field(gt=0)]


class CardThresholds(_Part):
    """Below any of these a photo needs a check."""

    confidence: Probability
    margin: Probability
    agreement: Probability


class Metrics(_Part):
    """What was measured, and on what: F1 from 0 to 1."""

    measured_on: Text
    photos: Annotated[int, Field(ge=1)]
    weighted_f1: Probability
    macro_f1: Probability
    accuracy: Probability


class Card(_Part):
    """The whole card. `notice` is a warning that every front shows; `provenance` says how the pack came to be.

    With `compiled` forms the pack runs where there is no torch. A pack that is `compiled_only` has left its members'
    files behind, which only torch reads, and is half as large. From a softmax of `sure` on its first member may answer
    alone, in single precision; None where no photos showed it.
    """

    format: Literal[1, 2, 3, 4] = 1
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    version: Annotated[str, Field(min_length=1)]
    title: Text
    notice: Text | None = None
    architecture: Annotated[str, Field(min_length=1)]
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    compiled: dict[Precision, ShippedForm] | None = None
    compiled_only: Literal[True] | None = None
    classes: Annotated[tuple[CardClass, ...], Field(min_length=2)]
    preprocessing: CardPreprocessing
    temperature: CardTemperature
    thresholds: CardThresholds
    sure: Probability | None = None
    training_data: Text
    metrics: Metrics | None = None
    licence: str
    provenance: dict[str, object] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Card:
        if len(set(self.labels)) < len(self.classes):
            raise ValueError("a class is named twice")
        if len({entry.file for entry in self.files}) < len(self.files):
            raise ValueError("a file is named twice")
        return self

    @model_validator(mode="after")
    def _older_programs_are_warned(self) -> Card:
        if self.compiled and self.format < 2:
            raise ValueError("compiled forms came with format 2")
        if self.compiled_only and self.format < 3:
            raise ValueError("packs that are only compiled came with format 3")
        if self.sure is not None and self.format < 4:
            raise ValueError("early exit came with format 4")
        return self

    @model_validator(mode="after")
    def _something_runs(self) -> Card:
        if self.compiled_only and not self.compiled:
            raise ValueError("the pack has neither members nor compiled forms")
        return self

    @property
    def files(self) -> tuple[PackFile, ...]:
        """All files of the pack but the card itself."""
        forms = (self.compiled or {}).values()
        members = () if self.compiled_only else self.members
        return (*members, *(file for form in forms for file in (form.graph, form.weights)))

    @property
    def exits_early(self) -> bool:
        """Whether the first member may answer alone where it is sure, in one precision or another."""
        forms = (self.compiled or {}).values()
        return self.sure is not None or any(form.sure is not None for form in forms)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the classes, in the order of the network's outputs."""
        return tuple(entry.label for entry in self.classes)

    def defect_classes(self) -> tuple[DefectClass, ...]:
        """The classes, in the order of the network's outputs."""
        return tuple(DefectClass(entry.label, Bilingual(ko=entry.ko, en=entry.en)) for entry in self.classes)

    def decision_temperature(self) -> Temperature:
        """The temperature as the decision rules take it."""
        return Temperature(self.temperature.sure, self.temperature.unsure)

    def decision_thresholds(self) -> Thresholds:
        """The thresholds as the decision rules take them."""
        return Thresholds(self.thresholds.confidence, self.thresholds.margin, self.thresholds.agreement)

    def photo_preprocessing(self) -> Preprocessing:
        """The preprocessing as the pipeline takes it."""
        return Preprocessing(**self.preprocessing.model_dump())

    def as_json(self) -> str:
        """The card as its file holds it."""
        return json.dumps(self.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=2) + "\n"


def parse_card(text: str | bytes, pack: str) -> Card:
    """The card in `text`; `pack` names the pack in the sentence of the PackError raised where the card is unusable."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged(pack, "JSON") from error
    declared = content.get("format") if isinstance(content, dict) else None
    if isinstance(declared, int) and declared > FORMAT:
        raise PackError(
            ko=f"모델 팩 '{pack}'은(는) 더 새로운 형식({declared})입니다. 프로그램을 업데이트한 뒤 다시 시도하세요.",
            en=f"Model pack '{pack}' has a newer format ({declared}); update the program and try again.",
        )
    try:
        return Card.model_validate_json(text)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors()[0]["loc"]) or "classes, members"
        raise _damaged(pack, place) from error


def _damaged(pack: str, place: str) -> PackError:
    return PackError(
        ko=f"모델 팩 '{pack}'의 카드가 잘못되었습니다({place}). 팩을 원본에서 다시 복사하세요.",
        en=f"The card of model pack '{pack}' is not valid ({place}); copy the pack again from its source.",
    )
