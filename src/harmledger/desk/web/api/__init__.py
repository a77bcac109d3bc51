"""The desk for programs: what the pages show and take, as JSON under ``/api``, by tokens alone."""
