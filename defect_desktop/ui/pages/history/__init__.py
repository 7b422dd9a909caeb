"""The history page: everything ever classified, to search, look at, count and export."""
