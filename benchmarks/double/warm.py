"""Imports the bot once, and then is the bot as often as a line comes in: a fork starts in no time.

Each child runs `sixfold run` as it is. What it is told comes with the line, as JSON; its pid goes back.
"""

import json
import os
import signal
import sys

import bot.app
import bot.cli


def main() -> None:
    """Until the input ends."""
    # Nobody waits for the children here.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print(bot.app.__name__, flush=True)
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(json.loads(line))
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            sys.argv[1:] = ["run"]
            bot.cli.main()
        print(child, flush=True)


if __name__ == "__main__":
    main()
