"""Several trainings under one budget, measured on the same photos: recipes, networks, and a recipe's ablation."""
