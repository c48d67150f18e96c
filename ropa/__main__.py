"""``python -m ropa``."""

from ropa.commands.app import main

if __name__ == "__main__":
    main()
