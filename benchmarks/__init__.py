"""What is measured, each with one command: ``python -m benchmarks.NAME [--quick] [--json]``."""
