"""The HTTP server of Python's library, a thread for each connection, on the listener it inherits.

Answers every request with its process id; a path /NUMBER so many milliseconds later. TERM lets it
finish what it serves.
"""

import http.server
import os
import signal
import socket
import sys
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(int(self.path[1:] or "0") / 1000)
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for them

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=3)


if os.environ["LISTEN_PID"] != str(os.getpid()) or os.environ["LISTEN_FDS"] != "1":
    sys.exit("these listeners are not for me")
signal.signal(signal.SIGINT, signal.SIG_DFL)  # go at once, and without a word
server = Server()
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever(poll_interval=0.05)
server.server_close()
