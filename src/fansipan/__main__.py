"""``python -m fansipan`` is the command line."""

from fansipan.cli import main

if __name__ == "__main__":
    main()
