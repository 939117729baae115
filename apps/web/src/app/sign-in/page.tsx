import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentViewer } from "../../page-data/current-viewer.ts";
import { textParam } from "../../page-data/params.ts";
import type { SearchParams } from "../../page-data/params.ts";
import { runningApp } from "../../running-app.ts";
import { StandalonePage } from "../../ui/door.tsx";
import { safePath } from "@landfall/auth/safe-path";
import { SignInForm } from "./sign-in-form.tsx";
import classes from "./sign-in.module.css";

export const metadata: Metadata = { title: "Sign in" };

/** Where people come in: by password or, where the operator has set it up, with the organization's provider. */
export default async function SignIn({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const next = safePath(textParam(params, "next"));
  if (await currentViewer()) redirect(next);
  const running = runningApp();
  const problem = textParam(params, "error");
  return (
    <StandalonePage title="Sign in">
      {problem && <p role="alert">{running.signInProblem(problem)}</p>}
      <SignInForm next={next} />
      {running.signInWays.provider && (
        <Button
          component="a"
          href={`/api/auth/sign-in/oidc?next=${encodeURIComponent(next)}`}
          variant="default"
          fullWidth
          className={classes["provider"]}
        >
          Sign in with your organization
        </Button>
      )}
    </StandalonePage>
  );
}
