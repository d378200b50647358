#!/usr/bin/env python3
"""The program as operators, service managers and log rotation deal with it: signals, files, exit codes.

    signal_test.py PATH/newswired
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import unittest

from feed_server import FeedServer
from newswired import Site, rss, wait_for

PROGRAM = None


class DaemonTest(unittest.TestCase):
    logs_here = True  # to the daemon's stderr

    def setUp(self):
        self.documents = {"/a": rss("a", 3), "/b": rss("b", 2)}
        self.server = FeedServer(self.documents.get)
        self.site = Site(PROGRAM)
        self.feeds = [("a", self.server.url("/a"))]

    def tearDown(self):
        self.site.__exit__()
        self.server.stop()

    def start(self, articles=3):
        """The daemon, when it has started and delivered so many articles."""
        starts = self.log().count("Started")
        daemon = self.site.start()
        self.assertTrue(wait_for(lambda: self.log().count("Started") > starts or not self.logs_here), self.log())
        self.assertTrue(wait_for(lambda: len(self.ids()) >= articles), self.log())
        return daemon

    def ids(self):
        text = self.site.text("out.jsonl")
        return [json.loads(line)["id"] for line in text[:text.rfind("\n") + 1].splitlines()]

    def log(self):
        return self.site.text("daemon.log")

    def stop(self, daemon, with_signal=signal.SIGTERM, within=20):
        daemon.send_signal(with_signal)
        self.assertEqual(daemon.wait(within), 0, self.log())


class ReloadTest(DaemonTest):
    def test_reads_the_configuration_again(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        self.site.configure([*self.feeds, ("b", self.server.url("/b"))])
        daemon.send_signal(signal.SIGHUP)

        self.assertTrue(wait_for(lambda: len(self.ids()) == 5), self.log())
        self.assertIn("Reloaded", self.log())
        self.stop(daemon)

    def test_a_feed_that_was_removed_is_not_asked_any_more(self):
        self.site.configure([*self.feeds, ("b", self.server.url("/b"))])
        daemon = self.start(5)
        self.site.configure(self.feeds)
        daemon.send_signal(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: "Reloaded" in self.log()))
        self.documents["/b"] = rss("b", 3)
        self.documents["/a"] = rss("a", 4)
        self.assertTrue(wait_for(lambda: "a-4" in self.ids()))
        self.server.forget()
        self.assertTrue(wait_for(lambda: self.server.count(304) > 3))

        self.assertEqual({path for path, _ in self.server.requests}, {"/a"})
        self.assertNotIn("b-3", self.ids())
        self.stop(daemon)

    def test_a_bad_configuration_is_refused_and_the_old_one_stays(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        self.site.configure(self.feeds, extra="colour: green\nthreads: many")
        daemon.send_signal(signal.SIGHUP)

        self.assertTrue(wait_for(lambda: self.log().count("The new configuration is refused") == 2), self.log())
        self.assertIn("colour", self.log())
        self.assertIn("newswired.yaml:", self.log())
        self.documents["/a"] = rss("a", 4)
        self.assertTrue(wait_for(lambda: "a-4" in self.ids()), "it goes on as before")
        self.assertNotIn("Reloaded", self.log())
        self.stop(daemon)

    def test_a_new_sink_begins_behind_the_newest_article(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        self.site.configure(self.feeds, sinks=[
            "  - {name: out, type: file, path: %s}" % self.site.path("out.jsonl"),
            "  - {name: more, type: file, path: %s}" % self.site.path("more.jsonl")])
        daemon.send_signal(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: "Reloaded" in self.log()), self.log())
        self.documents["/a"] = rss("a", 4)

        self.assertTrue(wait_for(lambda: self.site.ids("more.jsonl") == ["a-4"]), self.log())
        self.assertEqual(self.ids(), ["a-1", "a-2", "a-3", "a-4"])
        self.stop(daemon)

    def test_a_sink_that_rests_can_be_removed_and_comes_back(self):
        one = "  - {name: out, type: file, path: %s}" % self.site.path("out.jsonl")
        more = "  - {name: more, type: file, path: %s}" % self.site.path("more.jsonl")
        self.site.configure(self.feeds, sinks=[one, more])
        daemon = self.start()
        self.site.configure(self.feeds, sinks=[one])
        daemon.send_signal(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: "Reloaded" in self.log()), self.log())
        self.documents["/a"] = rss("a", 4)
        self.assertTrue(wait_for(lambda: "a-4" in self.ids()), self.log())
        self.assertEqual(self.site.ids("more.jsonl"), ["a-1", "a-2", "a-3"])
        self.site.configure(self.feeds, sinks=[one, more])
        daemon.send_signal(signal.SIGHUP)

        self.assertTrue(wait_for(lambda: self.site.ids("more.jsonl") == ["a-1", "a-2", "a-3", "a-4"]), self.log())
        self.stop(daemon)

    def test_the_service_manager_is_told(self):
        self.site.configure(self.feeds)
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind(self.site.path("notify"))
        manager.settimeout(20)
        environment = {**self.site.environment(), "NOTIFY_SOCKET": self.site.path("notify")}
        with open(self.site.path("daemon.log"), "wb") as log:
            daemon = subprocess.Popen(self.site.command("run"), env=environment, stderr=log)
        self.site.processes.append(daemon)

        self.assertEqual(manager.recv(1000), b"READY=1")
        daemon.send_signal(signal.SIGHUP)
        self.assertRegex(manager.recv(1000), rb"^RELOADING=1\nMONOTONIC_USEC=[0-9]+$")
        self.assertEqual(manager.recv(1000), b"READY=1")
        daemon.send_signal(signal.SIGTERM)
        self.assertEqual(manager.recv(1000), b"STOPPING=1")
        self.assertEqual(daemon.wait(20), 0)
        manager.close()


class RotationTest(DaemonTest):
    logs_here = False

    def test_sink_and_log_are_opened_anew(self):
        self.site.configure(self.feeds, log="level: info, file: %s" % self.site.path("newswired.log"))
        daemon = self.start()
        os.rename(self.site.path("out.jsonl"), self.site.path("out.jsonl.old"))
        os.rename(self.site.path("newswired.log"), self.site.path("newswired.log.old"))
        daemon.send_signal(signal.SIGHUP)
        self.assertTrue(wait_for(lambda: "Reloaded" in self.site.text("newswired.log")))
        self.documents["/a"] = rss("a", 5)

        self.assertTrue(wait_for(lambda: self.ids() == ["a-4", "a-5"]))
        self.assertEqual(self.site.ids("out.jsonl.old"), ["a-1", "a-2", "a-3"])
        self.assertIn("Started", self.site.text("newswired.log.old"))
        self.stop(daemon)
        self.assertIn("Stopped", self.site.text("newswired.log"))
        self.assertNotIn("Stopped", self.site.text("newswired.log.old"))

    def test_sigusr1_only_opens_files_anew(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        os.rename(self.site.path("out.jsonl"), self.site.path("out.jsonl.old"))
        daemon.send_signal(signal.SIGUSR1)
        self.assertTrue(wait_for(lambda: os.path.exists(self.site.path("out.jsonl"))), self.log())
        self.documents["/a"] = rss("a", 4)

        self.assertTrue(wait_for(lambda: self.ids() == ["a-4"]), self.log())
        self.assertNotIn("Reloaded", self.log())
        self.stop(daemon)

    def test_nothing_is_lost_when_files_are_renamed_all_the_time(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        for number in range(4, 24):
            os.rename(self.site.path("out.jsonl"), self.site.path("old.%d" % number))
            daemon.send_signal(signal.SIGHUP)
            self.documents["/a"] = rss("a", number)
            self.assertTrue(wait_for(lambda: os.path.exists(self.site.path("out.jsonl"))), self.log())
        wanted = ["a-%d" % i for i in range(1, 24)]
        names = ["old.%d" % number for number in range(4, 24)] + ["out.jsonl"]

        self.assertTrue(wait_for(lambda: self.site.ids(names[-1])[-1:] == wanted[-1:]), self.log())
        self.assertEqual(sum((self.site.ids(name) for name in names), []), wanted)
        self.stop(daemon)


class StopTest(DaemonTest):
    def test_sigterm_and_sigint_end_it_well(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            self.site.configure(self.feeds)
            self.stop(self.start(), how)
            self.assertIn(how.name, self.log())
        self.assertEqual(self.ids(), ["a-1", "a-2", "a-3"])

    def test_a_silent_server_does_not_hold_it_up(self):
        listener = socket.create_server(("127.0.0.1", 0))
        silent = "http://127.0.0.1:%d/" % listener.getsockname()[1]
        self.site.configure([*self.feeds, ("silent", silent)], extra="shutdown_timeout: 2s")
        daemon = self.start()
        connection, _ = listener.accept()
        began = time.monotonic()

        self.stop(daemon, within=20)

        self.assertLess(time.monotonic() - began, 15, "the server has 20 s")
        connection.close()
        listener.close()

    @contextlib.contextmanager
    def daemon_with_blocked_console(self):
        """A daemon whose stdout is a pipe that nobody reads, with more articles than a pipe holds."""
        self.documents["/a"] = rss("a", 2000)
        self.site.configure(self.feeds, sinks=["  - {name: console, type: stdout}"], extra="shutdown_timeout: 2s")
        reader, writer = os.pipe()
        with open(self.site.path("daemon.log"), "wb") as log:
            daemon = subprocess.Popen(self.site.command("run"), stdout=writer, stderr=log,
                                      env=self.site.environment())
        self.site.processes.append(daemon)
        os.close(writer)
        self.assertTrue(wait_for(lambda: self.server.count(304) > 1), self.log())
        yield daemon
        os.close(reader)

    def test_a_sink_that_hangs_does_not_hold_it_up_and_loses_nothing(self):
        with self.daemon_with_blocked_console() as daemon:
            self.stop(daemon, within=15)

        code, out, err = self.site.run("once")

        ids = [json.loads(line)["id"] for line in out.splitlines()]
        self.assertEqual(code, 0, err)
        self.assertIn("a-2000", ids)
        self.assertEqual(ids, ["a-%d" % i for i in range(2001 - len(ids), 2001)], "the rest, in order")

    def test_status_is_answered_while_it_stops(self):
        with self.daemon_with_blocked_console() as daemon:
            daemon.send_signal(signal.SIGTERM)
            codes = []
            while daemon.poll() is None:
                codes.append(self.site.run("status", timeout=10)[0])

            self.assertEqual(daemon.returncode, 0)
            self.assertIn(0, codes)
            self.assertLessEqual(set(codes), {0, 3})


class StateTest(DaemonTest):
    def test_a_second_instance_is_turned_away(self):
        self.site.configure(self.feeds)
        daemon = self.start()

        code, _, err = self.site.run("run")

        self.assertEqual(code, 1)
        self.assertIn("another newswired is using this state_dir", err.splitlines()[-1])
        self.assertIsNone(daemon.poll(), "the first goes on")
        self.assertEqual(self.site.run("status")[0], 0)
        self.stop(daemon)

    def test_status_and_explain_ask_the_daemon(self):
        self.site.configure(self.feeds)
        daemon = self.start()
        self.assertTrue(wait_for(lambda: json.loads(self.site.run("status", "--json")[1])["sinks"][0]["lag"] == 0))

        code, out, _ = self.site.run("status", "--json")
        status = json.loads(out)
        self.assertEqual(code, 0)
        self.assertEqual(status["feeds"]["configured"], 1)
        self.assertEqual(status["since_start"]["new"], 3)
        self.assertEqual(status["sinks"][0]["seq"], 3)
        self.assertIn("articles: 3 new", self.site.run("status")[1])
        code, out, _ = self.site.run("explain", "a")
        self.assertEqual(code, 0)
        self.assertIn("next poll:", out)
        code, out, _ = self.site.run("explain", "http://example.org/a/2")
        self.assertIn("emitted: as number 2", out)
        code, out, err = self.site.run("explain", "http://nobody.example/")
        self.assertEqual((code, out), (1, ""))
        self.assertIn("nothing is known", err)
        self.stop(daemon)
        self.assertFalse(os.path.exists(self.site.path("state/control.sock")))

    def test_status_is_3_when_none_runs(self):
        self.site.configure(self.feeds)
        code, out, err = self.site.run("status")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("no daemon answers", err)
        self.assertEqual(self.site.run("explain", "a")[0], 1)

    def test_once_tells_nothing_twice(self):
        self.site.configure(self.feeds)
        for _ in range(3):
            code, _, err = self.site.run("once")
            self.assertEqual(code, 0, err)
        self.assertEqual(self.ids(), ["a-1", "a-2", "a-3"])
        self.assertIn("1 not modified", err)

    def test_once_with_addresses_needs_no_configuration(self):
        done = subprocess.run([PROGRAM, "once", self.server.url("/a"), self.server.url("/b")],
                              capture_output=True, env=self.site.environment(), timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(json.loads(line)["id"] for line in done.stdout.splitlines()),
                         ["a-1", "a-2", "a-3", "b-1", "b-2"])
        self.assertEqual(len(done.stderr.splitlines()), 1, "one line of totals")
        done = subprocess.run([PROGRAM, "once", self.server.url("/gone")], capture_output=True,
                              env=self.site.environment(), timeout=30)
        self.assertEqual(done.returncode, 1)


class UsageTest(unittest.TestCase):
    def run_program(self, *arguments, stdin=b""):
        done = subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=30)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_usage_errors_are_64(self):
        for arguments in ((), ("sing",), ("run", "--loud"), ("parse",), ("explain",), ("status", "extra"),
                          ("run", "--config")):
            code, out, err = self.run_program(*arguments)
            self.assertEqual((code, out), (64, ""), arguments)
            self.assertTrue(err, arguments)

    def test_usage_errors_say_what_is_wrong_and_where_the_help_is(self):
        for arguments, complaint, help_of in (
                ((), "newswired: a command is missing", "newswired"),
                (("sing",), "newswired: 'sing' is no command", "newswired"),
                (("pares",), "newswired: 'pares' is no command; did you mean 'parse'?", "newswired"),
                (("parse",), "newswired parse: FILE is required", "newswired parse"),
                (("dead", "rety"), "newswired dead: 'rety' is no command; did you mean 'retry'?", "newswired dead")):
            _, _, err = self.run_program(*arguments)
            self.assertEqual(err, f"{complaint}\nTry '{help_of} --help'.\n", arguments)

    def test_help_and_version_are_no_errors(self):
        for arguments in (("--help",), ("--version",), ("run", "--help"), ("parse", "--help")):
            code, out, err = self.run_program(*arguments)
            self.assertEqual((code, err), (0, ""), arguments)
            self.assertTrue(out, arguments)

    def test_a_bad_configuration_is_2_for_every_command(self):
        for command in (("check",), ("run",), ("once",), ("status",), ("explain", "x")):
            code, out, err = self.run_program(command[0], "--config", "-", *command[1:], stdin=b"colour: green\n")
            self.assertEqual((code, out), (2, ""), command)
            self.assertIn(":1:1: ", err, command)

    def test_check_names_every_mistake_and_its_place(self):
        code, _, err = self.run_program("check", "--config", "-", stdin=(
            b"feeds: [https://example.org/feed.xml]\nfetch: {timeout: soon}\ncolour: green\nsinks: [{type: file}]\n"))
        self.assertEqual(code, 2)
        self.assertEqual([line.split(":")[1] for line in err.splitlines()], ["2", "3", "4", "4"], err)

    def test_check_says_what_a_configuration_means(self):
        code, out, err = self.run_program("check", "--config", "-",
                                          stdin=b"state_dir: /tmp/x\nfeeds: [https://example.org/feed.xml]\n")
        self.assertEqual(code, 0, err)
        self.assertIn("https://example.org/feed.xml", out)
        self.assertIn("/tmp/x", out)
        self.assertIn("contact", err)

    def test_a_file_that_is_not_there_is_a_bad_configuration(self):
        code, _, err = self.run_program("check", "--config", "/no/such/file.yaml")
        self.assertEqual(code, 2)
        self.assertIn("/no/such/file.yaml", err)

    def test_parse_says_what_is_no_feed_in_one_line(self):
        code, out, err = self.run_program("parse", "-", stdin=b"no feed")
        self.assertEqual((code, out), (1, ""))
        self.assertEqual(len(err.splitlines()), 1)
        self.assertEqual(self.run_program("parse", "/no/such/file")[0], 1)

    def test_parse_answers_a_batch_line_by_line(self):
        process = subprocess.Popen([PROGRAM, "parse", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with Site(PROGRAM) as site:
            with open(site.path("a.xml"), "wb") as out:
                out.write(rss("a", 1))
            for number in range(3):
                process.stdin.write(("http://example.org/\t%s\n" % site.path("a.xml")).encode())
                process.stdin.flush()
                self.assertEqual(len(json.loads(process.stdout.readline())["items"]), 1, "answered at once")
            process.stdin.write(b"http://example.org/\t/no/such/file\n")
            process.stdin.close()
            self.assertEqual(list(json.loads(process.stdout.readline())), ["error"])
        self.assertEqual(process.wait(10), 0)
        process.stdout.close()


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
