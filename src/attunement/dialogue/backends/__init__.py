"""Language models that can answer, wherever they run. None of them is needed: the composer answers without."""
