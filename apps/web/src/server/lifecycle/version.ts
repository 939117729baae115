import manifest from "../../../package.json" with { type: "json" };

/** The version of this Landfall, as it is released. */
export const VERSION: string = manifest.version;
