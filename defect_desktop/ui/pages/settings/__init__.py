"""The page of settings: a card for each group of choices; every choice applies at once."""
