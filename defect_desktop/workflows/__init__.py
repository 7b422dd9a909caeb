"""One verb a file: each workflow is a generator that yields progress, returns its result, and stops when closed."""
