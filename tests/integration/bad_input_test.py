#!/usr/bin/env python3
"""What servers may do to us: each bad feed is one clear line of error, and the good feed beside it is delivered.

    bad_input_test.py PATH/newswired
"""

import gzip
import http.server
import sys
import threading
import time
import unittest
import zlib

from feed_server import FeedServer
from newswired import Site, rss

PROGRAM = None
MAX_MEMORY = 250 * 1000 * 1000
GOOD_ITEMS = 200


def zeros_in_gzip(size):
    """`size` bytes of zeros, compressed, in pieces."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1 << 20)
    for _ in range(size >> 20):
        compressed = deflate.compress(piece)
        if compressed:
            yield compressed
    yield deflate.flush()


class RudeServer:
    """Answers that no decent server gives, by path."""

    def __init__(self):
        self.stopping = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                try:
                    getattr(outer, self.path.lstrip("/").split("?")[0])(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path):
        return "http://127.0.0.1:%d/%s" % (self.server.server_address[1], path)

    def stop(self):
        self.stopping.set()
        self.server.shutdown()
        self.server.server_close()

    @staticmethod
    def begin(request, **fields):
        request.send_response(200)
        for name, value in fields.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Connection", "close")
        request.end_headers()
        request.close_connection = True

    def gzip_bomb(self, request):
        self.begin(request, Content_Type="application/rss+xml", Content_Encoding="gzip")
        for piece in zeros_in_gzip(1 << 30):
            request.wfile.write(piece)

    def gzip_spaces_in_feed(self, request):
        """The same behind the beginning of a feed."""
        self.begin(request, Content_Type="application/rss+xml", Content_Encoding="gzip")
        request.wfile.write(gzip.compress(b"<rss version='2.0'><channel><title>x</title>"))
        for piece in zeros_in_gzip(1 << 30):
            request.wfile.write(piece)

    def hang(self, request):
        """Takes the question and says nothing."""
        self.stopping.wait(60)

    def hang_half_way(self, request):
        self.begin(request, Content_Type="application/rss+xml", Content_Length="100000")
        request.wfile.write(b"<rss version='2.0'><channel>")
        request.wfile.flush()
        self.stopping.wait(60)

    def drip(self, request):
        """A byte now and then, never silent for long."""
        self.begin(request, Content_Type="application/rss+xml", Content_Length="100000")
        while not self.stopping.wait(0.2):
            request.wfile.write(b" ")
            request.wfile.flush()

    def endless_redirects(self, request):
        number = int(request.path.partition("?")[2] or 0)
        self.redirect(request, "/endless_redirects?%d" % (number + 1))

    def circle(self, request):
        self.redirect(request, "/circle")

    @staticmethod
    def redirect(request, target):
        request.send_response(302)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def huge_header(self, request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Filler: ")
        for _ in range(160):
            request.wfile.write(b"x" * 65536)
        request.wfile.write(b"\r\nContent-Length: 0\r\n\r\n")
        request.close_connection = True

    def cut_off(self, request):
        """Promises more than it sends."""
        self.begin(request, Content_Type="application/rss+xml", Content_Length="100000")
        request.wfile.write(rss("cut", 3))

    def no_http(self, request):
        request.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        request.close_connection = True


NESTED = (b"<rss version='2.0'><channel><item><title>deep</title><description>" + b"<b>" * 200_000 + b"x"
          + b"</b>" * 200_000 + b"</description></item></channel></rss>")
ENTITY_BOMB = ("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'lol lol lol lol'>" + "".join(
    "<!ENTITY a%d '%s'>" % (i, "&a%d;" % (i - 1) * 10) for i in range(1, 12))
    + "]><rss version='2.0'><channel><item><guid>bomb</guid><title>bomb &a11;</title></item></channel></rss>").encode()
EXTERNAL = (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            b"<rss version='2.0'><channel><item><guid>xxe</guid><title>secret &x;</title></item></channel></rss>")


class BadInputTest(unittest.TestCase):
    def setUp(self):
        self.documents = {}
        self.good = FeedServer(self.documents.get)
        self.rude = RudeServer()
        self.documents["/good"] = rss("good", GOOD_ITEMS)
        self.site = Site(PROGRAM)

    def tearDown(self):
        self.rude.stop()
        self.good.stop()
        self.site.__exit__()

    def ask(self, *bad):
        """One run over the good feed and the bad ones (names and URLs): its log lines."""
        self.site.configure([("good", self.good.url("/good")), *bad], fetch="timeout: 3s, total_timeout: 8s")
        began = time.monotonic()
        self.code, _, log, memory = self.site.measure("once")
        self.taken = time.monotonic() - began
        if not self.site.asan():
            self.assertLess(memory, MAX_MEMORY, "memory is bounded")
        good = [record["id"] for record in self.site.records() if record["feed"]["name"] == "good"]
        self.assertEqual(good, ["good-%d" % i for i in range(1, GOOD_ITEMS + 1)], "the good feed is delivered, in order")
        return log.splitlines()

    def assert_fails(self, url, *words):
        lines = self.ask(("bad", url))
        about_it = [line for line in lines if "feed=bad" in line]
        self.assertEqual(len(about_it), 1, "one line of error, not %r" % lines)
        self.assertIn(" warning ", about_it[0])
        for word in words:
            self.assertIn(word, about_it[0])
        self.assertIn("1 failed", lines[-1], "the totals count it")
        self.assertEqual(self.code, 1)

    def assert_read(self, name, body):
        """What can be read is read: no error at all."""
        self.documents["/odd"] = body
        lines = self.ask((name, self.good.url("/odd")))
        self.assertEqual([line for line in lines if "feed=" + name in line], [])
        self.assertEqual(self.code, 0)
        return [record for record in self.site.records() if record["feed"]["name"] == name]

    def assert_unreadable(self, body, *words):
        self.documents["/odd"] = body
        self.assert_fails(self.good.url("/odd"), *words)

    def test_nothing_there(self):
        self.assert_fails(self.good.url("/nowhere"), "404")

    def test_nobody_listens(self):
        self.assert_fails("http://127.0.0.1:1/feed", "accepted a connection")

    def test_an_address_that_is_refused(self):
        self.assert_fails("http://10.0.0.1/feed", "allow_addresses")

    def test_a_file(self):
        self.site.configure([("good", self.good.url("/good")), ("bad", "file:///etc/passwd")])
        code, out, err = self.site.run("once")
        self.assertIn(code, (1, 2))
        self.assertNotIn("root:", out + err + self.site.text("out.jsonl"))
        self.assertIn("file:///etc/passwd", err)

    def test_no_xml(self):
        self.assert_unreadable(b"this is just text, and no feed at all", "reason=")

    def test_a_web_page(self):
        self.assert_unreadable(b"<!DOCTYPE html><html><head><title>x</title></head><body><p>Hello</p></body></html>")

    def test_no_bytes(self):
        self.assert_unreadable(b"", "empty")

    def test_binary(self):
        self.assert_unreadable(bytes(range(256)) * 4000)

    def test_zeros(self):
        self.assert_unreadable(bytes(1_000_000))

    def test_a_gigabyte_of_zeros_in_gzip(self):
        self.assert_fails(self.rude.url("gzip_bomb"), "max_body")

    def test_a_feed_that_swells_to_a_gigabyte(self):
        self.assert_fails(self.rude.url("gzip_spaces_in_feed"), "reason=")

    def test_a_server_that_hangs(self):
        self.assert_fails(self.rude.url("hang"), "sent nothing")
        self.assertLess(self.taken, 40)

    def test_a_server_that_hangs_half_way(self):
        self.assert_fails(self.rude.url("hang_half_way"), "sent nothing")
        self.assertLess(self.taken, 40)

    def test_a_server_that_drips(self):
        self.assert_fails(self.rude.url("drip"), "took longer")
        self.assertLess(self.taken, 40)

    def test_endless_redirects(self):
        self.assert_fails(self.rude.url("endless_redirects"), "redirects")

    def test_a_redirect_to_itself(self):
        self.assert_fails(self.rude.url("circle"), "redirects")

    def test_a_header_of_ten_megabytes(self):
        self.assert_fails(self.rude.url("huge_header"), "header")

    def test_an_answer_that_is_cut_off(self):
        self.assert_fails(self.rude.url("cut_off"), "ended before it was complete")

    def test_a_server_of_another_kind(self):
        self.assert_fails(self.rude.url("no_http"), "HTTP")

    def test_two_hundred_thousand_nested_elements(self):
        self.documents["/odd"] = NESTED
        lines = self.ask(("bad", self.good.url("/odd")))
        self.assertLessEqual(len([line for line in lines if "feed=bad" in line]), 1)

    def test_an_entity_bomb(self):
        self.documents["/odd"] = ENTITY_BOMB
        lines = self.ask(("bad", self.good.url("/odd")))
        self.assertLessEqual(len([line for line in lines if "feed=bad" in line]), 1)
        self.assertLess(len(self.site.text("out.jsonl")), 10_000_000)

    def test_an_external_entity(self):
        self.documents["/odd"] = EXTERNAL
        self.ask(("bad", self.good.url("/odd")))
        self.assertNotIn("root:", self.site.text("out.jsonl"))

    def test_half_a_document(self):
        whole = rss("half", 10)
        records = self.assert_read("half", whole[:whole.index(b"Article 5 ")])
        self.assertEqual([record["id"] for record in records], ["half-%d" % i for i in range(6, 11)])

    def test_all_at_once(self):
        self.documents.update({"/nested": NESTED, "/bomb": ENTITY_BOMB, "/text": b"text", "/nothing": b"",
                               "/binary": bytes(range(256)) * 4000})
        bad = [("rude-" + name, self.rude.url(name)) for name in (
            "gzip_bomb", "hang", "drip", "endless_redirects", "huge_header", "cut_off", "no_http")]
        bad += [("odd-" + name, self.good.url("/" + name)) for name in ("text", "nothing", "binary", "gone")]
        lines = self.ask(*bad, ("nested", self.good.url("/nested")), ("bomb", self.good.url("/bomb")))
        for name, _ in bad:
            self.assertEqual(len([line for line in lines if "feed=%s " % name in line]), 1, name)
        self.assertEqual(self.code, 1)

    def test_the_daemon_goes_on(self):
        """Under `run` a bad feed is one line however often it is asked, and the good one goes on."""
        self.documents["/text"] = b"text"
        self.site.configure([("good", self.good.url("/good")), ("bad", self.good.url("/text")),
                             ("bomb", self.rude.url("gzip_bomb"))],
                            fetch="timeout: 1s, total_timeout: 4s, backoff: {base: 200ms, max: 200ms}")
        daemon = self.site.start()
        self.addCleanup(daemon.kill)
        end = time.monotonic() + 20
        while time.monotonic() < end and self.good.requests.count(("/text", 200)) < 5:
            time.sleep(0.05)
        self.documents["/good"] = rss("good", GOOD_ITEMS + 1)
        while time.monotonic() < end and len(self.site.ids()) <= GOOD_ITEMS:
            time.sleep(0.05)
        with open("/proc/%d/status" % daemon.pid) as status:
            peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
        daemon.terminate()
        self.assertEqual(daemon.wait(30), 0)
        self.assertEqual(len(self.site.ids()), GOOD_ITEMS + 1)
        log = self.site.text("daemon.log").splitlines()
        self.assertEqual(len([line for line in log if "feed=bad" in line]), 1, log)
        if not self.site.asan():
            self.assertLess(peak, MAX_MEMORY)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
