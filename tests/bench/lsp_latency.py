#!/usr/bin/env python3
"""From a keystroke to new diagnostics: measures any language server, alone or against others.

    lsp_latency.py 'archlint lsp' ['rumdl server' ...] [--size 100000] [--document FILE] [--burst 2000]

Opens a Markdown document in each server, types into it at random places, one character at a time,
and measures from the moment `textDocument/didChange` is written until
`textDocument/publishDiagnostics` for that version (or a later one) has been read. The document is
made up here, --size bytes long, or is FILE, repeated or cut if --size is given. The servers are
measured in turns, a keystroke each, so that whatever else the machine does meets all of them alike.
Servers that wait before they look (debouncing) are measured with that wait: a person waits, too.

--burst N then sends N edits back to back to every server and measures until the diagnostics of the
last one. Needs Python 3.9 and nothing else.
"""

import argparse
import json
import pathlib
import queue
import random
import shlex
import subprocess
import sys
import tempfile
import threading
import time


SERVICES = ["order", "invoice", "stock", "parcel", "address", "tariff", "label", "route", "claim", "driver"]
STORES = ["PostgreSQL", "a message queue", "Kafka", "an object store", "Redis", "a search index"]
ACTIONS = ["reads", "writes", "copies", "checks", "forwards", "drops", "counts", "joins"]
SENTENCES = [
    "The {a} service {does} every record of the {b} service and keeps it in {store}.",
    "Each deployment of the {a} service goes to one cluster first, and to the others {n} minutes later.",
    "When the {b} service does not answer within {n} seconds, the {a} service tries again up to {n} times.",
    "We chose {store} over [the alternative](https://example.org/{a}/{n}) because the team runs it already.",
    "Requests carry an *idempotency key*, so that a {a} that is sent twice is booked once.",
    "About {n}00 {a}s arrive per minute at the peak; `{b}-worker` {does} them in batches of {n}.",
    "Who may see a {a} is decided by the {b} service, with tokens that expire after {n} minutes.",
    "Backups of {store} are taken every {n} hours and restored in a drill each quarter – naïvely, so far 😀.",
    "It is still open how the schema of the {b} service is migrated while both versions run.",
]


def made_up(size, numbers):
    """A design document of `size` bytes: headings, paragraphs, lists, tables and code."""
    def sentence():
        a, b = numbers.sample(SERVICES, 2)
        return numbers.choice(SENTENCES).format(
            a=a, b=b, does=numbers.choice(ACTIONS), store=numbers.choice(STORES), n=numbers.randrange(2, 60))

    parts = ["# Proposal: one pipeline for parcels\n\nStatus: proposed\n"]
    length = len(parts[0])
    while length < size:
        name = numbers.choice(SERVICES)
        what = numbers.choice(["Context", "Data", "Roll-out", "Failure", "Security", "Interfaces", "Alternatives"])
        section = [f"\n{numbers.choice(['##', '##', '###'])} {what} of the {name} service\n"]
        for _ in range(numbers.randrange(2, 6)):
            kind = numbers.randrange(8)
            if kind < 4:
                section.append("\n" + "\n".join(sentence() for _ in range(numbers.randrange(2, 6))) + "\n")
            elif kind < 6:
                section.append("\n" + "".join(f"- {sentence()}\n" for _ in range(numbers.randrange(2, 6))))
            elif kind == 6:
                rows = "".join(f"| {numbers.choice(SERVICES)} | {numbers.randrange(99)} ms |\n" for _ in range(4))
                section.append(f"\n| service | time |\n|---|---|\n{rows}")
            else:
                section.append(f"\n```yaml\n{name}:\n  replicas: {numbers.randrange(9)}\n```\n")
        parts.extend(section)
        length += sum(len(part.encode()) for part in section)
    return cut("".join(parts), size)


def cut(text, size):
    return text.encode()[:size].decode(errors="ignore")


class Server:
    """A running server with the document open in it."""

    def __init__(self, command, folder, name, text, timeout):
        self.command = command
        self.timeout = timeout
        self.uri = (folder / name).resolve().as_uri()
        self.lines = text.split("\n")
        self.version = 1
        self.times = []
        self.next_id = 0
        self.messages = queue.Queue()
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=folder,
        )
        threading.Thread(target=self.read, daemon=True).start()
        root = folder.resolve().as_uri()
        self.request("initialize", {
            "processId": None, "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "bench"}],
            "capabilities": {
                "general": {"positionEncodings": ["utf-16"]},
                "textDocument": {"publishDiagnostics": {"versionSupport": True},
                                 "synchronization": {"dynamicRegistration": False}},
            },
        })
        self.notify("initialized", {})
        started = time.perf_counter()
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri, "languageId": "markdown", "version": 1, "text": text}})
        self.opened = self.diagnostics(1) - started

    def read(self):
        stream = self.process.stdout
        while True:
            length = None
            while True:
                line = stream.readline()
                if not line:
                    self.messages.put((time.perf_counter(), None))
                    return
                line = line.strip()
                if not line:
                    break
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            content = stream.read(length)
            # The clock stops when the message is here, before Python takes it apart.
            self.messages.put((time.perf_counter(), content))

    def send(self, message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def receive(self):
        try:
            arrived, content = self.messages.get(timeout=self.timeout)
        except queue.Empty:
            sys.exit(f"{self.command}: no answer within {self.timeout} seconds")
        if content is None:
            sys.exit(f"{self.command}: has ended")
        message = json.loads(content)
        if "method" in message and "id" in message:
            items = message.get("params", {}).get("items", []) if isinstance(message.get("params"), dict) else []
            result = [None] * len(items) if message["method"] == "workspace/configuration" else None
            self.send({"id": message["id"], "result": result})
        return arrived, message

    def request(self, method, params):
        self.next_id += 1
        self.send({"id": self.next_id, "method": method, "params": params})
        while True:
            _, message = self.receive()
            if message.get("id") == self.next_id and "method" not in message:
                return message.get("result")

    def diagnostics(self, version):
        """When the diagnostics of this version, or a later one, arrived."""
        while True:
            arrived, message = self.receive()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            told = params.get("version")
            if params["uri"] == self.uri and (told is None or told >= version):
                return arrived

    def edit(self, line, column, text):
        """Puts `text` in; `column` counts characters of a line in the Basic Multilingual Plane."""
        self.version += 1
        old = self.lines[line]
        self.lines[line] = old[:column] + text + old[column:]
        units = len(old[:column].encode("utf-16-le")) // 2
        place = {"line": line, "character": units}
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": {"start": place, "end": place}, "text": text}],
        })

    def place(self, numbers):
        line = numbers.randrange(len(self.lines))
        return line, numbers.randrange(len(self.lines[line]) + 1)

    def keystroke(self, numbers):
        line, column = self.place(numbers)
        started = time.perf_counter()
        self.edit(line, column, numbers.choice("etaoin shrdlu.,"))
        self.times.append(self.diagnostics(self.version) - started)

    def burst(self, count, numbers):
        started = time.perf_counter()
        for _ in range(count):
            line, column = self.place(numbers)
            self.edit(line, column, numbers.choice("etaoin shrdlu.,"))
        return self.diagnostics(self.version) - started

    def end(self):
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            self.process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


def share(times, part):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="+", metavar="command")
    parser.add_argument("--document", type=pathlib.Path, help="instead of one that is made up")
    parser.add_argument("--keys", type=int, default=300, help="keystrokes that are measured (300)")
    parser.add_argument("--warm-up", type=int, default=20, help="keystrokes before (20)")
    parser.add_argument("--pause", type=float, default=0.03, help="seconds between keystrokes (0.03)")
    parser.add_argument("--burst", type=int, default=0, metavar="N", help="then N edits back to back")
    parser.add_argument("--size", type=int, help="bytes of the document (100,000 when it is made up)")
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    size = arguments.size
    if arguments.document:
        text = arguments.document.read_text(encoding="utf-8")
        if size:
            text = cut(text * (size // max(1, len(text.encode())) + 1), size)
    else:
        text = made_up(size or 100_000, random.Random(arguments.seed))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        name = pathlib.Path("design") / (arguments.document.name if arguments.document else "parcels.md")
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        servers = [Server(command, folder, name, text, arguments.timeout) for command in arguments.commands]
        numbers = [random.Random(arguments.seed) for _ in servers]
        for key in range(arguments.warm_up + arguments.keys):
            for server, own in zip(servers, numbers):
                server.keystroke(own)
                time.sleep(arguments.pause)
            if key == arguments.warm_up - 1:
                for server in servers:
                    server.times.clear()
        print(f"{len(text.encode()):,} bytes, {arguments.keys} keystrokes; milliseconds")
        print(f"{'median':>8} {'p95':>8} {'p99':>8} {'most':>8} {'opening':>8} {'burst':>8}  command")
        for server, own in zip(servers, numbers):
            burst = f"{server.burst(arguments.burst, own) * 1000:8.0f}" if arguments.burst else f"{'':8}"
            print(f"{share(server.times, 0.5):8.1f} {share(server.times, 0.95):8.1f} {share(server.times, 0.99):8.1f} "
                  f"{max(server.times) * 1000:8.1f} {server.opened * 1000:8.1f} {burst}  {server.command}")
        first = share(servers[0].times, 0.5)
        for server in servers[1:]:
            print(f"median of {servers[0].command!r} is {first / share(server.times, 0.5):.2f} "
                  f"times that of {server.command!r}")
        for server in servers:
            server.end()


if __name__ == "__main__":
    main()
