"use server";

import { LINK_HOSTS, type RepositoryMergeView } from "@landfall/schema/releases/repositories";
import { refresh } from "next/cache";
import { formText, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Changes a repository from the form. Returns its name after the change. */
export async function editRepository(form: FormData): Promise<Outcome<string>> {
  const text = (name: string) => formText(form, name).trim();
  const [organization, repository] = [formText(form, "organization"), formText(form, "repository")];
  const host = LINK_HOSTS.find((one) => one === text("host"));
  const templates = {
    commit: text("commit"),
    request: text("request"),
    issue: text("issue"),
    file: text("file"),
    compare: text("compare"),
  };
  const aliases = text("aliases")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const changes = {
    name: text("name"),
    keepsOldName: text("keepsOldName") === "on",
    url: text("url"),
    links: { host, templates },
    aliases,
  };
  return runAction(async ({ call }) => {
    const { name } = await call.repositories.edit({ organization, repository, ...changes });
    refresh();
    return name;
  });
}

/** Sets the ticket template of the organization from the form. */
export async function setTicketUrl(form: FormData): Promise<Outcome> {
  const organization = formText(form, "organization");
  return runChange(({ call }) => call.repositories.setTicketUrl({ organization, ticketUrl: formText(form, "ticketUrl").trim() }));
}

type Merge = { readonly organization: string; readonly repository: string; readonly into: string };

/** Describes what merging two repositories changes. */
export async function previewMerge(merge: Merge): Promise<Outcome<RepositoryMergeView>> {
  return runAction(({ call }) => call.repositories.previewMerge(merge));
}

/** Merges a repository into another one from the form. Returns the name of the other one. */
export async function mergeRepository(form: FormData): Promise<Outcome<string>> {
  const merge = { organization: formText(form, "organization"), repository: formText(form, "repository"), into: formText(form, "into") };
  return runAction(async ({ call }) => {
    const { name } = await call.repositories.merge({ ...merge, keepsOldName: formText(form, "keepsOldName") === "on" });
    refresh();
    return name;
  });
}
