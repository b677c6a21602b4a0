"""Runs the steps of action.yml as GitHub's runner does.

usage: action.py ACTION FOLDER WHOLE POOR: two documents in FOLDER, one with findings and one without
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML


def run(action, folder, **given):
    """The exit code and the output of the first step that fails, or of the last one."""
    inputs = {name: str(said.get("default", "")) for name, said in action["inputs"].items()}
    inputs.update({name.replace("_", "-"): value for name, value in given.items()})

    def filled(text):
        return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], str(text))

    with tempfile.TemporaryDirectory() as temp:
        added = pathlib.Path(temp, "path")
        added.touch()
        for step in action["runs"]["steps"]:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"], "an input would become a part of the script"
            environment = dict(os.environ, RUNNER_TEMP=temp, GITHUB_PATH=str(added))
            environment["PATH"] = os.pathsep.join(added.read_text().split() + [environment["PATH"]])
            environment.update({name: filled(value) for name, value in step.get("env", {}).items()})
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=pathlib.Path(folder, filled(step.get("working-directory", "."))),
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            print(done.stdout)
            if done.returncode:
                break
    return done.returncode, done.stdout


def main(action, folder, whole, poor):
    action = YAML(typ="safe").load(pathlib.Path(action))

    code, said = run(action, folder, paths=whole)
    assert code == 0, code

    code, said = run(action, folder, paths=f"{whole}\n{poor}\n")
    assert code == 1, code
    assert f"::warning file={poor}," in said

    code, said = run(action, folder, fail_on="never", sarif="archlint.sarif")
    assert code == 0, code
    sarif = json.loads(pathlib.Path(folder, "archlint.sarif").read_text())
    rules = {result["ruleId"] for result in sarif["runs"][0]["results"]}
    assert "adr/status" in rules, rules

    code, said = run(action, folder, paths=pathlib.Path(poor).name, working_directory=str(pathlib.Path(poor).parent))
    assert code == 1, code

    code, said = run(action, folder, paths='$(touch "owned"); --fix')
    assert code == 2, code
    assert not pathlib.Path(folder, "owned").exists()


main(*sys.argv[1:])
