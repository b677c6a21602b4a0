"""Starts a language server and has it review a document, as any editor would.

session.py FILE COMMAND...    ends with 0 when findings come
"""

import json
import pathlib
import subprocess
import sys

file = pathlib.Path(sys.argv[1]).resolve()
server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive():
    length = None
    while line := server.stdout.readline().strip():
        name, value = line.split(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(server.stdout.read(length))


def wait_for(condition):
    while not condition(message := receive()):
        pass
    return message


send({"id": 1, "method": "initialize",
      "params": {"processId": None, "rootUri": file.parent.as_uri(), "capabilities": {}}})
wait_for(lambda message: message.get("id") == 1)
send({"method": "initialized", "params": {}})
send({"method": "textDocument/didOpen", "params": {"textDocument": {
    "uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": file.read_text(encoding="utf-8")}}})
found = wait_for(lambda message: message.get("method") == "textDocument/publishDiagnostics")
assert found["params"]["diagnostics"], "no findings"
send({"id": 2, "method": "shutdown"})
wait_for(lambda message: message.get("id") == 2)
send({"method": "exit"})
assert server.wait(timeout=10) == 0, "the server does not end well"
