"""`python -m wirecheck` is the command `wirecheck`."""

from wirecheck.cli import main

if __name__ == "__main__":
    main()
