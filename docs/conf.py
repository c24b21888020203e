"""How the guide is built: `make docs`."""

project = "Attunement"
author = "The Attunement contributors"
copyright = "2026, The Attunement contributors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Attunement"
myst_heading_anchors = 3
autodoc_member_order = "bysource"
nitpicky = False
