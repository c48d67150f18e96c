"""The front door of a checkout: ``python cli.py check`` does what the installed ``ropa check`` does."""

from ropa.commands.app import main

if __name__ == "__main__":
    main()
