# What a contributor runs. `just` comes with most systems, or from: uv tool install rust-just

# All that a change must pass
check:
    .ci/run

# The tests, without the slow ones
test:
    uv run pytest -m "not slow"

# Put the code in its form
format:
    uv run ruff format
    uv run ruff check --fix

# Hold the accuracy against the pinned figures
gate *flags:
    uv run python bench/gate.py {{flags}}

# Time and memory beside spaCy's small English pipeline
speed *flags:
    uv run python bench/speed.py {{flags}}

# The exact set of libraries, by hash, for who needs it
requirements:
    uv export --quiet --no-dev --no-emit-project --no-header --format requirements-txt --output-file requirements.txt
