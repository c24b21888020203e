"""The use cases, one file a noun: ``check_`` (may it happen?), ``do_`` (write), ``access_`` (read with permission)."""
