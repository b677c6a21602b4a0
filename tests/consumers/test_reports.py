"""Reports read by the programs that they are for, or held against their schemas.

tests/consumers/run.sh installs what this needs and runs it.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import duckdb
import jsonschema
import junitparser
from sarif import loader

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARCHLINT = ROOT / os.environ.get("ARCHLINT", "target/release/archlint")
SCHEMAS = ROOT / "tests/command/schemas"
FORMATS = ("json", "jsonl", "junit", "sarif", "gitlab", "github", "rdjson", "checkstyle", "short")

# A document whose words try to break out of every format.
HOSTILE = """\
# 3. Send 100% of <b>mail</b> ::error::pwned & "more", a:b %0A %25

Date: 2026-02-18

## Context

Mail must be highly available. ]]> <script>alert(1)</script> ::warning file=x::no

## Decision

We will send all mail through one provider.
"""


def archlint(arguments, folder, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI_"))}
    environment.update(variables)
    run = subprocess.run([ARCHLINT, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    return run


def stored_schema(name):
    return json.loads((SCHEMAS / name).read_text())


def sarif_schema():
    schema = stored_schema("sarif-2.1.0.json")
    # The published pattern for languages has a bracket too many and is no regular expression.
    for part in ("run", "toolComponent"):
        del schema["definitions"][part]["properties"]["language"]["pattern"]
    return schema


def unescaped(text, pairs):
    for replacement, token in pairs:
        text = text.replace(replacement, token)
    return text


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        documents = folder / "docs/adr"
        documents.mkdir(parents=True)
        (documents / "0003-a&b, %0A::c.md").write_text(HOSTILE)
        for file in ROOT.glob("examples/*/*.md"):
            target = folder / "docs" / file.parent.name / file.name
            target.parent.mkdir(exist_ok=True)
            target.write_text(file.read_text())
        cls.files = {name: folder / f"report.{name}" for name in FORMATS}
        outputs = [word for name, file in cls.files.items() for word in ("--output", f"{name}={file}")]
        run = archlint(["check", "docs", *outputs], folder, GITHUB_REPOSITORY="team/parcels", GITHUB_SHA="0" * 40)
        assert run.returncode == 1, run.stdout
        cls.report = json.loads(cls.files["json"].read_text())
        cls.findings = cls.report["findings"]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def places(self):
        return sorted((f["path"], f["range"]["start"]["line"], f["rule"]) for f in self.findings)

    def test_sarif_is_what_oasis_says(self):
        log = json.loads(self.files["sarif"].read_text())
        jsonschema.validate(log, sarif_schema())
        log["runs"][0]["results"][0].pop("message")
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(log, sarif_schema())

    def test_sarif_tools_finds_every_finding(self):
        records = loader.load_sarif_file(str(self.files["sarif"])).get_records()
        found = sorted((r["Code"], r["Line"]) for r in records)
        self.assertEqual(found, sorted((rule, line) for _, line, rule in self.places()))
        summary = subprocess.run(
            [sys.executable, "-m", "sarif", "--check", "error", "summary", self.files["sarif"]],
            capture_output=True, text=True,
        )
        errors = sum(1 for f in self.findings if f["severity"] == "error")
        self.assertEqual(summary.returncode, 1 if errors else 0, summary.stderr)
        self.assertRegex(summary.stdout, rf"error: {errors}\b")

    def test_junitparser_counts_every_finding(self):
        suites = junitparser.JUnitXml.fromfile(str(self.files["junit"]))
        self.assertEqual(suites.failures, len(self.findings))
        self.assertEqual([s.name for s in suites], [d["path"] for d in self.report["documents"]])
        cases = [case for suite in suites for case in suite]
        self.assertEqual(len(cases), suites.tests)
        said = [result.message for case in cases for result in case.result if result.message]
        self.assertTrue(any(f["message"] in text for f in self.findings for text in said), said[:3])

    def test_gitlab_issues_are_unique_and_complete(self):
        issues = json.loads(self.files["gitlab"].read_text())
        jsonschema.validate(issues, stored_schema("gitlab-code-quality.json"))
        found = sorted((i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"]) for i in issues)
        self.assertEqual(found, self.places())
        self.assertEqual(len({i["fingerprint"] for i in issues}), len(issues))

    def test_rdjson_is_what_reviewdog_reads(self):
        result = json.loads(self.files["rdjson"].read_text())
        jsonschema.validate(result, stored_schema("rdjson.json"))
        found = sorted(
            (d["location"]["path"], d["location"]["range"]["start"]["line"], d["code"]["value"])
            for d in result["diagnostics"]
        )
        self.assertEqual(found, self.places())

    def test_github_reads_one_annotation_for_each_finding(self):
        # As GitHub's runner takes a line apart.
        found = []
        for line in self.files["github"].read_text().splitlines():
            self.assertTrue(line.startswith("::"), line)
            end = line.index("::", 2)
            name, _, properties = line[2:end].partition(" ")
            self.assertIn(name, ("error", "warning", "notice"))
            pairs = dict(pair.split("=", 1) for pair in properties.split(","))
            values = {
                key: unescaped(value, (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")))
                for key, value in pairs.items()
            }
            self.assertNotIn("::", line[end + 2:])
            found.append((values["file"], int(values["line"]), values["title"].removeprefix("archlint ")))
        self.assertEqual(sorted(found), self.places())

    def test_checkstyle_is_xml_with_every_finding(self):
        root = ElementTree.parse(self.files["checkstyle"]).getroot()
        found = sorted(
            (file.get("name"), int(error.get("line")), error.get("source").removeprefix("archlint."))
            for file in root.iter("file")
            for error in file.iter("error")
        )
        self.assertEqual(found, self.places())

    def test_fingerprints_stay_when_lines_move(self):
        def fingerprints(text):
            with tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder, "docs/adr/0003-mail.md")
                file.parent.mkdir(parents=True)
                file.write_text(text)
                sarif = json.loads(archlint(["docs", "--format", "sarif"], folder).stdout)
                gitlab = json.loads(archlint(["docs", "--format", "gitlab"], folder).stdout)
            results = sarif["runs"][0]["results"]
            return (
                sorted(str(r["partialFingerprints"]) for r in results),
                sorted(i["fingerprint"] for i in gitlab),
            )

        before = fingerprints(HOSTILE)
        self.assertGreater(len(before[0]), 0)
        self.assertEqual(before, fingerprints(HOSTILE.replace("## Context", "A line more.\n\n\n## Context")))


class Coverage(unittest.TestCase):
    """The queries of docs/formats.md, over the rows of several repositories."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        folder = pathlib.Path(self.folder.name)
        (folder / "rows").mkdir()
        for name, examples in (("parcels", "good"), ("vans", "poor"), ("mail", "adr")):
            rows = archlint(
                ["check", ROOT / "examples" / examples, "--format", "jsonl", "--fail-on", "never"],
                folder, GITHUB_REPOSITORY=f"shop/{name}", GITHUB_SHA="0" * 40,
            )
            (folder / "rows" / f"{name}.jsonl").write_text(rows.stdout)
        (folder / "teams.csv").write_text("repository,team\nshop/parcels,delivery\nshop/vans,delivery\nshop/mail,messages\n")
        self.rows = [
            json.loads(line)
            for file in sorted((folder / "rows").iterdir())
            for line in file.read_text().splitlines()
        ]
        guide = (ROOT / "docs/formats.md").read_text()
        self.queries = [
            query.replace("'rows/", f"'{folder}/rows/").replace("'teams.csv'", f"'{folder}/teams.csv'")
            for query in re.findall(r"```sql\n(.*?)```", guide, re.S)
        ]

    def expected(self, key):
        counts = {}
        for row in self.rows:
            if row["asked"]:
                asked, settled = counts.get(key(row), (0, 0))
                counts[key(row)] = (asked + 1, settled + (not row["open"]))
        return {name: counts[name] for name in counts}

    def held(self, query, key):
        found = duckdb.sql(query).fetchall()
        self.assertEqual({(a, b): (asked, settled) for a, b, asked, settled, _ in found}, self.expected(key))
        percents = [row[4] for row in found]
        self.assertEqual(percents, sorted(percents))

    def test_coverage_by_repository_and_group(self):
        self.held(self.queries[0], lambda row: (row["repository"], row["group"]))

    def test_coverage_by_team_and_group(self):
        team = {"shop/parcels": "delivery", "shop/vans": "delivery", "shop/mail": "messages"}
        self.held(self.queries[1], lambda row: (team[row["repository"]], row["group"]))


if __name__ == "__main__":
    unittest.main()
