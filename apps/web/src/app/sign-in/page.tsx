import { safePath } from "@landfall/auth/sign-in-page";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "#features/sign-in/sign-in-form.tsx";
import { currentViewer } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { StandalonePage } from "#ui/standalone-page.tsx";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "Sign in" };

/** The sign-in page: by password or, if the operator has set it up, with an OIDC provider. */
export default async function SignIn({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const next = safePath(textParam(params, "next"));
  if (await currentViewer()) redirect(next);
  const running = runningApp();
  // Without accounts, signing in is only possible with a provider, which creates them.
  if (!running.signInMethods.provider && (await running.unusedServer(await headers()))) redirect("/");
  const problem = textParam(params, "error");
  return (
    <StandalonePage title="Sign in">
      {problem && <p role="alert">{running.signInProblem(problem)}</p>}
      <SignInForm next={next} />
      {running.signInMethods.provider && (
        <Button
          component="a"
          href={`/api/auth/sign-in/oidc?next=${encodeURIComponent(next)}`}
          variant="default"
          fullWidth
          className={classes["provider"]}
        >
          Sign in with SSO
        </Button>
      )}
    </StandalonePage>
  );
}
