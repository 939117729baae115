import { OperatorError } from "../serving/operator-error.ts";

/** Whose tokens a command is about, as its options say. */
export type TokenOwner = { readonly kind: "organization"; readonly slug: string } | { readonly kind: "person"; readonly email: string };

/** Reads `--org` and `--email`, of which exactly one must be given; throws an `OperatorError` otherwise. */
export function readTokenOwner({ org, email }: { readonly org?: string; readonly email?: string }): TokenOwner {
  if (org !== undefined && email === undefined) return { kind: "organization", slug: org };
  if (email !== undefined && org === undefined) return { kind: "person", email };
  throw new OperatorError("Say whose token: --org <slug> for an organization's, or --email <address> for a person's.");
}
