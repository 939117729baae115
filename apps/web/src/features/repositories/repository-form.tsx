"use client";

import {
  detectHost,
  LINK_HOST_NAMES,
  repositoryLinks,
  repositoryWebUrl,
  TEMPLATE_PLACEHOLDERS,
  templateProblem,
} from "@landfall/domain/commits/repository-links";
import { LINK_HOSTS, type LinkSettings, type LinkTemplates, type ManagedRepositoryView } from "@landfall/schema/releases/repositories";
import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { toFormData } from "#ui/forms/call-action.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { ExternalLink } from "#ui/links.tsx";
import { showDone } from "#ui/notices/notices.tsx";
import { editRepository } from "./actions.ts";
import classes from "./repository-form.module.css";

type EditRepositoryProps = {
  readonly organization: string;
  readonly repository: ManagedRepositoryView;
  /** The ticket template of the organization. */
  readonly ticketUrl: string | null;
};

/** A button that opens the form to edit a repository. */
export function EditRepository(props: EditRepositoryProps) {
  const { name } = props.repository;
  return (
    <DialogButton label="Edit" name={`Edit ${name}`} look="row" title={`Repository ${name}`} closesOnClickOutside={false}>
      {(close) => <EditRepositoryForm {...props} onClose={close} />}
    </DialogButton>
  );
}

type TemplateKind = keyof LinkTemplates;

const TEMPLATES: readonly { readonly kind: TemplateKind; readonly label: string; readonly example: string }[] = [
  { kind: "commit", label: "Commit", example: "https://git.example.com/{path}/commit/{sha}" },
  { kind: "request", label: "Pull or merge request", example: "https://git.example.com/{path}/pulls/{number}" },
  { kind: "issue", label: "Issue", example: "https://git.example.com/{path}/issues/{number}" },
  { kind: "file", label: "File at a commit", example: "https://git.example.com/{path}/blob/{sha}/{file}" },
  { kind: "compare", label: "Comparison of two commits", example: "https://git.example.com/{path}/compare/{from}...{to}" },
];

const NO_TEMPLATES: Readonly<Record<TemplateKind, string>> = { commit: "", request: "", issue: "", file: "", compare: "" };

/** A hash for the example if no commit is known. */
const EXAMPLE_SHA = "4f2a91c0d7b34e5f8a6c1d2e3f4a5b6c7d8e9f00";

function EditRepositoryForm({ organization, repository, ticketUrl, onClose }: EditRepositoryProps & { readonly onClose: () => void }) {
  const { id, aliases, lastCommit } = repository;
  const before = {
    name: repository.name,
    url: repository.url ?? "",
    host: repository.links?.host ?? "",
    ...NO_TEMPLATES,
    ...repository.links?.templates,
    aliases: aliases.join("\n"),
  };
  const [typed, setTyped] = useState(before);
  const set = (field: keyof typeof before) => (event: { readonly currentTarget: { readonly value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((all) => ({ ...all, [field]: value }));
  };
  const acting = useDialogAction(editRepository, (name) => {
    onClose();
    showDone(`Saved the repository ${name}.`, () =>
      editRepository(toFormData({ organization, repository: id, ...before, keepsOldName: "" })),
    );
  });
  const errors = acting.refused?.fields ?? {};
  const url = repositoryWebUrl(typed.url);
  const detected = detectHost(url);
  const host = LINK_HOSTS.find((one) => one === typed.host);
  const links: LinkSettings = { host, templates: usableTemplates(typed) };
  return (
    <DialogForm acting={acting} hidden={{ organization, repository: id }} submit="Save" onCancel={onClose}>
      <TextInput
        name="url"
        label="URL"
        description="Of its web page, or of its git remote."
        placeholder="https://git.example.com/acme/web"
        value={typed.url}
        onChange={set("url")}
        error={errors["url"]}
        maxLength={500}
        data-autofocus
      />
      <NativeSelect
        name="host"
        label="Runs on"
        value={typed.host}
        onChange={set("host")}
        data={[
          { value: "", label: `Detect from the URL${detected ? ` (${LINK_HOST_NAMES[detected]})` : ""}` },
          ...LINK_HOSTS.map((one) => ({ value: one, label: LINK_HOST_NAMES[one] })),
        ]}
      />
      <Example source={{ name: typed.name, url, links, ticketUrl }} sha={lastCommit?.sha ?? EXAMPLE_SHA} />
      <TextInput name="name" label="Name" value={typed.name} onChange={set("name")} maxLength={200} error={errors["name"]} required />
      {typed.name.trim() !== repository.name && (
        <Checkbox
          name="keepsOldName"
          label={`Add commits that clients report as ${repository.name} to this repository too`}
          defaultChecked
        />
      )}
      <Textarea
        name="aliases"
        label="Other names"
        description="One per line. Commits that clients report under one of them are added to this repository. sentry-cli reports the name of the git remote, often origin."
        value={typed.aliases}
        onChange={set("aliases")}
        error={errors["aliases"]}
        autosize
        minRows={1}
        maxRows={6}
      />
      <details className={classes["templates"]} open={repository.links?.templates !== undefined || errors["links"] !== undefined}>
        <summary>Link templates</summary>
        <div>
          <p className="soft">
            For other hosts. <code>{"{path}"}</code> is the path of the URL, such as acme/web. A template replaces the link of the host.
          </p>
          {TEMPLATES.map(({ kind, label, example }) => (
            <TextInput
              key={kind}
              name={kind}
              label={label}
              placeholder={example}
              description={`Contains ${TEMPLATE_PLACEHOLDERS[kind].required.map((name) => `{${name}}`).join(" and ")}.`}
              value={typed[kind]}
              onChange={set(kind)}
              error={typed[kind] === "" ? undefined : templateProblem(kind, typed[kind].trim())}
              maxLength={500}
            />
          ))}
          {errors["links"] !== undefined && (
            <p className="wrong" role="alert">
              {errors["links"]}
            </p>
          )}
        </div>
      </details>
    </DialogForm>
  );
}

/** Returns the typed templates that can be used. */
function usableTemplates(typed: Readonly<Record<TemplateKind, string>>): LinkTemplates {
  const usable = TEMPLATES.filter(({ kind }) => typed[kind].trim() !== "" && templateProblem(kind, typed[kind].trim()) === null);
  return Object.fromEntries(usable.map(({ kind }) => [kind, typed[kind].trim()]));
}

type ExampleProps = { readonly source: Parameters<typeof repositoryLinks>[0]; readonly sha: string };

/** The links of the newest commit and of a pull request, as typed so far. */
function Example({ source, sha }: ExampleProps) {
  const links = repositoryLinks(source);
  const examples = [links.commit(sha), links.reference("#1")].filter((href) => href !== null);
  return (
    <output className={classes["example"]}>
      {examples.length === 0 ? (
        <span className="soft">
          {source.url === null && source.links?.templates?.commit === undefined
            ? "No links: enter the URL or templates."
            : "No links: choose what the host runs on, or enter templates."}
        </span>
      ) : (
        examples.map((href) => (
          <ExternalLink key={href} href={href} className="cut">
            {href}
          </ExternalLink>
        ))
      )}
    </output>
  );
}
