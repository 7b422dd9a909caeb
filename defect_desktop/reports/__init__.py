"""From records to reports: CSV for people and spreadsheets, JSON for programs."""
