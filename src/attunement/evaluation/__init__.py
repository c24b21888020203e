"""What can be said of offers and outcomes after the fact, in figures anybody can check by hand."""
