"""Pure rules: what a defect is, what a prediction means, when a person must look. Standard library and numpy only."""
