#!/usr/bin/env python3
"""Kills the daemon at random moments while articles stream in: the sink file must hold each exactly once.

    kill_test.py PATH/newswired [--kills 20] [--seed N]
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

from feed_server import FeedServer

FEEDS = 6
WINDOW = 30  # items that a document holds


class GrowingFeeds:
    """Feeds that gain an item every few milliseconds."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = [0] * FEEDS
        self.growing = True
        threading.Thread(target=self.grow, daemon=True).start()

    def grow(self):
        while self.growing:
            with self.lock:
                feed = random.randrange(FEEDS)
                self.counts[feed] += 1
            time.sleep(0.02)

    def document(self, path):
        feed = int(path.rsplit("/", 1)[1])
        with self.lock:
            count = self.counts[feed]
        items = "".join(self.item(feed, i) for i in range(count, max(0, count - WINDOW), -1))
        return ("<rss version='2.0'><channel><title>Feed %d</title>%s</channel></rss>" % (feed, items)).encode()

    @staticmethod
    def item(feed, number):
        name = "f%d-%d" % (feed, number)
        return ("<item><guid isPermaLink='false'>%s</guid><title>Article %s</title><link>http://example.org/%s</link>"
                "<description>Text of the article %s, which no other article has.</description></item>"
                % (name, name, name, name))


def write_configuration(folder, server):
    feeds = "".join("  - {url: '%s', name: 'feed%d'}\n" % (server.url("/f/%d" % i), i) for i in range(FEEDS))
    path = os.path.join(folder, "newswired.yaml")
    with open(path, "w") as out:
        out.write("state_dir: %s/state\n"
                  "log: {level: warn}\n"
                  "fetch: {contact: 'https://example.org/', allow_addresses: [127.0.0.0/8],"
                  " per_host: {connections: 4, delay: 0s}, timeout: 5s}\n"
                  "defaults: {interval: 200ms, min_interval: 100ms}\n"
                  "feeds:\n%s"
                  "sinks:\n  - {name: out, type: file, path: %s/out.jsonl, rotate: {size: 200KB, files: 1000}}\n"
                  % (folder, feeds, folder))
    return path


def start(program, configuration, folder):
    log = open(os.path.join(folder, "daemon.log"), "ab")
    return subprocess.Popen([program, "run", "--config", configuration], stdout=log, stderr=log)


def read_sink(folder):
    keys, bad = [], 0
    for name in os.listdir(folder):
        if not name.startswith("out.jsonl"):
            continue
        with open(os.path.join(folder, name), "rb") as lines:
            for line in lines:
                try:
                    record = json.loads(line.decode("utf-8"))
                    keys.append((record["id"], record["event"]))
                except (ValueError, KeyError):
                    bad += 1
    return keys, bad


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    options = arguments.parse_args()
    random.seed(options.seed)
    feeds = GrowingFeeds()
    server = FeedServer(feeds.document)
    with tempfile.TemporaryDirectory(prefix="newswired-kill-") as folder:
        configuration = write_configuration(folder, server)
        for _ in range(options.kills):
            process = start(options.program, configuration, folder)
            time.sleep(random.uniform(0.05, 1.2))
            if process.poll() is not None:
                print(open(os.path.join(folder, "daemon.log")).read()[-2000:])
                print("FAILED: the daemon ended by itself with", process.returncode)
                return 1
            process.kill()
            process.wait()
        feeds.growing = False
        process = start(options.program, configuration, folder)
        # What left the documents while the daemon was down is not its fault: only what it could see counts.
        visible = {"f%d-%d" % (f, n) for f in range(FEEDS)
                   for n in range(max(1, feeds.counts[f] - WINDOW + 1), feeds.counts[f] + 1)}
        complete = wait_for(lambda: visible <= {k for k, _ in read_sink(folder)[0]}, 30)
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
        keys, bad = read_sink(folder)
        twice = len(keys) - len(set(keys))
        missing = visible - {k for k, _ in keys}
        updates = sum(1 for _, event in keys if event != "new")
        print("seed %d: %d kills, %d articles, %d missing, %d twice, %d updates, %d bad lines, exit %s"
              % (options.seed, options.kills, len(keys), len(missing), twice, updates, bad, code))
        ok = complete and not twice and not bad and not missing and not updates and code == 0 and len(keys) > 50
        if not ok:
            print(open(os.path.join(folder, "daemon.log")).read()[-2000:])
        print("PASSED" if ok else "FAILED")
        return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
