"""Ways to a person: notices of a browser, letters, and the programme's own application."""
