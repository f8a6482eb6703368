"""`python -m bot`, for the rare place where the `sixfold` command is not on the path."""

from bot.cli import main

if __name__ == "__main__":
    main()
