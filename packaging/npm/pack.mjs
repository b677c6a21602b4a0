// Packs archlint for npm: node packaging/npm/pack.mjs OUT [PLATFORM=BINARY...]
// Writes the package `archlint`, which picks the binary, and for each PLATFORM (linux-x64, ...) the
// package `@archlint/PLATFORM`, which holds it, as .tgz files into OUT.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, "../..");
const [out, ...binaries] = process.argv.slice(2);
if (!out || binaries.some((argument) => !argument.includes("="))) {
  console.error("usage: node pack.mjs OUT [PLATFORM=BINARY...]");
  process.exit(2);
}

const version = /^version = "(.+)"$/m.exec(readFileSync(join(repository, "Cargo.toml"), "utf8"))[1];
const main = JSON.parse(readFileSync(join(here, "archlint/package.json"), "utf8"));
const platforms = Object.keys(main.optionalDependencies);
const folder = mkdtempSync(join(tmpdir(), "archlint-npm-"));
mkdirSync(out, { recursive: true });
try {
  cpSync(join(here, "archlint"), join(folder, "archlint"), { recursive: true });
  pack("archlint", {
    ...main,
    version,
    optionalDependencies: Object.fromEntries(platforms.map((name) => [name, version])),
  });
  for (const argument of binaries) {
    const [platform, binary] = argument.split(/=(.*)/s);
    const name = `@archlint/${platform}`;
    if (!platforms.includes(name)) {
      throw new Error(`${platform} is none of ${platforms.map((name) => basename(name)).join(", ")}`);
    }
    const file = platform.startsWith("win32") ? "archlint.exe" : "archlint";
    mkdirSync(join(folder, platform));
    copyFileSync(binary, join(folder, platform, file));
    chmodSync(join(folder, platform, file), 0o755);
    const [os, cpu] = platform.split("-");
    const { description, license, repository } = main;
    writeFileSync(
      join(folder, platform, "README.md"),
      `# ${name}\n\nThe binary of [archlint](https://www.npmjs.com/package/archlint) for ${platform}. Install \`archlint\` instead.\n`,
    );
    pack(platform, { name, version, description, license, repository, os: [os], cpu: [cpu], files: [file] });
  }
} finally {
  rmSync(folder, { recursive: true });
}

function pack(name, manifest) {
  const place = join(folder, name);
  writeFileSync(join(place, "package.json"), JSON.stringify(manifest, null, 2) + "\n");
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(repository, licence), join(place, licence));
  }
  const said = execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(out)], { cwd: place, encoding: "utf8" });
  console.log(said.trim());
}
