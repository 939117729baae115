import {
  type CommitProgress,
  type Inputs,
  type LandfallClient,
  type NewCommit,
  type Outputs,
  type Release,
  setCommits,
} from "@landfall/client";

/** What a deployment service knows about a deployed version. */
export type Shipment = {
  readonly organization: string;
  readonly project: string;
  readonly version: string;
  readonly environment: string;
  readonly commits: readonly NewCommit[];
};

/** The progress of the report. */
export type Recorded = { readonly release: Release; readonly deploy: Outputs["deploys"]["create"] };

type Watch = { readonly onProgress?: (progress: CommitProgress) => void; readonly signal?: AbortSignal };

/** Records a version with its commits and its deploy, like an internal service. Returns the release. */
export async function recordShipment(client: LandfallClient, shipment: Shipment, watch: Watch = {}): Promise<Recorded> {
  const { organization, project, version, environment, commits } = shipment;
  const at = { organization, version } satisfies Inputs["releases"]["get"];
  await client.releases.create.mutate({ ...at, projects: [project] });
  await setCommits(client, { ...at, commits, ...watch });
  const deploy = await client.deploys.create.mutate({ ...at, environment });
  return { release: await client.releases.get.query(at), deploy };
}
