"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./slug-field.module.css";

type SlugFieldProps = {
  readonly kind: "organization" | "project";
  readonly slug: string;
  readonly description: string;
  readonly error: string | undefined;
  /** The names of the organization tokens that were used with the slug in the last 30 days. */
  readonly recentTokens: readonly string[];
};

const VARIABLES = { organization: "SENTRY_ORG", project: "SENTRY_PROJECT" } as const;

/** Returns which tokens were used with the current slug: "In the last 30 days, it was used with the tokens CI and Nightly." */
function describeTokens(names: readonly string[]): string {
  if (names.length === 0) return "In the last 30 days, no organization token was used with it.";
  return `In the last 30 days, it was used with the ${names.length === 1 ? "token" : "tokens"} ${new Intl.ListFormat("en").format(names)}.`;
}

/** The field of a slug. After a change it explains where the current slug is used, and asks whether to take another one's former slug. */
export function SlugField({ kind, slug, description, error, recentTokens }: SlugFieldProps) {
  const [typed, setTyped] = useState(slug);
  return (
    <>
      <TextInput
        name="slug"
        label="Slug"
        description={description}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={error}
        required
      />
      {typed !== slug && (
        <div className={classes["warning"]} role="alert">
          <p>
            The slug <code>{slug}</code> still works afterwards: {kind === "organization" && "in organization tokens, "}in pipelines that
            set {VARIABLES[kind]}={slug}, and in links. {describeTokens(recentTokens)}
          </p>
          <Checkbox
            name="takeFormerSlug"
            label={`Use the new slug even if another ${kind} had it before; clients that still use it no longer find that one`}
          />
        </div>
      )}
    </>
  );
}
