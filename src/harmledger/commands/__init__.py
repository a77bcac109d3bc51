"""Commands with a file of their own; what each needs is imported when it runs."""
