"""The models page: which model packs there are, how good they are, and how they come and go."""
