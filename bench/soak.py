#!/usr/bin/env python3
"""A long run against misbehaving servers: does memory, descriptors or lag grow?

    bench/soak.py build/newswired [--minutes 60] [--feeds 3000] [--interval 10]

Serves feeds on loopback, one kind each in turn: plain ones, and servers that are slow, silent, resetting, lying about
lengths, endless, redirecting, bombs, no feeds, or at fault.  Prints a line a minute: polls a second, resident memory, open
descriptors, how late polls of the plain feeds come (half of them, and the slowest in a hundred, beyond their interval),
and at the end whether every article of a plain feed is in the sink once.
"""

import argparse
import asyncio
import collections
import gzip
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

KINDS = ["plain"] * 8 + ["slow", "silent", "reset", "short", "endless", "redirects", "loop", "bomb", "page", "error",
                         "busy", "half", "headers"]
HOSTS = 50
NEW_ARTICLE_SECONDS = 300       # of a plain feed
KEPT = 20                       # articles in its document

BOMB = gzip.compress(b"\0" * 20_000_000)


def document(feed, newest):
    items = "".join(
        f"<item><guid isPermaLink='false'>{feed}-{i}</guid><title>Article {i} of {feed}</title>"
        f"<link>http://soak.example/{feed}/{i}</link><description>What article {i} of feed {feed} has to say, "
        f"and nobody else says.</description></item>"
        for i in range(newest, max(newest - KEPT, 0), -1))
    return f"<rss version='2.0'><channel><title>Feed {feed}</title>{items}</channel></rss>".encode()


class Servers:
    def __init__(self, interval):
        self.interval = interval
        self.start = time.monotonic()
        self.polls = 0
        self.last = {}
        self.oldest = {}        # article of each plain feed's first document
        self.late = []

    def newest(self, feed):
        # Full documents from the first on: what is remembered of a feed grows with its document.
        return KEPT + int((time.monotonic() - self.start + feed % NEW_ARTICLE_SECONDS) // NEW_ARTICLE_SECONDS)

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.polls += 1
                path = head.split(b" ", 2)[1].decode()
                kind, feed = path.partition("?")[0].strip("/").split("/")[:2]
                if not await self.answer(kind, int(feed), head.lower(), writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def note(self, feed):
        now = time.monotonic()
        if feed in self.last:
            self.late.append(now - self.last[feed] - self.interval)
        self.last[feed] = now

    async def answer(self, kind, feed, head, writer):
        def reply(status, body=b"", *fields, length=None):
            lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *fields]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

        body = document(feed, 3)
        if kind == "plain":
            self.note(feed)
            newest = self.newest(feed)
            self.oldest.setdefault(feed, newest - KEPT + 1)
            tag = f'"{newest}"'
            if f"if-none-match: {tag}\r\n".encode() in head:
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
            else:
                reply("200 OK", document(feed, newest), f"ETag: {tag}")
            return True
        if kind == "slow":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(30):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(1)
            return False
        if kind == "silent":
            await asyncio.sleep(30)
            return False
        if kind == "reset":
            writer.transport.abort()
            return False
        if kind == "short":
            reply("200 OK", body, length=len(body) + 1000)
            return False
        if kind == "endless":
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(20):
                writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                await writer.drain()
            return False
        if kind == "redirects":
            reply("302 Found", b"", f"Location: /page/{feed}")
            return True
        if kind == "loop":
            reply("301 Moved Permanently", b"", f"Location: /loop/{feed}?{time.monotonic()}")
            return True
        if kind == "bomb":
            reply("200 OK", BOMB, "Content-Encoding: gzip")
            return True
        if kind == "page":
            reply("200 OK", b"<html><body>Please log in.</body></html>", "Content-Type: text/html")
            return True
        if kind == "error":
            reply("500 Internal Server Error", b"oops")
            return True
        if kind == "busy":
            reply("429 Too Many Requests", b"", "Retry-After: 15")
            return True
        if kind == "half":
            reply("200 OK", body[:len(body) // 2])
            return True
        writer.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (i, b"y" * 900) for i in range(200)) + b"\r\n")
        return False


def status_of(pid):
    with open(f"/proc/{pid}/status") as file:
        fields = dict(line.split(":", 1) for line in file)
    with open(f"/proc/{pid}/stat") as file:
        times = file.read().rsplit(")", 1)[1].split()
    cpu = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    return int(fields["VmRSS"].split()[0]) / 1024, len(os.listdir(f"/proc/{pid}/fd")), cpu


def configure(folder, feeds, interval, port):
    with open(f"{folder}/feeds.txt", "w") as out:
        for feed in range(feeds):
            kind = KINDS[feed % len(KINDS)]
            host = HOSTS if kind == "busy" else 1 + feed % (HOSTS - 1)     # a 429 quiets the whole host
            out.write(f"http://127.80.0.{host}:{port}/{kind}/{feed}\n")
    with open(f"{folder}/newswired.yaml", "w") as out:
        out.write(f"state_dir: {folder}/state\nlog: {{level: warn}}\n"
                  f"fetch: {{contact: 'https://example.org/', timeout: 3s, total_timeout: 6s, max_body: 1MB, max_in_flight: 512,"
                  f" allow_addresses: [127.80.0.0/16], per_host: {{connections: 64, delay: 0s}},"
                  f" backoff: {{base: {interval}s, max: {2 * interval}s}}}}\n"
                  f"defaults: {{interval: {interval}s, min_interval: 1s}}\n"
                  f"feed_files: [feeds.txt]\nsinks:\n  - {{name: out, type: file, path: {folder}/out.jsonl}}\n")


def check(folder, servers, feeds):
    counts = collections.Counter()
    with open(f"{folder}/out.jsonl", encoding="utf-8") as file:
        for line in file:
            counts[json.loads(line)["id"]] += 1
    expected = {f"{feed}-{i}" for feed in servers.last for i in range(servers.oldest[feed], servers.newest(feed) + 1)}
    fresh = {f"{feed}-{servers.newest(feed)}" for feed in servers.last}     # may have come behind the last poll
    missing = expected - fresh - set(counts)
    print(f"articles of plain feeds: {len(expected)}, missing {len(missing)}, twice {sum(c > 1 for c in counts.values())}")


async def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--feeds", type=int, default=3000)
    arguments.add_argument("--interval", type=int, default=10)
    options = arguments.parse_args()
    servers = Servers(options.interval)
    port = 0
    for host in range(HOSTS):
        server = await asyncio.start_server(servers.serve, f"127.80.0.{1 + host}", port, backlog=512)
        port = server.sockets[0].getsockname()[1]
    folder = tempfile.mkdtemp(prefix="newswired-soak-")
    configure(folder, options.feeds, options.interval, port)
    with open(f"{folder}/daemon.log", "wb") as log:
        daemon = subprocess.Popen([options.program, "run", "--config", f"{folder}/newswired.yaml"], stdout=log, stderr=log)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)   # what clients cut off is no news
    print(f"{'minute':>6} {'polls/s':>8} {'MB':>8} {'fds':>6} {'late 50%':>9} {'late 99%':>9} {'cpu ms/poll':>12} {'server cpu %':>13}")
    polls = cpu = own = 0
    for minute in range(1, int(options.minutes) + 1):
        await asyncio.sleep(60)
        if daemon.poll() is not None:
            print("the daemon has ended:", daemon.returncode)
            break
        memory, descriptors, cpu_now = status_of(daemon.pid)
        late, servers.late = sorted(servers.late) or [0], []
        done = servers.polls - polls
        print(f"{minute:6} {done / 60:8.1f} {memory:8.1f} {descriptors:6} {late[len(late) // 2]:9.2f} "
              f"{late[len(late) * 99 // 100]:9.2f} {(cpu_now - cpu) * 1000 / max(done, 1):12.3f} {(time.process_time() - own) / 0.6:13.1f}", flush=True)
        polls, cpu, own = servers.polls, cpu_now, time.process_time()
    daemon.send_signal(signal.SIGTERM)
    print("exit", await asyncio.get_running_loop().run_in_executor(None, daemon.wait, 60))
    check(folder, servers, options.feeds)
    shutil.rmtree(folder)


asyncio.run(main())
