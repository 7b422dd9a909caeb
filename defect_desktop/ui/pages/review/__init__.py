"""The review: a person looks at what the program said, and says what they see. Roll, steps and choices know no Qt."""
