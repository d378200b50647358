#!/usr/bin/env python3
"""Full text against a local site: teasers and their pages, robots.txt, paywalls, soft 404s, slow pages.

    full_text_test.py PATH/newswired
"""

import http.server
import sys
import threading
import time
import unittest

from newswired import Site, wait_for

PROGRAM = None
TEASER = "Story %s tells what the travellers saw when they came over the mountain pass number %s."
LINES = ["They had walked for three days, with two mules and a cook who knew the way.",
         "At the top, where the wind never stops, stood a hut that no map knew of.",
         "Nobody had lived in it for years, but the lamp above the door was warm.",
         "What happened then is told differently by each of those who were there."]


def teaser(name):
    return TEASER % (name, name)


def feed(names, base, body=teaser):
    items = "".join("<item><guid isPermaLink='false'>%s</guid><title>The story of pass %s</title><link>%s/%s</link>"
                    "<description>%s</description></item>" % (n, n, base, n, body(n)) for n in names)
    return ("<rss version='2.0'><channel><title>Stories</title><link>%s/</link>%s</channel></rss>"
            % (base, items)).encode()


def page(name, more="", head=""):
    paragraphs = "".join("<p>%s</p>" % line for line in [teaser(name), *LINES * 2])
    return ("<!doctype html><html lang='en'><head><title>The story of pass %s - News</title>"
            "<meta property='og:image' content='/%s.jpg'><meta name='author' content='Marta Lindqvist'>%s</head>"
            "<body><nav><a href='/'>Home</a></nav><article><h1>The story of pass %s</h1>%s</article>%s</body></html>"
            % (name, name, head, name, paragraphs, more)).encode()


class WebSite:
    """Answers by path: bytes (an HTML page), or (status, headers, bytes), or a function of the handler."""

    def __init__(self, address="127.0.0.1"):
        self.answers = {}
        self.requests = []          # (path, headers)
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with outer.lock:
                    outer.requests.append((self.path, dict(self.headers)))
                    outer.at_once += 1
                    outer.most_at_once = max(outer.most_at_once, outer.at_once)
                try:
                    found = outer.answers.get(self.path, (404, {}, b"<h1>Not found</h1>"))
                    if callable(found):
                        found = found(self)
                    status, headers, body = found if isinstance(found, tuple) else (200, {}, found)
                    self.send_response(status)
                    kind = "application/xml" if body.startswith(b"<rss") else "text/html; charset=utf-8"
                    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    with outer.lock:
                        outer.at_once -= 1
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass

        self.server = Server((address, 0), Handler)
        self.base = "http://%s:%d" % self.server.server_address[:2]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def count(self, path):
        with self.lock:
            return sum(1 for p, _ in self.requests if p == path)

    def pages_asked(self):
        with self.lock:
            return sorted(p for p, _ in self.requests if p not in ("/feed", "/robots.txt", "/again"))

    def headers(self, path):
        with self.lock:
            return next(h for p, h in self.requests if p == path)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class FullTextTest(unittest.TestCase):
    def setUp(self):
        self.web = WebSite()
        self.site = Site(PROGRAM)
        self.web.answers["/feed"] = feed(["a"], self.web.base)
        self.web.answers["/a"] = page("a")

    def tearDown(self):
        self.site.__exit__()
        self.web.stop()

    def serve(self, *names):
        """A feed of teasers, newest first, each with a page."""
        self.web.answers["/feed"] = feed(names, self.web.base)
        for name in names:
            self.web.answers["/" + name] = page(name)

    def once(self, mode="always", feeds=None, fetch="", extra=""):
        self.site.configure(feeds or [("news", self.web.base + "/feed")], fetch=fetch, extra=extra,
                            defaults="full_text: %s" % mode)
        code, out, err = self.site.run("once")
        self.assertEqual(code, 0, err)
        return {record["id"]: record for record in self.site.records()}

    def body_from(self, records):
        return {name: record["body_from"] for name, record in records.items()}

    def test_an_article_gets_the_text_of_its_page(self):
        records = self.once()

        record = records["a"]
        self.assertEqual(record["body_from"], "page")
        for line in LINES:
            self.assertIn(line, record["content_text"])
        self.assertNotIn("Home", record["content_text"])
        self.assertEqual(record["image"], self.web.base + "/a.jpg")
        self.assertEqual(record["authors"], [{"name": "Marta Lindqvist"}])
        self.assertEqual(record["language"], "en")
        self.assertEqual(record["summary"], teaser("a"))

    def test_pages_are_asked_once_and_only_for_news(self):
        self.serve("c", "b", "a")
        self.once()
        self.assertEqual(self.web.pages_asked(), ["/a", "/b", "/c"])
        self.assertEqual(self.web.count("/robots.txt"), 1)

        self.web.answers["/feed"] = feed(["d", "c", "b", "a"], self.web.base)
        self.web.answers["/d"] = page("d")
        self.once()
        self.assertEqual(self.web.pages_asked(), ["/a", "/b", "/c", "/d"])

    def test_duplicates_of_other_feeds_and_dropped_articles_cost_no_page(self):
        self.serve("b", "a")
        self.once()
        self.web.answers["/again"] = feed(["b", "a"], self.web.base)
        self.web.answers["/feed"] = feed(["ad", "b", "a"], self.web.base)
        self.once(feeds=[("news", self.web.base + "/feed"), ("again", self.web.base + "/again")],
                  extra="rules:\n  - drop: {title: 'pass ad'}")

        self.assertEqual(self.web.pages_asked(), ["/a", "/b"])
        self.assertEqual(len(self.site.records()), 2)

    def test_two_feeds_with_the_same_news_at_once_cost_one_page(self):
        self.serve("b", "a")
        self.web.answers["/again"] = feed(["b", "a"], self.web.base)
        self.once(feeds=[("news", self.web.base + "/feed"), ("again", self.web.base + "/again")],
                  fetch="per_host: {connections: 1, delay: 0s}")

        self.assertEqual(self.web.pages_asked(), ["/a", "/b"])
        self.assertEqual(len(self.site.records()), 2)

    def test_never_asks_for_no_page(self):
        records = self.once("never")

        self.assertEqual(self.body_from(records), {"a": "feed"})
        self.assertEqual(self.web.pages_asked(), [])
        self.assertEqual(self.web.count("/robots.txt"), 0)

    def test_auto_fetches_for_teasers(self):
        self.serve(*"hgfedcba")

        self.assertEqual(set(self.body_from(self.once("auto")).values()), {"page"})

    def test_auto_leaves_whole_articles_alone(self):
        whole = lambda name: "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join([teaser(name), *LINES * 6])
        self.web.answers["/feed"] = feed("hgfedcba", self.web.base, whole)

        self.assertEqual(set(self.body_from(self.once("auto")).values()), {"feed"})
        self.assertEqual(self.web.pages_asked(), [])

    def test_robots_txt_is_obeyed(self):
        self.serve("c", "b", "a")
        self.web.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"},
                                           b"User-agent: *\nDisallow: /\n\nUser-agent: newswired\nDisallow: /b\n")

        self.assertEqual(self.body_from(self.once()), {"a": "page", "b": "feed", "c": "page"})
        self.assertEqual(self.web.pages_asked(), ["/a", "/c"])

    def test_a_site_that_cannot_say_is_not_asked(self):
        self.web.answers["/robots.txt"] = (503, {}, b"")

        self.assertEqual(self.body_from(self.once()), {"a": "feed"})
        self.assertEqual(self.web.pages_asked(), [])

    def test_what_is_no_article_is_not_taken_for_one(self):
        self.serve(*"hgfedcba")
        base = self.web.base
        self.web.answers["/a"] = ("<title>The story of pass a</title><article><h1>The story of pass a</h1><p>%s</p>"
                                  "</article><div class='paywall'><h2>Subscribe to continue reading</h2></div>"
                                  % teaser("a")).encode()
        self.web.answers["/b"] = b"<title>Page not found</title><h1>Page not found</h1><p>Sorry.</p>"
        self.web.answers["/c"] = (403, {}, b"<title>Just a moment...</title><p>Checking your browser")
        self.web.answers["/d"] = (302, {"Location": "/login?next=/d"}, b"")
        self.web.answers["/login?next=/d"] = b"<title>Sign in</title><form><input type=password></form>"
        self.web.answers["/e"] = b"<title>Ten ways to cook eggs</title><article><h1>Ten ways to cook eggs</h1>" + (
            b"<p>Eggs are in every kitchen, and yet most of us know only two ways of cooking them.</p>" * 6)
        self.web.answers["/f"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
        self.web.answers["/g"] = (200, {}, b"<p>" + b"x" * 5_000_000)
        self.web.answers["/h"] = (302, {"Location": base + "/h"}, b"")

        records = self.once()

        self.assertEqual(set(self.body_from(records).values()), {"feed"})
        for name in "abcdefgh":
            self.assertEqual(records[name]["content_text"], teaser(name))

    def test_redirects_lead_to_the_canonical_address(self):
        self.serve("b", "a")
        self.web.answers["/a"] = (301, {"Location": "/2026/the-story-of-pass-a?utm_source=feed"}, b"")
        canonical = self.web.base + "/2026/the-story-of-pass-a"
        self.web.answers["/2026/the-story-of-pass-a?utm_source=feed"] = page(
            "a", head="<link rel='canonical' href='%s'>" % canonical)
        self.web.answers["/b"] = b"<meta http-equiv='refresh' content='0; url=/real-b'>"
        self.web.answers["/real-b"] = page("b", head="<link rel='canonical' href='/'>")

        records = self.once()

        self.assertEqual(records["a"]["url"], canonical)
        self.assertEqual(records["b"]["url"], self.web.base + "/real-b")
        self.assertEqual(set(self.body_from(records).values()), {"page"})

    def test_a_slow_page_costs_only_itself(self):
        self.serve("c", "b", "a")

        def hang(handler):
            time.sleep(30)
            return page("b")
        self.web.answers["/b"] = hang
        began = time.monotonic()

        self.assertEqual(self.body_from(self.once(fetch="timeout: 3s, total_timeout: 6s")),
                         {"a": "page", "b": "feed", "c": "page"})
        self.assertLess(time.monotonic() - began, 25)

    def test_a_host_that_fails_is_left_in_peace(self):
        self.serve(*[str(n) for n in range(30)])
        for n in range(30):
            self.web.answers["/%d" % n] = (503, {"Retry-After": "3600"}, b"")

        self.assertEqual(set(self.body_from(self.once(fetch="per_host: {connections: 1, delay: 0s}")).values()),
                         {"feed"})
        self.assertEqual(len(self.web.pages_asked()), 1)

    def test_hosts_are_asked_as_the_feeds_are(self):
        self.serve(*"hgfedcba")

        def slow(name):
            def answer(_):
                time.sleep(0.1)
                return page(name)
            return answer
        for name in "hgfedcba":
            self.web.answers["/" + name] = slow(name)

        self.once(fetch="per_host: {connections: 2, delay: 0s}")
        self.assertEqual(self.web.most_at_once, 2)

    def test_nothing_secret_goes_to_other_sites(self):
        other = WebSite("127.0.0.2")
        self.addCleanup(other.stop)
        self.web.answers["/feed"] = feed(["b", "a"], self.web.base).replace(
            (self.web.base + "/b").encode(), (other.base + "/b").encode())
        other.answers["/b"] = (302, {"Location": "/c", "Set-Cookie": "id=1"}, b"")
        other.answers["/c"] = page("b")
        self.site.configure([("news", self.web.base + "/feed")],
                            defaults="full_text: always, username: me, password: secret, headers: {X-Token: hush}")
        code, _, err = self.site.run("once")

        self.assertEqual(code, 0, err)
        self.assertEqual([r["body_from"] for r in self.site.records()], ["page", "page"])
        self.assertEqual(self.web.headers("/a")["X-Token"], "hush")
        for path in ("/b", "/c", "/robots.txt"):
            sent = other.headers(path)
            for name in ("Authorization", "X-Token", "Cookie", "Referer"):
                self.assertNotIn(name, sent, path)

    def test_private_addresses_stay_refused(self):
        self.site.configure([("news", self.web.base + "/feed")], defaults="full_text: always")
        self.web.answers["/feed"] = feed(["a"], "http://10.255.255.1")
        self.assertEqual(self.site.run("once")[0], 0)

        self.assertEqual([r["body_from"] for r in self.site.records()], ["feed"])

    def test_explain_says_where_a_body_came_from(self):
        self.serve(*"hgfedcba")
        self.web.answers["/b"] = b"<title>Page not found</title><h1>Page not found</h1>"
        self.web.answers["/robots.txt"] = b"User-agent: *\nDisallow: /c"
        self.site.configure([("news", self.web.base + "/feed")],
                            defaults="full_text: auto, interval: 10m")
        daemon = self.site.start()
        self.assertTrue(wait_for(lambda: len(self.site.text("out.jsonl").splitlines()) == 8),
                        self.site.text("daemon.log"))

        def explained(what):
            return self.site.run("explain", what)[1]
        self.assertIn("body: from its page %s/a (status 200)" % self.web.base, explained(self.web.base + "/a"))
        self.assertIn("its page is a \"not found\" page (status 200)", explained(self.web.base + "/b"))
        self.assertIn("robots.txt does not allow", explained(self.web.base + "/c"))
        self.assertIn("its bodies are teasers", explained("news"))
        daemon.terminate()
        self.assertEqual(daemon.wait(20), 0)

    def test_news_of_other_feeds_does_not_wait_for_pages(self):
        self.serve(*[str(n) for n in range(40)])
        quick = WebSite("127.0.0.3")
        self.addCleanup(quick.stop)
        quick.answers["/feed"] = feed(["q1"], quick.base)
        self.site.configure([("news", self.web.base + "/feed"), ("quick", quick.base + "/feed")],
                            fetch="per_host: {connections: 1, delay: 300ms}",
                            defaults="full_text: always, interval: 1h")
        quick.answers["/q1"] = page("q1")
        daemon = self.site.start()

        self.assertTrue(wait_for(lambda: "q1" in self.site.text("out.jsonl")))
        self.assertTrue(wait_for(lambda: len(self.site.text("out.jsonl").splitlines()) >= 9),
                        "what is done is told part by part")
        self.assertLess(len(self.web.pages_asked()), 40)
        daemon.terminate()
        self.assertEqual(daemon.wait(20), 0)
        told = [r["id"] for r in self.site.records() if r["feed"]["name"] == "news"]
        self.site.start()
        self.assertTrue(wait_for(lambda: len(self.site.text("out.jsonl").splitlines()) == 41, 30))
        ids = [r["id"] for r in self.site.records() if r["feed"]["name"] == "news"]
        self.assertEqual(ids[:len(told)], told)
        self.assertEqual(ids, [str(n) for n in range(39, -1, -1)], "in order, each once")
        self.assertTrue(all(r["body_from"] == "page" for r in self.site.records()))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=1)
