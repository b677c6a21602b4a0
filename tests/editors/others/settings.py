"""Prints a block of settings from editors/README.md, or says what program the settings start.

settings.py README HEADING           the first code block under that heading
settings.py README HEADING command   the command in it, as JSON
"""

import json
import re
import sys
import tomllib

text = open(sys.argv[1], encoding="utf-8").read()
section = re.search(rf"^## {re.escape(sys.argv[2])}\n(.*?)(?=^## |\Z)", text, re.M | re.S).group(1)
language, block = re.search(r"^```(\w+)\n(.*?)^```", section, re.M | re.S).groups()
if sys.argv[3:] == ["command"]:
    if language == "toml":
        settings = tomllib.loads(block)
        server = settings["language-server"]["archlint"]
        markdown = [one for one in settings["language"] if one["name"] == "markdown"]
        assert "archlint" in markdown[0]["language-servers"]
        print(json.dumps([server["command"], *server["args"]]))
    else:
        print(json.dumps(json.loads(block)["clients"]["archlint"]["command"]))
else:
    print(block)
