"""What the user guide says is so. Run by run.sh, which sets the variables."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ARCHLINT = os.environ["ARCHLINT"]
PAGES = sorted(DOCS.rglob("*.md"))
WRITTEN = [page for page in PAGES if page.parent == DOCS]


def ran(*command, cwd=ROOT, code=0, **more):
    """What a command says; its exit code must be `code`."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, **more)
    assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def blocks(page, language):
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)


def prose(page):
    """The text of a page without its code blocks."""
    return re.sub(r"^(`{3,}).*?^\1", "", page.read_text(), flags=re.M | re.S)


def anchors(page):
    """The anchors of a page's headings, as mdBook and GitHub make them."""
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.M):
        kept = re.sub(r"[^\w\- ]", "", heading.lower())
        yield kept.replace(" ", "-")


class Guide(unittest.TestCase):
    def test_generated_pages_are_fresh(self):
        ran(os.environ["XTASK"], "docs", "--check")

    def test_the_book_builds(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["mdbook", "build", "--dest-dir", folder, DOCS], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotRegex(done.stderr, "WARN|ERROR")
            self.assertTrue(pathlib.Path(folder, "rules/deployment.html").exists())

    def test_every_page_is_in_the_summary_once(self):
        linked = re.findall(r"\]\(([^)]+\.md)\)", (DOCS / "SUMMARY.md").read_text())
        there = [str(page.relative_to(DOCS)) for page in PAGES if page.name != "SUMMARY.md"]
        self.assertEqual(sorted(linked), sorted(there))

    def test_links_lead_somewhere(self):
        for page in [*PAGES, ROOT / "README.md", ROOT / "ARCHITECTURE.md"]:
            for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
                target, _, anchor = link.partition("#")
                if re.match(r"[a-z]+:", target):
                    continue
                file = (page.parent / target).resolve() if target else page
                with self.subTest(page=page.name, link=link):
                    self.assertTrue(file.exists())
                    if anchor:
                        self.assertIn(anchor, set(anchors(file)))

    def test_archlint_finds_its_own_decisions_in_order(self):
        done = subprocess.run([ARCHLINT, "check", "--format", "short", "docs/adr"], cwd=ROOT, capture_output=True, text=True)
        self.assertLess(done.returncode, 2, done.stderr)
        self.assertNotRegex(done.stdout, r"\[(adr|waiver|template)/")
        decisions = ran(ARCHLINT, "checklist", "docs/adr")
        for page in DOCS.glob("adr/0*.md"):
            self.assertIn(page.name, decisions)


class Command(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = re.findall(r"^  ([a-z]+) ", ran(ARCHLINT, "help").split("Commands:")[1].split("\n\n")[0], re.M)
        cls.options = {
            name: set(re.findall(r"(--[a-z-]+)", ran(ARCHLINT, "help", name))) for name in names if name != "help"
        }

    def test_the_page_on_the_command_names_every_command_and_option(self):
        said = (DOCS / "command.md").read_text()
        for name, options in self.options.items():
            self.assertRegex(said, rf"`{name}`|archlint {name}")
            for option in options - {"--help", "--version"}:
                with self.subTest(command=name, option=option):
                    self.assertRegex(said, rf"{option}\b")

    def test_every_command_line_in_the_guide_can_be_given(self):
        for page in [*WRITTEN, ROOT / "README.md"]:
            lines = re.findall(r"`(archlint [^`\n]+)`", page.read_text())
            for block in blocks(page, "sh") + blocks(page, "yaml"):
                lines += re.findall(r"\b(archlint .*)", block)
            for line in lines:
                words = line.split(" #")[0].split(" | ")[0].split()
                name = words[1] if len(words) > 1 and words[1] in self.options else "check"
                for option in re.findall(r"(?<=\s)--[a-z][a-z-]*", " ".join(words)):
                    with self.subTest(page=page.name, line=line):
                        self.assertIn(option, self.options[name] | {"--rm", "--version"})


class Examples(unittest.TestCase):
    def test_configuration_is_read(self):
        examples = [block for page in WRITTEN if page.name != "editors.md" for block in blocks(page, "toml")]
        examples = [block for block in examples if re.search(r"^(\[\[?(kinds|rules|set|template|override)|extends|include)", block, re.M)]
        self.assertGreater(len(examples), 4)
        for example in examples:
            with self.subTest(example=example), tempfile.TemporaryDirectory() as folder:
                inner = pathlib.Path(folder, "inner")
                (inner / "docs/templates").mkdir(parents=True)
                for name in ("proposal.md", "proposal-1.md"):
                    (inner / "docs/templates" / name).write_text("# Title\n\n## Summary\n")
                (inner / "architecture-rules").mkdir()
                (inner / "architecture-rules/own.toml").write_text('[[override]]\nid = "prose/vague-claim"\nseverity = "hint"\n')
                pathlib.Path(folder, "archlint.toml").write_text("")
                (inner / "archlint.toml").write_text(example)
                ran(ARCHLINT, "config", "docs/adr/0001-x.md", cwd=inner)

    def test_mistakes_are_told_as_shown(self):
        shown = blocks(DOCS / "configuration.md", "text")[0].splitlines()
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "archlint.toml").write_text('fail_on = "error"\n')
            done = subprocess.run([ARCHLINT, "config", "a.md"], cwd=folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        for line in shown:
            self.assertIn(line.strip(), done.stderr)

    def test_waivers_are_understood(self):
        page = DOCS / "waivers.md"
        comments = [text for text in blocks(page, "markdown") if "archlint:" in text]
        matter = [text for text in blocks(page, "yaml")]
        self.assertEqual((len(comments), len(matter)), (2, 1))
        text = matter[0] + "# Title\n\n" + "\n".join(comments) + "\nWe use a queue.\n"
        said = subprocess.run(
            [ARCHLINT, "check", "-", "--kind", "design", "--format", "short"], input=text, capture_output=True, text=True
        ).stdout
        self.assertNotRegex(said, r"waiver/(?!unneeded)")

    def test_ci_files_fit_their_schemas(self):
        checked = 0
        for text in blocks(DOCS / "ci.md", "yaml"):
            for start, command in [
                ("repos:", ["pre-commit", "validate-config"]),
                ("name:", ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]),
                ("architecture:", ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"]),
            ]:
                if text.startswith(start):
                    with self.subTest(start=start), tempfile.TemporaryDirectory() as folder:
                        file = pathlib.Path(folder, "file.yaml")
                        file.write_text(text)
                        ran(*command, file)
                        checked += 1
        self.assertEqual(checked, 3)

    def test_the_query_gives_coverage_by_repository_and_group(self):
        # The one by team needs a table of teams: tests/consumers runs it.
        query, _ = blocks(DOCS / "formats.md", "sql")
        with tempfile.TemporaryDirectory() as folder:
            rows = pathlib.Path(folder, "rows")
            rows.mkdir()
            for team, path in [("team/good", "examples/good"), ("team/poor", "examples/poor")]:
                environment = dict(os.environ, GITHUB_REPOSITORY=team, GITHUB_SHA="0" * 40)
                said = ran(ARCHLINT, "check", path, "--format", "jsonl", "--fail-on", "never", env=environment)
                (rows / f"{path.replace('/', '-')}.jsonl").write_text(said)
            found = duckdb.sql(query.replace("rows/", f"{rows}/")).fetchall()
        self.assertEqual({row[0] for row in found}, {"team/good", "team/poor"})
        for _, _, asked, settled, percent in found:
            self.assertLessEqual(settled, asked)
            self.assertAlmostEqual(percent, settled * 100 / asked, delta=0.5)
        by_team = {team: sum(row[3] for row in found if row[0] == team) / sum(row[2] for row in found if row[0] == team) for team in ("team/good", "team/poor")}
        self.assertGreater(by_team["team/good"], by_team["team/poor"])

    def test_rows_look_as_shown(self):
        (shown,) = blocks(DOCS / "formats.md", "json")
        keys = re.findall(r'"(\w+)":', shown)
        row = ran(ARCHLINT, "check", "examples/good", "--format", "jsonl", "--fail-on", "never").splitlines()[0]
        self.assertEqual(keys, re.findall(r'"(\w+)":', row)[: len(keys)])


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    failed = len({id(test) if not hasattr(test, "test_case") else id(test.test_case) for test, _ in result.failures + result.errors})
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(not result.wasSuccessful())
