#!/usr/bin/env python3
"""How many TLS sessions outlive a restart of the daemon.

    resumption_test.py PATH/newswired [--hosts 10000]
"""

import argparse
import socket
import ssl
import subprocess
import sys
import threading
import unittest

from newswired import Site, rss, wait_for

PROGRAM = None
HOSTS = 500
THREADS = 8


def identity(folder):
    """A certificate for nobody in particular, with its key, in one file."""
    path = folder + "/identity.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-subj", "/CN=any", "-days", "2", "-keyout", path + ".key", "-out", path + ".crt"],
                   check=True, capture_output=True)
    with open(path, "wb") as whole:
        for part in (".crt", ".key"):
            with open(path + part, "rb") as file:
                whole.write(file.read())
    return path


class TlsServer:
    """Serves one document to each connection, on every loopback address, and knows who resumed a session."""

    def __init__(self, certificate):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("0.0.0.0", 0), backlog=1024)
        self.port = self.listener.getsockname()[1]
        body = rss("small", 1)
        self.answer = (b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
                       b"Content-Length: %d\r\n\r\n" % len(body)) + body
        self.first_of_host = {}  # address → whether its first handshake resumed a session
        for _ in range(THREADS):
            threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            try:
                connection.settimeout(10)
                host = connection.getsockname()[0]
                with self.context.wrap_socket(connection, server_side=True) as tls:
                    self.first_of_host.setdefault(host, tls.session_reused)
                    if tls.recv(65536):
                        tls.sendall(self.answer)
            except OSError:
                connection.close()


class ResumptionTest(unittest.TestCase):
    def first_handshakes(self, site, server):
        """Lets the daemon ask every host once at least: which of the first handshakes resumed a session."""
        server.first_of_host = {}
        daemon = site.start()
        done = wait_for(lambda: len(server.first_of_host) == HOSTS, 60 + HOSTS // 50)
        daemon.terminate()
        self.assertEqual(daemon.wait(60), 0, site.text("daemon.log")[-3000:])
        self.assertTrue(done, "%d of %d hosts" % (len(server.first_of_host), HOSTS))
        return list(server.first_of_host.values())

    def test_sessions_outlive_a_restart(self):
        with Site(PROGRAM) as site:
            server = TlsServer(identity(site.folder))
            hosts = ["127.%d.%d.%d" % (1 + i // 2500, i // 50 % 50, 1 + i % 50) for i in range(HOSTS)]
            feeds = [("f%d" % i, "https://%s:%d/" % (host, server.port)) for i, host in enumerate(hosts)]
            site.configure(feeds, defaults="interval: 5s, min_interval: 1s, insecure: true")

            before = self.first_handshakes(site, server)
            after = self.first_handshakes(site, server)

            self.assertEqual(sum(before), 0)
            share = sum(after) / len(after)
            print("%d hosts: %.1f %% of the first handshakes after the restart resumed" % (HOSTS, 100 * share),
                  file=sys.stderr)
            self.assertGreaterEqual(share, 0.95)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--hosts", type=int, default=HOSTS)
    arguments = parser.parse_args()
    PROGRAM, HOSTS = arguments.program, arguments.hosts
    unittest.main(argv=sys.argv[:1], verbosity=2)
