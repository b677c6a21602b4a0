"""Reports read by the programs that they are for.

    python3 -m venv .venv && .venv/bin/pip install -r tests/consumers/requirements.txt
    ARCHLINT=target/debug/archlint .venv/bin/python -m unittest discover tests/consumers
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import duckdb
import junitparser
from sarif import loader

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARCHLINT = ROOT / os.environ.get("ARCHLINT", "target/debug/archlint")

# Coverage by repository and group, worst first. The same query runs on Spark and BigQuery when
# read_json is replaced by the table that holds the rows.
COVERAGE = """
select repository, "group", count(*) as asked,
       sum(case when open then 0 else 1 end) as settled
from read_json('{rows}')
where asked
group by repository, "group"
order by sum(case when open then 0 else 1 end) * 1.0 / count(*), "group"
"""


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.files = {f: os.path.join(cls.folder.name, f) for f in ("json", "jsonl", "junit", "sarif")}
        outputs = [argument for f, file in cls.files.items() for argument in ("--output", f"{f}={file}")]
        environment = dict(os.environ, GITHUB_REPOSITORY="team/parcels", GITHUB_SHA="0" * 40)
        run = subprocess.run([ARCHLINT, "check", "examples", *outputs], cwd=ROOT, env=environment, capture_output=True)
        assert run.returncode == 1, run.stderr
        with open(cls.files["json"], encoding="utf-8") as file:
            cls.report = json.load(file)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_sarif_tools_finds_every_finding(self):
        records = loader.load_sarif_file(self.files["sarif"]).get_records()
        self.assertGreater(len(records), 0)
        self.assertEqual(
            sorted((r["Location"], r["Line"], r["Code"]) for r in records),
            sorted((f["path"], f["range"]["start"]["line"], f["rule"]) for f in self.report["findings"]),
        )

    def test_junitparser_counts_every_finding(self):
        suites = junitparser.JUnitXml.fromfile(self.files["junit"])
        self.assertEqual(suites.failures, len(self.report["findings"]))
        self.assertEqual([s.name for s in suites], [d["path"] for d in self.report["documents"]])
        cases = [case for suite in suites for case in suite]
        self.assertEqual(len(cases), suites.tests)

    def test_duckdb_turns_rows_into_coverage(self):
        rows = duckdb.sql(COVERAGE.format(rows=self.files["jsonl"])).fetchall()
        self.assertGreater(len(rows), 5)
        for repository, _, asked, settled in rows:
            self.assertEqual(repository, "team/parcels")
            self.assertLessEqual(settled, asked)
        shares = [settled / asked for _, _, asked, settled in rows]
        self.assertEqual(shares, sorted(shares))


if __name__ == "__main__":
    unittest.main()
