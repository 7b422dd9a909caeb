"""All that can be said of a pack on labelled photos, how sure each figure is, and the report that says it."""
