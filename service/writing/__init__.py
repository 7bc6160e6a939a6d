"""What goes out: a run's own files, all or nothing (outputs.py, overview.py), and its other forms (export.py)."""
