"""A local feed server for tests: documents by path, with entity tags and 304, on a loopback address of its own."""

import hashlib
import http.server
import threading


class FeedServer:
    """Serves what `answer(path)` returns: bytes, or (bytes, content type); None is a 404."""

    def __init__(self, answer, address="127.0.0.1"):
        self.answer = answer
        self.requests = []      # (path, status)
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                found = outer.answer(self.path)
                if found is None:
                    return self.reply(404, b"", "text/plain", "")
                body, kind = found if isinstance(found, tuple) else (found, "application/xml")
                tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
                if self.headers.get("If-None-Match") == tag:
                    return self.reply(304, b"", kind, tag)
                self.reply(200, body, kind, tag)

            def reply(self, status, body, kind, tag):
                with outer.lock:
                    outer.requests.append((self.path, status))
                self.send_response(status)
                if tag:
                    self.send_header("ETag", tag)
                if status != 304:
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server((address, 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def url(self, path):
        return "http://%s:%d%s" % (*self.server.server_address[:2], path)

    def count(self, status):
        with self.lock:
            return sum(1 for _, s in self.requests if s == status)

    def forget(self):
        with self.lock:
            self.requests.clear()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
