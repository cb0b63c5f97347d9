"""Pages about duties, for who runs an organisation and for its auditor."""
