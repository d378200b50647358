#!/usr/bin/env python3
"""Fails when tests/behaviour.md names a test that is not there."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def declared():
    """Suite.Test for every TEST in the sources, file_test.py: name for every integration test."""
    names = set()
    for file in HERE.glob("*/**/*_test.*"):
        text = file.read_text(encoding="utf-8")
        names |= {f"{suite}.{test}" for suite, test in re.findall(r"^TEST(?:_[FP])?\((\w+), (\w+)\)", text, re.M)}
        if file.suffix == ".py":
            names.add(file.name)
            names |= {f"{file.name}: {test}" for test in re.findall(r"^    def (test_\w+)", text, re.M)}
    return names


def main():
    text = (HERE / "behaviour.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+\.[A-Z]\w+|\w+_test\.py(?:: \w+)?)`", text)
    there = declared()
    missing = [name for name in named if name not in there and name != "behaviour_test.py"]
    for name in missing:
        print(f"tests/behaviour.md names {name}, which is not there: name the test that holds the rule now")
    return 1 if missing or len(named) < 50 else 0


sys.exit(main())
