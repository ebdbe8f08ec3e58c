"""``python -m api.cli``: the command ``patithin`` where it is not on the path."""

from api.cli import main

if __name__ == "__main__":
    main()
