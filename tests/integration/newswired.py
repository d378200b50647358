"""What the integration tests share: a folder, a configuration, and newswired as a process."""

import json
import os
import shutil
import subprocess
import tempfile
import time

OPEN_TO_LOOPBACK = "allow_addresses: [127.0.0.0/8]"
NO_MANNERS = "per_host: {connections: 8, delay: 0s}"


def rss(name, items):
    """A document with so many items, newest first."""
    return ("<rss version='2.0'><channel><title>%s</title>%s</channel></rss>" % (name, "".join(
        "<item><guid isPermaLink='false'>%s-%d</guid><title>Article %d of %s</title>"
        "<link>http://example.org/%s/%d</link><description>The text of article %d of %s, which is its own."
        "</description></item>" % (name, i, i, name, name, i, i, name) for i in range(items, 0, -1)))).encode()


class Site:
    """A folder with a configuration, and the program that works by it."""

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="newswired-test-")
        self.configuration = self.path("newswired.yaml")
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, feeds, extra="", fetch="", defaults="interval: 200ms, min_interval: 100ms",
                  sinks=None, log="level: info"):
        """Writes the configuration; `feeds` is a list of (name, URL)."""
        fetch = fetch if "per_host" in fetch else ", ".join(filter(None, [NO_MANNERS, fetch]))
        lines = ["state_dir: %s" % self.path("state"), "log: {%s}" % log,
                 "fetch: {contact: 'https://example.org/', %s, %s}" % (OPEN_TO_LOOPBACK, fetch),
                 "defaults: {%s}" % defaults, "feeds:"]
        lines += ["  - {name: '%s', url: '%s'}" % feed for feed in feeds]
        lines += ["sinks:"]
        lines += sinks or ["  - {name: out, type: file, path: %s}" % self.path("out.jsonl")]
        with open(self.configuration, "w") as out:
            out.write("\n".join(lines + [extra]) + "\n")

    def environment(self):
        """Without what a service manager around the tests has set."""
        hidden = ("RUNTIME_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM")
        return {name: value for name, value in os.environ.items() if name not in hidden}

    def command(self, *arguments):
        return [self.program, arguments[0], "--config", self.configuration, *arguments[1:]]

    def run(self, *arguments, timeout=60):
        """A command to its end: (exit code, stdout, stderr)."""
        done = subprocess.run(self.command(*arguments), capture_output=True, timeout=timeout,
                              env=self.environment())
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def measure(self, *arguments, timeout=60):
        """As run(), and the most memory that the process had, in bytes."""
        with open(self.path("stdout"), "w+b") as out, open(self.path("stderr"), "w+b") as err:
            process = subprocess.Popen(self.command(*arguments), stdout=out, stderr=err, env=self.environment())
            self.processes.append(process)
            end = time.monotonic() + timeout
            while time.monotonic() < end:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    process.returncode = os.waitstatus_to_exitcode(status)
                    break
                time.sleep(0.02)
            else:
                raise TimeoutError("it did not end within %d s" % timeout)
            out.seek(0)
            err.seek(0)
            return process.returncode, out.read().decode(), err.read().decode(), usage.ru_maxrss * 1024

    def start(self, *arguments, log="daemon.log"):
        """The daemon; it has read its configuration and polls when this returns."""
        with open(self.path(log), "ab") as out:
            process = subprocess.Popen(self.command("run", *arguments), stdout=out, stderr=out,
                                       env=self.environment())
        self.processes.append(process)
        return process

    def text(self, name):
        try:
            with open(self.path(name), "rb") as file:
                return file.read().decode()
        except FileNotFoundError:
            return ""

    def records(self, name="out.jsonl"):
        return [json.loads(line) for line in self.text(name).splitlines()]

    def ids(self, name="out.jsonl"):
        return [record["id"] for record in self.records(name)]

    def asan(self):
        """Whether the program carries a sanitizer, whose memory is not its own."""
        with open(self.program, "rb") as file:
            return b"__asan_init" in file.read()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
