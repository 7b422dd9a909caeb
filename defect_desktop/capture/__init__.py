"""Where photos come from: files and folders that are named once, folders that are watched, and cameras."""
