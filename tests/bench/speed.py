#!/usr/bin/env python3
"""How long a review takes, beside another linter, and how that grows.

    speed.py ARCHLINT [--peer 'rumdl check --no-config --no-cache'] [--documents FOLDER] [--copies 20]

Copies the Markdown files of FOLDER (default: the examples of this repository) and measures user and
elapsed time of both commands on all copies, in turns, the least of some runs; then one small record
from a cold start, a document of growing length, and 78 rules against 780. Needs Python 3.9.
"""

import argparse
import os
import pathlib
import resource
import shlex
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(command, cwd):
    """User and elapsed seconds of a command; what it says is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elapsed = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, elapsed


def least(commands, cwd, times):
    """The least user and elapsed time of each command, measured in turns."""
    runs = [[] for _ in commands]
    for _ in range(times):
        for kept, command in zip(runs, commands):
            kept.append(run(command, cwd))
    return [(min(u for u, _ in kept), min(e for _, e in kept)) for kept in runs]


def line(name, user, elapsed, peer=None):
    ratio = f"   {user / max(peer[0], 0.001):.2f} of the peer's user time, {elapsed / peer[1]:.2f} of its elapsed time" if peer else ""
    print(f"{name:<44}{user * 1000:>9.0f} ms user{elapsed * 1000:>9.0f} ms{ratio}")


def tenfold(folder):
    """A pack that asks every built-in question nine times more, under other ids."""
    files = sorted((ROOT / "rules").glob("*.toml"))
    packs = folder / "packs"
    packs.mkdir()
    for copy in range(9):
        for file in files:
            if file.name in ("weights.toml", "vocabulary.toml", "adr.toml", "prose.toml"):
                continue
            text = file.read_text(encoding="utf-8")
            text = text.replace('\nid = "', f'\nid = "copy-{copy}-')
            (packs / f"{copy}-{file.name}").write_text(text, encoding="utf-8")
    return packs


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("archlint", type=lambda path: str(pathlib.Path(path).resolve()))
    arguments.add_argument("--peer")
    arguments.add_argument("--documents", type=pathlib.Path, default=ROOT / "examples")
    arguments.add_argument("--copies", type=int, default=20)
    arguments.add_argument("--times", type=int, default=5)
    o = arguments.parse_args()
    peer = shlex.split(o.peer) if o.peer else None
    check = [o.archlint, "check", "--no-config", "--fail-on", "never"]
    documents = sorted(o.documents.rglob("*.md"))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        many = folder / "many"
        for copy in range(o.copies):
            (many / str(copy)).mkdir(parents=True)
            for document in documents:
                shutil.copy(document, many / str(copy) / document.name)
        size = sum(file.stat().st_size for file in many.rglob("*.md"))
        print(f"{len(documents)} documents, {o.copies} times: {size / 1e6:.1f} MB, {os.cpu_count()} cores")
        commands = [[*check, "."]] + ([[*peer, "."]] if peer else [])
        results = least(commands, many, o.times)
        line("archlint", *results[0], results[1] if peer else None)
        if peer:
            line(peer[0], *results[1])

        small = folder / "small"
        (small / "adr").mkdir(parents=True)
        text = (ROOT / "examples/adr/0001-keep-parcel-state-in-postgresql.md").read_text(encoding="utf-8")
        (small / "adr/0001-state.md").write_text((text + "\n") * (5000 // len(text) + 1), encoding="utf-8")
        commands = [[*check, "adr/0001-state.md"]] + ([[*peer, "adr/0001-state.md"]] if peer else [])
        results = least(commands, small, 4 * o.times)
        line("a record of 5 KB, from a cold start", *results[0], results[1] if peer else None)
        if peer:
            line(f"the same, {peer[0]}", *results[1])

        print("growth with the length of a document:")
        whole = "".join(document.read_text(encoding="utf-8") for document in documents)
        for kilobytes in (125, 250, 500, 1000, 2000):
            long = folder / "design.md"
            long.write_text((whole * (kilobytes * 1000 // len(whole) + 1))[: kilobytes * 1000], encoding="utf-8")
            [(user, elapsed)] = least([[*check, "--kind", "design", str(long)]], folder, o.times)
            line(f"  {kilobytes} KB", user, elapsed)

        packs = tenfold(folder)
        test = subprocess.run([o.archlint, "rules", "--no-config", "--pack", str(packs)], capture_output=True, text=True)
        if test.returncode != 0:
            print(test.stderr[:2000])
            return
        print("growth with the number of rules (the time of an empty document is that of loading them):")
        empty = folder / "empty.md"
        empty.write_text("# Empty\n", encoding="utf-8")
        for rules, extra in ((78, []), (780, ["--pack", str(packs)])):
            results = least([[*check, *extra, str(empty)], [*check, *extra, "."]], many, o.times)
            (empty_user, _), (user, elapsed) = results
            line(f"  {rules} questions", user, elapsed)
            line(f"  {rules} questions, less loading them", user - empty_user, elapsed)


if __name__ == "__main__":
    main()
