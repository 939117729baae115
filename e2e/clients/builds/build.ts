import { BUILDS, isBuildName } from "./builds.ts";

// Builds the shop in the working directory: `node build.ts "vite 11" '{ "org": … }'`, the second being the options of the plugin.
const [name = "", options = "{}"] = process.argv.slice(2);
if (!isBuildName(name)) throw new Error(`there is no build "${name}", only ${Object.keys(BUILDS).join(", ")}`);
await BUILDS[name](JSON.parse(options));
