"""Pages of the agenda: `public` and `slips` for residents, `planning` and `lists` for workers."""
