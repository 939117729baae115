import type { App } from "@landfall/core/kernel/app";
import { createOrgToken, listOrgTokens, revokeOrgToken } from "@landfall/core/operations/tokens/org-tokens";
import { createUserToken, listTokens, revokeToken } from "@landfall/core/operations/tokens/user-tokens";
import { isScope, SCOPES } from "@landfall/schema/scope";
import { Command } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import { systemContext } from "#server/lifecycle/server-context.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { actingAs, readAllPages, withApp, withReadingApp } from "./with-app.ts";

type TokenOwnerOptions = { readonly org?: string; readonly email?: string; readonly json?: boolean };
type CreateOptions = TokenOwnerOptions & { readonly name: string; readonly scope?: string[]; readonly expires?: string };

/** `token create|list|revoke`: manages organization tokens and personal tokens. */
export function tokenCommands(env: () => Env, out: Output): Command {
  const command = (text: string, summary: string) =>
    new Command(text)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .option("--org <slug>", "an organization token of this organization, for CI")
      .option("--email <address>", "a personal token of this person")
      .option("--json", "print JSON");

  const create = command("create", "create a token, which is shown once")
    .option("--name <text>", "the name of the token", "created on the command line")
    .option("--scope <scope...>", "scopes of a personal token (default: all scopes)")
    .option("--expires <date>", "expiry date (default: never)")
    .action(async ({ json, ...options }: CreateOptions) => {
      const made = await withApp(env(), (app) => createToken(app, readTokenOwner(options), options));
      if (json) return out.json(made);
      out.print(made.token);
    });

  const list = command("list", "list active tokens").action(async ({ json, ...options }: TokenOwnerOptions) => {
    const tokens = await withReadingApp(env(), (app) => tokensOf(app, readTokenOwner(options)));
    if (json) return out.json(tokens);
    for (const { id, name, tokenLastCharacters, scopes, dateLastUsed } of tokens) {
      out.print(
        [
          id,
          `…${tokenLastCharacters}`,
          name,
          scopes.length === SCOPES.length ? "every scope" : scopes.join(","),
          `last used ${dateLastUsed ?? "never"}`,
        ].join("  "),
      );
    }
    if (tokens.length === 0) out.log("No tokens.");
  });

  const revoke = command("revoke", "revoke a token immediately")
    .argument("<id>", "the id, as shown by `token list`")
    .action(async (id: string, { json, ...options }: TokenOwnerOptions) => {
      await withApp(env(), (app) => revokeOne(app, readTokenOwner(options), id));
      out.log(`Token ${id} revoked.`);
      if (json) out.json({ id, revoked: true });
    });

  return new Command("token").description("Creates, lists and revokes tokens.").addCommand(create).addCommand(list).addCommand(revoke);
}

async function createToken(
  app: App,
  owner: TokenOwner,
  { name, scope = [...SCOPES], expires }: CreateOptions,
): Promise<{ readonly id: string; readonly token: string }> {
  const dateExpires = expires ?? null;
  const unknown = scope.find((one) => !isScope(one));
  if (unknown !== undefined) throw new OperatorError(`"${unknown}" is not a scope. Scopes: ${SCOPES.join(", ")}.`);
  if (owner.kind === "person")
    return createUserToken(await actingAs(app, owner.email), { name, scopes: scope.filter(isScope), dateExpires });
  return createOrgToken(await systemContext(app), { organization: owner.slug, name, dateExpires });
}

async function tokensOf(app: App, owner: TokenOwner) {
  if (owner.kind === "person") {
    const context = await actingAs(app, owner.email);
    return readAllPages((cursor) => listTokens(context, { cursor }));
  }
  const context = await systemContext(app);
  return readAllPages((cursor) => listOrgTokens(context, { organization: owner.slug, cursor }));
}

async function revokeOne(app: App, owner: TokenOwner, token: string): Promise<void> {
  if (owner.kind === "person") return revokeToken.call(await actingAs(app, owner.email), { token }, () => ({}));
  return revokeOrgToken.call(await systemContext(app), { organization: owner.slug, token }, () => ({}));
}

/** The owner of tokens, by the options of a command. */
type TokenOwner = { readonly kind: "organization"; readonly slug: string } | { readonly kind: "person"; readonly email: string };

/** Reads `--org` and `--email`. @throws `OperatorError` unless exactly one is given. */
export function readTokenOwner({ org, email }: { readonly org?: string; readonly email?: string }): TokenOwner {
  if (org !== undefined && email === undefined) return { kind: "organization", slug: org };
  if (email !== undefined && org === undefined) return { kind: "person", email };
  throw new OperatorError("Specify the owner: --org <slug> for an organization token, or --email <address> for a personal token.");
}
