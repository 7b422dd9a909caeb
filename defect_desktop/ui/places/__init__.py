"""Where the inspector is: a bar that shows it and a picker that changes it, for any page. The rules know no Qt."""
