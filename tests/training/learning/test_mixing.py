from __future__ import annotations

import pytest
import torch

from defect_desktop.training.learning.mixing import Mixer
from defect_desktop.training.recipes.recipe import Mix

PHOTOS = torch.stack([torch.full((3, 16, 16), value) for value in (0.0, 1.0)])
WANTED = torch.eye(2)


def test_without_a_mix_or_by_chance_a_batch_stays() -> None:
    for mix in (None, Mix(probability=0.0, cutmix_alpha=1.0)):
        photos, wanted = Mixer(mix)(PHOTOS, WANTED)
        assert torch.equal(photos, PHOTOS) and torch.equal(wanted, WANTED)


@pytest.mark.parametrize("mix", [Mix(1.0, cutmix_alpha=1.0), Mix(1.0, mixup_alpha=1.0), Mix(1.0, 1.0, 1.0)])
def test_what_is_wanted_follows_what_is_shown(mix: Mix) -> None:
    torch.manual_seed(1)
    mixer = Mixer(mix)
    shares = []
    for _ in range(20):
        photos, wanted = mixer(PHOTOS, WANTED)
        assert torch.allclose(photos.mean(dim=(1, 2, 3)), wanted[:, 1], atol=1e-5)
        shares.append(float(wanted[0, 1]))
    assert max(shares) - min(shares) > 0.3


def test_a_patch_is_cut_and_an_exposure_is_blended() -> None:
    torch.manual_seed(2)
    patched = torch.cat([Mixer(Mix(1.0, cutmix_alpha=1.0))(PHOTOS, WANTED)[0] for _ in range(5)])
    blended = torch.cat([Mixer(Mix(1.0, mixup_alpha=1.0))(PHOTOS, WANTED)[0] for _ in range(5)])
    assert set(patched.unique().tolist()) == {0.0, 1.0} and len(blended.unique()) > 5
