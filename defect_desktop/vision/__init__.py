"""From a photo to probabilities: loading, preprocessing, model packs, engines."""
