import time

HELLO = b"hello, world\n"
TEN_K = b"x" * 10240


def burn():
    finish = time.thread_time() + 0.005
    while time.thread_time() < finish:
        pass
    return b"done\n"


def application(environ, start_response):
    path = environ["PATH_INFO"]
    body = burn() if path == "/cpu" else TEN_K if path == "/10k" else HELLO
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
