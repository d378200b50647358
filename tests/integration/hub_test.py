#!/usr/bin/env python3
"""The program and a hub (WebSub): subscribed to, told, restarted, taken leave of.

    hub_test.py PATH/newswired
"""

import hashlib
import hmac
import http.server
import json
import signal
import socket
import sys
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

from feed_server import FeedServer
from newswired import Site, rss, wait_for

PROGRAM = None


class Hub:
    """Takes subscriptions, verifies them and pushes."""

    def __init__(self, status=202):
        self.status = status
        self.asked = []     # the forms, in order
        self.agreed = []    # (mode, status, body) of each verification
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = dict(urllib.parse.parse_qsl(body))
                outer.asked.append(form)
                self.send_response(outer.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                if outer.status == 202:
                    threading.Thread(target=outer.verify, args=(form,), daemon=True).start()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = "http://127.0.0.1:%d/" % self.server.server_address[1]

    def call(self, url, body=None, headers=()):
        try:
            request = urllib.request.Request(url, data=body, headers=dict(headers))
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()

    def say(self, form, **words):
        query = urllib.parse.urlencode({"hub." + name: word for name, word in words.items()})
        return self.call(form["hub.callback"] + "?" + query)

    def verify(self, form):
        status, body = self.say(form, mode=form["hub.mode"], topic=form["hub.topic"], challenge="c-42",
                                lease_seconds=864000)
        self.agreed.append((form["hub.mode"], status, body))

    def push(self, form, document, method="sha256", secret=None):
        key = form["hub.secret"] if secret is None else secret
        digest = hmac.new(key.encode(), document, getattr(hashlib, method)).hexdigest()
        return self.call(form["hub.callback"], document,
                         {"Content-Type": "application/rss+xml", "X-Hub-Signature": "%s=%s" % (method, digest)})[0]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class HubTest(unittest.TestCase):
    def setUp(self):
        self.hub = Hub()
        self.links = ("<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='%s'/>" % self.hub.url)
        self.items = 2
        self.server = FeedServer(lambda path: self.document(self.items) if path == "/a" else None)
        self.site = Site(PROGRAM)
        self.port = free_port()
        self.configure([("a", self.server.url("/a"))])

    def tearDown(self):
        self.site.__exit__()
        self.server.stop()
        self.hub.stop()

    def document(self, items):
        return rss("a", items).replace(b"</title>", b"</title>" + self.links.encode(), 1)

    def configure(self, feeds, callback="websub"):
        self.site.configure(feeds, defaults="interval: 300ms, min_interval: 100ms, max_interval: 1h",
                            fetch="backoff: {base: 200ms, max: 1s}",
                            extra="websub: {enabled: true, listen: '127.0.0.1:%d', callback: 'http://127.0.0.1:%d/%s'}"
                            % (self.port, self.port, callback))

    def start(self):
        return self.site.start()

    def stop(self, daemon):
        daemon.send_signal(signal.SIGTERM)
        self.assertEqual(daemon.wait(20), 0, self.log())

    def ids(self):
        text = self.site.text("out.jsonl")
        return [json.loads(line)["id"] for line in text[:text.rfind("\n") + 1].splitlines()]

    def log(self):
        return self.site.text("daemon.log")

    def until(self, condition, seconds=20):
        self.assertTrue(wait_for(condition, seconds), self.log())

    def subscribe(self):
        daemon = self.start()
        self.until(lambda: self.hub.agreed)
        return daemon

    def test_what_a_hub_pushes_is_delivered_once_and_while_it_does_polls_are_rare(self):
        daemon = self.subscribe()
        form = self.hub.asked[0]
        self.assertEqual(self.hub.agreed[0], ("subscribe", 200, b"c-42"))
        self.assertEqual(form["hub.topic"], self.server.url("/a"))

        for method in ("sha1", "sha256", "sha384", "sha512"):
            self.items += 1
            self.assertEqual(self.hub.push(form, self.document(self.items), method), 202)
            self.until(lambda: "a-%d" % self.items in self.ids())
        self.assertEqual(self.hub.push(form, self.document(9), secret="guessed"), 202)
        self.stop(daemon)

        self.assertEqual(sorted(self.site.ids()), ["a-%d" % i for i in range(1, 7)])

    def test_a_subscription_survives_a_kill_and_a_change_of_the_call_back_does_not_lose_it(self):
        daemon = self.subscribe()
        daemon.kill()
        daemon.wait()
        daemon = self.start()
        self.until(lambda: self.log().count("Listening") == 2)
        self.assertEqual(self.hub.push(self.hub.asked[0], self.document(5)), 202)
        self.until(lambda: "a-5" in self.ids())
        self.assertEqual(len(self.hub.asked), 1, "it is not asked again")

        self.configure([("a", self.server.url("/a"))], "other")
        daemon.send_signal(signal.SIGHUP)
        self.until(lambda: len(self.hub.agreed) == 2)
        self.assertIn("/other/", self.hub.asked[1]["hub.callback"])
        self.stop(daemon)

    def test_a_hub_is_taken_leave_of_when_its_feed_is_removed(self):
        daemon = self.subscribe()
        self.configure([("b", self.server.url("/b"))])
        daemon.send_signal(signal.SIGHUP)

        self.until(lambda: ("unsubscribe", 200, b"c-42") in self.hub.agreed)
        self.assertIn(self.hub.push(self.hub.asked[0], self.document(5)), (404, 410))
        self.stop(daemon)
        self.assertNotIn("a-5", self.site.ids())

    def test_a_denial_is_told_with_its_reason(self):
        daemon = self.subscribe()
        form = self.hub.asked[0]
        self.assertEqual(self.hub.say(form, mode="denied", topic="http://other.example/", reason="x")[0], 404)
        self.assertEqual(self.hub.say(form, mode="denied", topic=form["hub.topic"], reason="not ours")[0], 200)

        status, explained, _ = self.site.run("explain", "a")
        self.assertEqual(status, 0)
        self.assertIn("pushes: not subscribed at %s yet; the hub denied the subscription: not ours" % self.hub.url,
                      explained)
        self.assertIn("hubs: 1 feeds have one, 0 subscribed to, 1 failing", self.site.run("status")[1])
        self.stop(daemon)

    def test_the_feed_may_name_another_hub(self):
        daemon = self.subscribe()
        other = Hub()
        self.links = self.links.replace(self.hub.url, other.url)
        self.items += 1

        self.until(lambda: other.agreed)
        self.until(lambda: ("unsubscribe", 200, b"c-42") in self.hub.agreed)
        self.assertEqual(other.push(other.asked[0], self.document(7)), 202)
        self.stop(daemon)
        other.stop()
        self.assertIn("a-7", self.site.ids())

    def test_a_hub_that_is_gone_is_left_alone_and_polling_goes_on(self):
        self.hub.status = 410
        daemon = self.start()
        self.until(lambda: self.hub.asked)
        for _ in range(5):
            self.items += 1
            self.until(lambda: "a-%d" % self.items in self.ids())
        self.assertEqual(len(self.hub.asked), 1)
        self.stop(daemon)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
