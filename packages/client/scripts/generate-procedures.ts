import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const target = path.join(import.meta.dirname, "..", "src", "generated", "procedures.ts");

const HEADER = "// Generated from the router in packages/api by `npm run client:generate`. Do not edit.\n\n";

/** Returns the types of the procedures with all their fields, as written by the compiler. */
function declareProcedures(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-procedures-"));
  try {
    execFileSync("tsc", ["-p", import.meta.dirname, "--outDir", folder], { stdio: "inherit" });
    return readFileSync(path.join(folder, "scripts", "described-procedures.d.ts"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const declaration = declareProcedures();
const imported = /import\("[^"]+"\)\.\w+/.exec(declaration)?.[0];
if (imported) throw new Error(`The compiler wrote ${imported} without its fields. Replace it in \`Plain\` in described-procedures.ts.`);
const [imports, procedures, ...rest] = declaration.split(/\/\*\*[^*]*\*\/\s*export declare const procedures:/);
if (imports === undefined || procedures === undefined || rest.length > 0) throw new Error("The compiler did not write `procedures` once.");
const types = imports.replace(/^.*@landfall\/schema.*\n/m, "").replace("../src/procedure.ts", "../procedure.ts");
writeFileSync(target, `${HEADER}${types}\n/** The procedures of the server. */\nexport type Procedures =${procedures}`);
