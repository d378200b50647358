#!/usr/bin/env python3
"""How many connections servers see: few for each host, and in all no more than may be asked at once.

    sockets_test.py PATH/newswired
"""

import os
import selectors
import socket
import sys
import threading
import time
import unittest

from newswired import Site, rss, wait_for

PROGRAM = None
OTHER_SOCKETS = 4  # that for control, and what systemd may have given


class CountingServer:
    """Serves one document at every path and on every loopback address, and counts connections.  `linger`: how
    long an answer takes; `requests`: after how many it closes a connection without a word."""

    def __init__(self, linger=0.0, requests=None):
        self.linger = linger
        self.limit = requests
        self.body = rss("small", 1)
        self.listener = socket.create_server(("0.0.0.0", 0), backlog=4096)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.open = {}          # socket → [bytes unread, requests answered]
        self.late = []          # (time, socket)
        self.accepted = self.most = self.answered = 0
        self.paths = set()
        self.stopping = False
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while not self.stopping:
            for key, _ in self.selector.select(0.01):
                if key.fileobj is self.listener:
                    self.accept()
                else:
                    self.read(key.fileobj)
            now = time.monotonic()
            while self.late and self.late[0][0] <= now:
                self.answer(self.late.pop(0)[1])

    def accept(self):
        try:
            while True:
                connection, _ = self.listener.accept()
                connection.setblocking(False)
                self.selector.register(connection, selectors.EVENT_READ)
                self.open[connection] = [b"", 0]
                self.accepted += 1
                self.most = max(self.most, len(self.open))
        except BlockingIOError:
            pass

    def read(self, connection):
        try:
            got = connection.recv(65536)
        except OSError:
            got = b""
        if not got:
            return self.close(connection)
        self.open[connection][0] += got
        if b"\r\n\r\n" in self.open[connection][0]:
            head = self.open[connection][0].decode("latin-1")
            self.open[connection][0] = b""
            fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            self.paths.add((fields.get("host"), head.split(" ")[1]))
            self.late.append((time.monotonic() + self.linger, connection))

    def answer(self, connection):
        if connection not in self.open:
            return
        self.answered += 1
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n"
                        % len(self.body) + self.body)
        self.open[connection][1] += 1
        if self.open[connection][1] == self.limit:
            self.close(connection)

    def close(self, connection):
        self.selector.unregister(connection)
        del self.open[connection]
        connection.close()

    def stop(self):
        self.stopping = True
        self.thread.join()
        self.listener.close()


def sockets_of(process):
    """How many sockets `process` has open: a server learns late of those that were closed."""
    folder = "/proc/%d/fd/" % process.pid
    count = 0
    for descriptor in os.listdir(folder):
        try:
            count += os.readlink(folder + descriptor).startswith("socket:")
        except OSError:
            pass
    return count


class SocketsTest(unittest.TestCase):
    def run_against(self, server, feeds, fetch, enough, seconds):
        with Site(PROGRAM) as site:
            site.configure(feeds, fetch=fetch, defaults="interval: 300ms, min_interval: 100ms")
            daemon = site.start()
            done = wait_for(lambda: enough(daemon), seconds)
            daemon.terminate()
            self.assertEqual(daemon.wait(60), 0, site.text("daemon.log")[-3000:])
            server.stop()
            self.assertTrue(done, "%d answered, %d paths" % (server.answered, len(server.paths)))
            return site.text("daemon.log")

    def test_ten_feeds_of_one_host_share_two_connections(self):
        server = CountingServer(linger=0.01)
        feeds = [("f%d" % i, "http://127.0.0.1:%d/%d" % (server.port, i)) for i in range(10)]
        self.run_against(server, feeds, "per_host: {connections: 2, delay: 0s}",
                         lambda _: len(server.paths) == 10 and server.answered >= 50, 60)
        self.assertLessEqual(server.most, 2)
        self.assertLessEqual(server.accepted, 2, "connections are kept")

    def test_a_connection_that_the_server_closes_between_two_polls_is_no_failure(self):
        server = CountingServer(requests=2)
        feeds = [("f", "http://127.0.0.1:%d/" % server.port)]
        log = self.run_against(server, feeds, "", lambda _: server.answered >= 12, 60)
        self.assertGreaterEqual(server.accepted, 5)
        self.assertNotIn("warning", log)

    def test_ten_thousand_feeds_at_start_keep_to_the_limit_of_connections(self):
        server = CountingServer(linger=0.02)
        hosts = ["127.%d.%d.%d" % (1 + i // 2500, i // 50 % 50, 1 + i % 50) for i in range(10_000)]
        feeds = [("f%d" % i, "http://%s:%d/" % (host, server.port)) for i, host in enumerate(hosts)]
        seen = []

        def most_are_asked(daemon):
            seen.append(sockets_of(daemon))
            return len(server.paths) >= 4_000

        self.run_against(server, feeds, "max_in_flight: 40", most_are_asked, 120)
        self.assertLessEqual(max(seen), 40 + OTHER_SOCKETS)
        self.assertGreater(max(seen), 20, "the limit is used")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
