// Compiles the sources beside this file into the folder named on the command line:
// portico.css, portico.js, icons.svg, mark.svg, woff2/*.woff2 and svg/*.svg.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { withVariables } from "./palette.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const uswds = join(here, "node_modules/@uswds/uswds");
const output = process.argv[2];

function compiled(entry) {
  const options = { loadPaths: [join(uswds, "packages")], quietDeps: true, charset: false, logger: sass.Logger.silent };
  return sass.compile(join(here, "scss", entry), options).css;
}

async function stylesheet() {
  const family = withVariables(compiled("uswds.scss"));
  const contents = `@layer uswds {\n${family}\n}\n${compiled("portico.scss")}`;
  await esbuild.build({
    stdin: { contents, loader: "css", resolveDir: here, sourcefile: "portico.css" },
    outfile: join(output, "portico.css"),
    bundle: true,
    minify: true,
    assetNames: "[ext]/[name]",
    loader: { ".svg": "file", ".woff2": "file" },
    logLevel: "warning",
  });
}

async function behaviours() {
  await esbuild.build({
    entryPoints: [join(here, "js/portico.js")],
    outfile: join(output, "portico.js"),
    bundle: true,
    minify: true,
    target: "es2022",
    logLevel: "warning",
  });
}

async function symbol([name, file]) {
  const svg = await readFile(join(uswds, "dist/img/usa-icons", `${file}.svg`), "utf8");
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/<path[^>]*fill="none"[^>]*\/>/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

async function icons() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(Object.entries(names).map(symbol));
  await writeFile(join(output, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  await copyFile(join(here, "img/mark.svg"), join(output, "mark.svg"));
}

async function report(name) {
  const bytes = await readFile(join(output, name));
  const kilobytes = (size) => `${(size / 1024).toFixed(1)} KB`;
  console.log(`assets: ${name.padEnd(12)} ${kilobytes(bytes.length)}, ${kilobytes(gzipSync(bytes).length)} compressed`);
}

try {
  await Promise.all([stylesheet(), behaviours(), icons()]);
  for (const name of ["portico.css", "portico.js", "icons.svg"]) await report(name);
} catch (failure) {
  console.error(`assets: ${failure.message}`);
  process.exitCode = 1;
}
