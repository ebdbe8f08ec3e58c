"""``python -m patithin``: the command line."""

from api.cli import main

main()
