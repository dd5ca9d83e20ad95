"""``python -m civictopics`` is the command ``civictopics``."""

from civictopics.cli import main

if __name__ == "__main__":
    main()
