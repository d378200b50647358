#!/usr/bin/env python3
"""Runs the daemon over a folder of real feeds and checks that each is polled, and asked conditionally the second time.

    real_feeds.py PATH/newswired FOLDER [--keep DIR] [--articles N]

Prints how many feeds were read, articles emitted, dropped as duplicates; memory and time; then explains what is missing.
"""

import argparse
import collections
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from feed_server import FeedServer


def run(program, configuration, log, until, seconds):
    began = time.monotonic()
    process = subprocess.Popen([program, "run", "--config", configuration], stderr=log, stdout=log)
    while time.monotonic() - began < seconds and process.poll() is None and not until():
        time.sleep(0.1)
    taken = time.monotonic() - began
    time.sleep(1)
    return process, taken


def memory(process):
    with open("/proc/%d/status" % process.pid) as status:
        return {l.split(":")[0]: l.split(":")[1].strip() for l in status if l.startswith(("VmHWM", "VmRSS"))}


def stop(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(60)


def ask(program, configuration, *words):
    return subprocess.run([program, *words, "--config", configuration], capture_output=True, text=True).stdout


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("folder")
    arguments.add_argument("--keep")
    options = arguments.parse_args()
    files = sorted(os.listdir(options.folder))
    content = {}
    for name in files:
        with open(os.path.join(options.folder, name), "rb") as file:
            content["/" + name] = file.read()
    server = FeedServer(lambda path: content.get(path))
    folder = options.keep or tempfile.mkdtemp(prefix="newswired-real-")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(folder + "/feeds.txt", "w") as urls:
        urls.writelines(server.url("/" + name) + "\n" for name in files)
    configuration = folder + "/newswired.yaml"
    with open(configuration, "w") as out:
        out.write("state_dir: %s/state\nlog: {level: debug}\n"
                  "fetch: {contact: 'https://example.org/', allow_addresses: [127.0.0.0/8],"
                  " per_host: {connections: 8, delay: 0s}}\n"
                  "defaults: {interval: 5s, min_interval: 5s, max_server_delay: 0s}\n"
                  "feed_files: [feeds.txt]\nsinks:\n  - {name: out, type: file, path: %s/out.jsonl}\n" % (folder, folder))
    log = open(folder + "/daemon.log", "wb")
    process, taken = run(options.program, configuration, log,
                         lambda: len({p for p, _ in list(server.requests)}) >= len(files), 120)
    polled = {path for path, _ in server.requests}
    print("first round: %d of %d feeds asked in %.1f s; %s" % (len(polled), len(files), taken, memory(process)))
    server.forget()
    end = time.monotonic() + 30
    while time.monotonic() < end and len({p for p, _ in list(server.requests)}) < len(files) - 20:
        time.sleep(0.2)
    time.sleep(6)
    later = collections.Counter(status for _, status in list(server.requests))
    again = {path for path, status in server.requests if status == 200}
    print("second round:", dict(later), "not conditional:", sorted(again)[:10])
    print(ask(options.program, configuration, "status"))
    records = [json.loads(line) for line in open(folder + "/out.jsonl", encoding="utf-8")]
    keys = collections.Counter((r["key"], r["revision"]) for r in records)
    hashes = collections.Counter(r["hash"] for r in records if r["event"] == "new")
    events = collections.Counter(r["event"] for r in records)
    print("%d records %s, %d keys twice, %d hashes twice, %.1f MB" %
          (len(records), dict(events), sum(c > 1 for c in keys.values()), sum(c > 1 for c in hashes.values()),
           os.path.getsize(folder + "/out.jsonl") / 1e6))
    print("exit", stop(process), "kept in", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
