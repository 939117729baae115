import type { AppRouter } from "@landfall/api/app-router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

/** What each operation takes: `Inputs["releases"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;

/** What each operation answers: `Outputs["releases"]["get"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;

/** A commit as callers give it. Only `id`, the sha, is needed. */
export type NewCommit = Inputs["commits"]["report"]["commits"][number];

/** A release as the server shows it. */
export type Release = Outputs["releases"]["get"];
