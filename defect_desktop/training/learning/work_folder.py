"""The folder beside a pack in the making: finished members, a checkpoint of the one in training, and what they are of.

plan.json                  recipe, data and seed that all the rest belongs to
member-1.safetensors       a finished member
member-2.checkpoint        the member in training, after its last full epoch
draft                      the pack, until it is whole
lock                       locked by the process that trains
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import TrainingError, UnsavedError
from defect_desktop.language import Bilingual
from defect_desktop.training.job import UNFINISHED, holds_epochs, work_folder
from defect_desktop.training.learning.checkpoint import (
    LESSON,
    read_checkpoint,
    read_facts,
    taking_back,
    write_checkpoint,
)
from defect_desktop.training.learning.file_lock import holding
from defect_desktop.training.learning.lesson import EpochRecord, Lesson, Trained
from defect_desktop.training.learning.pretrained import FROM_SCRATCH, create_network

_PLAN, _LOCK, _DRAFT = "plan.json", "lock", "draft"

_PARTS = {
    "recipe": Bilingual(ko="레시피", en="recipe"),
    "data": Bilingual(ko="사진", en="photos"),
    "start": Bilingual(ko="시작 가중치", en="starting weights"),
    "seed": Bilingual(ko="시드", en="seed"),
}
"""What a plan holds, in words."""


class WorkFolder:
    """What has been trained so far for the pack in the folder `output`."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self.folder = work_folder(output)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes from training here meanwhile; an empty folder is gone afterwards.

        Raises TrainingError where another one trains here, or the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable() from error
        busy = TrainingError(
            ko=f"다른 창에서 같은 팩을 학습하고 있습니다('{printable(self.folder)}'). 끝나기를 기다리거나 "
            "--out을 바꾸세요.",
            en=f"The same pack is in training elsewhere ('{printable(self.folder)}'); wait for its end, or "
            "choose another --out.",
        )
        try:
            with holding(self.folder / _LOCK, busy, self._unusable()):
                yield
        finally:
            with suppress(OSError):
                self.folder.rmdir()

    def open(self, plan: dict[str, object]) -> None:
        """Makes the folder, or goes on with it where its plan is the same, or nothing has come of that yet.

        `plan` holds plain values: recipe, data, start, seed. Raises TrainingError where the folder holds another
        training or a damaged plan, UnsavedError where it cannot be read or written.
        """
        wanted = json.loads(json.dumps(plan))
        file = self.folder / _PLAN
        try:
            if file.exists() and holds_epochs(self._output):
                self._compare(json.loads(file.read_text(encoding="utf-8")), wanted)
                return
            self.folder.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(UNFINISHED)
            part.write_text(json.dumps(wanted, ensure_ascii=False, indent=2), encoding="utf-8")
            part.replace(file)
        except OSError as error:
            raise self._unusable() from error
        except ValueError as error:  # a plan that is none
            raise self._damaged() from error

    def checkpoint(self, member: int) -> Path:
        """Where the checkpoint of member `member`, counted from 1, belongs."""
        return self.folder / f"member-{member}.checkpoint"

    def is_finished(self, member: int) -> bool:
        """Whether that member needs no more training."""
        return self._member(member).exists()

    def is_whole(self, members: int) -> bool:
        """Whether none of that many members needs more training."""
        return all(self.is_finished(member) for member in range(1, members + 1))

    def keep(self, member: int, lesson: Lesson, trained: Trained) -> None:
        """Keeps a finished member in the place of its checkpoint; raises UnsavedError where it cannot be written."""
        facts = {LESSON: lesson.fingerprint, "records": [asdict(record) for record in trained.records]}
        write_checkpoint(self._member(member), trained.network.state_dict(), facts)
        self.checkpoint(member).unlink(missing_ok=True)

    def finished(self, member: int, lesson: Lesson) -> Trained:
        """The finished member of that number; raises TrainingError where its file is damaged or of another training."""
        recipe, labels = lesson.material.recipe, lesson.material.photos.labels
        weights, facts = read_checkpoint(self._member(member))
        network = create_network(recipe.architecture, len(labels), recipe.dropout, FROM_SCRATCH)
        with taking_back(self._member(member), facts, lesson.fingerprint):
            network.load_state_dict(weights)
        return Trained(network.eval(), tuple(EpochRecord(**record) for record in facts["records"]))

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """An empty folder to write the pack in, gone after a `with` unless it was published.

        What a process that was killed has left of one makes room. Raises UnsavedError where it cannot be made.
        """
        draft = self.folder / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        try:
            draft.mkdir()
        except OSError as error:
            raise self._unusable() from error
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def seconds(self, members: int) -> float:
        """How long the first so many members, all finished, were in training, be it in one go or several."""
        facts = [read_facts(self._member(member)) for member in range(1, members + 1)]
        return sum(EpochRecord(**record).seconds for each in facts for record in each["records"])

    def remove(self) -> None:
        """Clears everything away, once what was trained for is written."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _member(self, member: int) -> Path:
        return self.folder / f"member-{member}.safetensors"

    def _unusable(self) -> UnsavedError:
        return UnsavedError(
            ko=f"'{printable(self.folder)}' 폴더를 읽거나 쓸 수 없습니다. 쓰기 권한과 디스크 공간을 확인하고 "
            "같은 명령을 다시 실행하세요.",
            en=f"The folder '{printable(self.folder)}' cannot be read or written; check its permissions and the "
            "free space, and run the same command again.",
        )

    def _damaged(self) -> TrainingError:
        return TrainingError(
            ko=f"'{printable(self.folder)}' 폴더의 학습이 손상되었습니다. 폴더를 지우거나 --out을 바꾸세요.",
            en=f"The training in the folder '{printable(self.folder)}' is damaged; delete the folder, or choose "
            "another --out.",
        )

    def _compare(self, found: object, wanted: dict[str, object]) -> None:
        if not isinstance(found, dict):
            raise ValueError("not an object")
        others = [words for part, words in _PARTS.items() if found.get(part) != wanted[part]]
        if others:
            ko, en = ", ".join(each.ko for each in others), ", ".join(each.en for each in others)
            raise TrainingError(
                ko=f"'{printable(self.folder)}'에 다른 학습의 중간 결과가 있습니다(다른 점: {ko}). "
                "처음 명령 그대로 다시 실행하거나, 그 폴더를 지우거나, --out을 바꾸세요.",
                en=f"'{printable(self.folder)}' holds a training that differs in {en}; repeat its command as it was, "
                "delete that folder, or choose another --out.",
            )
