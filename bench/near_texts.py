#!/usr/bin/env python3
"""Texts for bench/near: the articles of extraction benchmarks, a .txt each.

    bench/near_texts.py FOLDER OUT

FOLDER holds archives NAME.tar.xz with a cases.jsonl of objects that have the article's text under one of the
usual names.
"""
import json
import pathlib
import sys
import tarfile

NAMES = ('text', 'articleBody', 'content_text', 'content', 'main_content', 'expected')


def text_of(case):
    for name in NAMES:
        value = case.get(name)
        if isinstance(value, dict):
            value = text_of(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


def main(folder, out):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for archive in sorted(pathlib.Path(folder).glob('*.tar.xz')):
        suite = archive.name.split('.')[0]
        count = 0
        with tarfile.open(archive) as files:
            for member in files:
                if not member.name.endswith('cases.jsonl'):
                    continue
                for line in files.extractfile(member):
                    if text := text_of(json.loads(line)):
                        (out / f'{suite}-{count:04}.txt').write_text(text)
                        count += 1
        print(suite, count)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
