#!/usr/bin/env node
// Runs the archlint that came with the package for this platform.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const name = `@archlint/${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "archlint.exe" : "archlint";

let program;
try {
  program = require.resolve(`${name}/${file}`);
} catch {
  console.error(
    `error: the package ${name} is not installed\n` +
      "  Either there is no archlint for this platform, or the installation left out optional\n" +
      "  packages (npm's --omit=optional). `cargo install` and `pip install archlint` work, too.",
  );
  process.exit(2);
}

// The terminal sends Ctrl-C to both: the program decides what comes of it.
process.on("SIGINT", () => {});
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: ${program} cannot be run: ${error.message}`);
  process.exit(2);
}
process.exit(status ?? 128 + (constants.signals[signal] ?? 0));
