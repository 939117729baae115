import { CreateRepositoryInput } from "@landfall/schema/inputs/repository";
import { REPO_WRITE } from "@landfall/schema/scope";
import { atOrganization } from "../access/at-organization.ts";
import { AppError } from "../app-error.ts";
import { query } from "../operation.ts";

/**
 * Connecting a repository needs a provider, and there is none: repositories appear when commits name them (contract 10.8). Always
 * throws `invalid` with reason `validation`; before that, `unauthenticated` with reason `empty` unless the caller is a person.
 */
export const createRepository = query({
  scope: [...REPO_WRITE, "org:read"],
  at: atOrganization,
  input: CreateRepositoryInput,
  run: ({ actor }): Promise<never> => {
    if (actor.kind === "organization")
      return Promise.reject(new AppError("unauthenticated", "A person's token is needed.", { reason: "empty" }));
    const message = "No repository provider is installed. Repositories appear by themselves when commits name them.";
    return Promise.reject(new AppError("invalid", message, { reason: "validation" }));
  },
});
