"""Folders, workbooks and SQLite files that hold a province."""
