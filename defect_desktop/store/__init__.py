"""The results database. All SQL of the program is here; the rest sees `store.database.Database` and core's values."""
