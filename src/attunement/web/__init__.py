"""The web: JSON under ``/api`` for programs, pages for people, one set of doors for both."""
