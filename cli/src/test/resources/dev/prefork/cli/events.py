"""An asyncio server on the listener it inherits, which says how it does by sd_notify(3).

Answers every request with its process id.
"""

import asyncio
import os
import signal
import socket


def notify(text):
    name = os.environ["NOTIFY_SOCKET"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect("\0" + name[1:] if name.startswith("@") else name)
        sender.send(text.encode())


async def answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    body = str(os.getpid()).encode()
    writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + body)
    await writer.drain()
    writer.close()


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(answer, sock=socket.socket(fileno=3))
    notify(f"READY=1\nSTATUS=slot {os.environ['PREFORK_SLOT']} serves")
    await stop.wait()
    notify("STOPPING=1")
    server.close()
    await server.wait_closed()


asyncio.run(main())
