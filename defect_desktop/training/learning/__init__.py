"""Networks that learn: from photos in memory and a recipe to trained members, resumably."""
