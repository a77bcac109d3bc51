"""The report for people: one HTML file that works offline, with each number beside the sentence that says it."""
