import path from "node:path";

/** The folder of the Next app. */
export const WEB = path.join(import.meta.dirname, "..");

/** The npm package `landfall`. `npm start` runs the server in it. */
export const PACKAGE = path.join(WEB, "dist", "package");

/** The programs of the package with its pages, and with the packages of Next in `node_modules`. */
export const SERVER = path.join(PACKAGE, "server");
