#!/usr/bin/env python3
"""What lists of 1,000 to a million feeds cost: CPU a poll, memory, descriptors, start.

    bench/fleet.py build/newswired [--sizes 1000,10000,100000,1000000] [--seconds 60]

Serves an empty feed on loopback and runs the daemon on lists of that size, one after the other, at about the rate at
which it begins a list (100 polls a second; 278 with a million feeds, which are spread over an hour).  Prints, counted
after a warm-up: polls a second; CPU of the daemon a poll (user and kernel, all threads); resident memory, what of it is
its own (anonymous), and the latter by feed; open descriptors; seconds from the start to the first poll.
"""

import argparse
import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time

HOSTS = 250
WARM_UP_SECONDS = 15
POLLS_A_SECOND = 100
DOCUMENT = b"<rss version='2.0'><channel><title>Empty</title><link>http://fleet.example/</link></channel></rss>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n%s" % (len(DOCUMENT), DOCUMENT)


class Server:
    def __init__(self):
        self.polls = 0
        self.first = None

    async def serve(self, reader, writer):
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                self.first = self.first or time.monotonic()
                self.polls += 1
                writer.write(ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        times = file.read().rsplit(")", 1)[1].split()
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        fields = dict(line.split(":", 1) for line in file if ":" in line)
    return [int(fields[name].split()[0]) / 1024 for name in ("Rss", "Anonymous")]


def configure(folder, size, port):
    with open(f"{folder}/feeds.txt", "w") as out:
        for feed in range(size):
            out.write(f"http://127.80.0.{1 + feed % HOSTS}:{port}/{feed}/feed.xml\n")
    with open(f"{folder}/newswired.yaml", "w") as out:
        out.write(f"state_dir: {folder}/state\nlog: {{level: warn}}\n"
                  f"fetch: {{contact: 'https://example.org/', allow_addresses: [127.80.0.0/16],"
                  f" per_host: {{connections: 4, delay: 0s}}}}\n"
                  f"defaults: {{interval: {max(size // POLLS_A_SECOND, 1)}s, min_interval: 1s}}\n"
                  f"feed_files: [feeds.txt]\nsinks:\n  - {{name: out, type: file, path: {folder}/out.jsonl}}\n")


async def measure(program, size, seconds):
    server = Server()
    listening = await asyncio.start_server(server.serve, "0.0.0.0", 0, backlog=512)
    folder = tempfile.mkdtemp(prefix="newswired-fleet-")
    configure(folder, size, listening.sockets[0].getsockname()[1])
    start = time.monotonic()
    with open(f"{folder}/daemon.log", "wb") as log:
        daemon = subprocess.Popen([program, "run", "--config", f"{folder}/newswired.yaml"], stdout=log, stderr=log)
    try:
        while server.first is None and daemon.poll() is None:
            await asyncio.sleep(0.01)
        if daemon.poll() is not None:
            with open(f"{folder}/daemon.log") as log:
                raise SystemExit(f"the daemon has ended: {log.read()}")
        await asyncio.sleep(WARM_UP_SECONDS)
        polls, cpu, begun = server.polls, cpu_seconds(daemon.pid), time.monotonic()
        await asyncio.sleep(seconds)
        polls, cpu, lasted = server.polls - polls, cpu_seconds(daemon.pid) - cpu, time.monotonic() - begun
        resident, own = memory_mb(daemon.pid)
        descriptors = len(os.listdir(f"/proc/{daemon.pid}/fd"))
        print(f"{size:9,} {polls / lasted:8.1f} {cpu * 1000 / max(polls, 1):12.3f} {resident:8.1f} {own:8.1f} "
              f"{own * 1048576 / size:12.0f} {descriptors:5} {server.first - start:8.2f}", flush=True)
    finally:
        daemon.send_signal(signal.SIGTERM)
        await asyncio.get_running_loop().run_in_executor(None, daemon.wait, 60)
        listening.close()
        shutil.rmtree(folder)


async def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--sizes", default="1000,10000,100000,1000000")
    arguments.add_argument("--seconds", type=float, default=60)
    options = arguments.parse_args()
    print(f"{'feeds':>9} {'polls/s':>8} {'cpu ms/poll':>12} {'MB':>8} {'own MB':>8} {'own bytes/feed':>12} {'fds':>5} {'start s':>8}")
    for size in (int(size) for size in options.sizes.split(",")):
        await measure(options.program, size, options.seconds)


asyncio.run(main())
