"""What is to be known of a labelled data set before anything is trained on it, and the report that shows it."""
