"""Made-up members, for tests, benchmarks and demonstrations. Never used to claim effects on people."""
