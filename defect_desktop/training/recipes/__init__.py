"""What a training follows: the declarations, the recipes that come along, and the course that follows from one."""
