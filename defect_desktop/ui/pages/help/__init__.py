"""The help page: how to use the program, and what each defect looks like."""
