import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env["LANDFALL_CHROMIUM"] ?? "/usr/bin/chromium";

/** Whether there is a browser: the one that `LANDFALL_CHROMIUM` names, else Debian's. */
export const hasBrowser: boolean = existsSync(executablePath);

/** Starts it. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args: ["--no-sandbox"] });
