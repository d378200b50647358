#!/usr/bin/env python3
"""A small local server with the sample feeds, for trying newswired without a network.

    sample_server.py FOLDER [--port N] [--later SECONDS]

Serves the files of FOLDER with entity tags and 304.  A file NAME.later takes the place of NAME after some seconds: a feed
that gets a new item, and another one edited.  Prints "ready http://ADDRESS:PORT" when it listens.
"""

import argparse
import hashlib
import http.server
import os
import time

TYPES = {".json": "application/feed+json", ".xml": "application/xml"}


def content(folder, name, later):
    path = os.path.join(folder, os.path.basename(name))
    if later and os.path.exists(path + ".later"):
        path += ".later"
    if name.endswith(".later") or not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return file.read()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        options = self.server.options
        body = content(options.folder, self.path.lstrip("/"), time.monotonic() - self.server.began >= options.later)
        if body is None:
            return self.answer(404, b"", {})
        headers = {"ETag": '"%s"' % hashlib.sha256(body).hexdigest()[:16]}
        if self.headers.get("If-None-Match") == headers["ETag"]:
            return self.answer(304, b"", headers)
        headers["Content-Type"] = TYPES.get(os.path.splitext(self.path)[1], "text/plain")
        self.answer(200, body, headers)

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--later", type=float, default=15)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.options = arguments.parse_args()
    server.allow_reuse_address = True
    server.server_address = ("127.0.0.1", server.options.port)
    server.server_bind()
    server.server_activate()
    server.began = time.monotonic()
    print("ready http://127.0.0.1:%d" % server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
