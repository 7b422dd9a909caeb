"""Where photos come from: files and folders that are named once (later: watched folders and cameras)."""
