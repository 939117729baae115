import type { FoundChangeView } from "@landfall/schema/views/find";

/**
 * How an answer looks: "ok" for what is in the last environment of its way for every project, "warn" for what is gone from one there,
 * else "plain".
 */
export function locationTone({ environments }: Pick<FoundChangeView, "environments">): "ok" | "warn" | "plain" {
  const last = environments.at(-1)?.environment;
  const states = environments.filter(({ environment }) => environment === last).map(({ state }) => state);
  if (states.includes("gone")) return "warn";
  return states.length > 0 && !states.includes("missing") ? "ok" : "plain";
}
