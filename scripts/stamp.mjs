import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run-command.mjs";

const file = (name) => path.join(root, "node_modules", ".landfall", `${name}.txt`);

/** Returns the text stored under a name; null if there is none. */
export function readStamp(name) {
  try {
    return readFileSync(file(name), "utf8");
  } catch {
    return null;
  }
}

/** Stores which state of the files was processed, so that the work is not repeated. */
export function writeStamp(name, text) {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
}
