"""A search for a better recipe on the photos at hand, with Optuna."""
