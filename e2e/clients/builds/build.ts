import { BUILDS, isBuildName } from "./builds.ts";

// Builds the shop in the working directory: `node build.ts "vite 11" '{ "org": … }'`, with the options of the plugin as the second argument.
const [name = "", options = "{}"] = process.argv.slice(2);
if (!isBuildName(name)) throw new Error(`unknown build "${name}"; expected one of ${Object.keys(BUILDS).join(", ")}`);
await BUILDS[name](JSON.parse(options));
