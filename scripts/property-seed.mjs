import { configureGlobal } from "fast-check";

/**
 * Setup file of all test projects: properties are checked with the same values in every run, so that a failure belongs to the change that
 * caused it. `LANDFALL_PROPERTY_SEED=$RANDOM npm test` tries other values.
 */
configureGlobal({ seed: Number(process.env.LANDFALL_PROPERTY_SEED ?? 1) });
