"""Reads and checks the practices, families and helplines under ``content/``."""
