"""Runs moto on a port of the loopback interface until it is told to stop, or until whoever started it is gone.

usage: moto-server.py PORT, with a pipe as its standard input: the pipe ends with the process that holds its other end.
"""

import os
import sys
import threading

from moto.server import main


def end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
