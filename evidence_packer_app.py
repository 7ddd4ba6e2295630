"""Where the installed program begins.

In a checkout this is a file beside the code; in a wheel it is the package that holds everything, code and data, so that nothing of
ours lies loose among other people's packages. Either way the code finds its data beside itself.
"""

import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
"""The folder with code and data."""


def main() -> None:
    """Run the command line."""
    if (HOME / "api").is_dir() and str(HOME) not in sys.path:
        sys.path.insert(0, str(HOME))
    from api.commands.command_line import main as run  # noqa: PLC0415  # found through the line above

    run()


if __name__ == "__main__":
    main()
