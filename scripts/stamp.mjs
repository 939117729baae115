import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run-command.mjs";

const file = (name) => path.join(root, "node_modules", ".landfall", `${name}.txt`);

/** What was last noted under a name; null when nothing was. */
export function readStamp(name) {
  try {
    return readFileSync(file(name), "utf8");
  } catch {
    return null;
  }
}

/** Notes that something was done for a certain state of the files, so that it is not done again. */
export function writeStamp(name, text) {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
}
