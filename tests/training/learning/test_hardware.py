from __future__ import annotations

import pytest
import torch

from defect_desktop.training.learning import hardware


def test_each_process_tries_the_card_that_it_will_train_on(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[torch.device] = []
    monkeypatch.setattr(hardware, "_try_one_step", tried.append)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    for rank in ("0", "1", "2"):
        monkeypatch.setenv("LOCAL_RANK", rank)
        assert hardware.training_device("cuda") == torch.device("cuda")
    assert tried == [torch.device("cuda", card) for card in (0, 1, 0)]
