"""Notebooks as HTML pages, as nbconvert makes them, on a light and on a dark page: `export_notebooks.py FOLDER NOTEBOOK...`."""

import sys
from pathlib import Path

from nbconvert import HTMLExporter

folder, *notebooks = sys.argv[1:]
for theme in ["light", "dark"]:
    exporter = HTMLExporter(theme=theme)
    for notebook in map(Path, notebooks):
        page, _ = exporter.from_filename(str(notebook))
        Path(folder, f"{notebook.stem}.{theme}.html").write_text(page, encoding="utf-8")
