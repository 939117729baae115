import { buildBundle } from "./scripts/build-bundle.ts";

const bytes = await buildBundle();
process.stdout.write(`dist/landfall.mjs: ${Math.round(bytes / 1000)} kB\n`);
