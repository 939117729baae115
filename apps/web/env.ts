import path from "node:path";
import { ByteSize } from "@landfall/schema/fields/numbers";
import * as z from "zod";
import { type IsTrustedProxy, parseTrustedProxies, TRUST_NONE } from "./src/server/http/client-address.ts";
import { OperatorError } from "./src/server/lifecycle/operator-error.ts";

/** What the operator decides, read once at the start. Every variable is in `.env.example`. */
export type Env = {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Null listens on every address, IPv4 and IPv6. */
  readonly host: string | null;
  readonly dataDir: string;
  readonly databaseFile: string;
  /** Null keeps the data in `databaseFile`. */
  readonly databaseUrl: string | null;
  readonly synchronous: "full" | "normal";
  /** The URL at which users and clients reach the server, without a trailing slash; null if not set. */
  readonly url: string | null;
  /** Which peers' `X-Forwarded-` headers are believed. */
  readonly isTrustedProxy: IsTrustedProxy;
  /** The bearer token of `/metrics`; null turns it off. */
  readonly metricsToken: string | null;
  /** Slugs of what the first start creates. */
  readonly organization: string;
  readonly project: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether pages are served as they were built, built as they are asked for, or not at all. */
  readonly pages: "on" | "dev" | "off";
  /** The bucket that keeps the bytes of artifacts; null keeps them in the data directory. */
  readonly s3: { readonly bucket: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** The bytes of artifacts that an organization without a quota of its own may store; null for no limit. */
  readonly artifactQuota: number | null;
  /** The free disk space, in bytes, below which no more artifacts are stored. */
  readonly minFreeDisk: number;
  /** The hour, UTC, at which artifacts go that rules no longer keep. */
  readonly retentionHour: number;
  /** The OIDC provider for sign-in besides passwords; null if there is none. */
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
};

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const GiB = 1024 ** 3;

const Variables = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, "is a number from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "is a number from 0 to 65535")
    .default(3000),
  HOST: z.string().optional(),
  LANDFALL_DATA_DIR: z.string().optional(),
  LANDFALL_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "is an address that begins with postgres://")
    .optional(),
  LANDFALL_SYNCHRONOUS: z.enum(["full", "normal"], "is full or normal").default("full"),
  LANDFALL_URL: z.string().refine(isRootUrl, "is a URL such as https://landfall.example.com, without a path").optional(),
  LANDFALL_TRUSTED_PROXIES: z
    .string()
    .refine((list) => parseTrustedProxies(list) !== null, "is a list of addresses, networks such as 10.0.0.0/8, loopback and private")
    .optional(),
  LANDFALL_METRICS_TOKEN: z.string().min(16, "is a text of at least 16 characters").optional(),
  LANDFALL_ORG: z.string().default("default"),
  LANDFALL_PROJECT: z.string().default("app"),
  LANDFALL_LOG_LEVEL: z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(", ")}`).default("info"),
  LANDFALL_PAGES: z.enum(["on", "dev", "off"], "is on or off").default("on"),
  LANDFALL_RETENTION_HOUR: z
    .string()
    .regex(/^(?:1?\d|2[0-3])$/, "is an hour from 0 to 23, in UTC")
    .transform(Number)
    .default(3),
  LANDFALL_ARTIFACT_QUOTA: ByteSize.optional(),
  LANDFALL_MIN_FREE_DISK: ByteSize.default(GiB),
  LANDFALL_S3_BUCKET: z.string().refine(isSafeUrl, "is a URL such as https://s3.example.com/bucket; http only on this machine").optional(),
  LANDFALL_S3_REGION: z.string().default("us-east-1"),
  LANDFALL_S3_ACCESS_KEY_ID: z.string().optional(),
  LANDFALL_S3_SECRET_ACCESS_KEY: z.string().optional(),
  LANDFALL_OIDC_ISSUER: z.string().refine(isSafeUrl, "is a URL such as https://accounts.example.com; http only on this machine").optional(),
  LANDFALL_OIDC_CLIENT_ID: z.string().optional(),
  LANDFALL_OIDC_CLIENT_SECRET: z.string().optional(),
});

/**
 * Reads the environment; the only place that does. Empty variables count as unset; a relative data directory is below the current
 * folder. The default is `data`. Throws an `OperatorError` that names the first variable that makes no sense.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const { data, error } = Variables.safeParse(set);
  if (!data) throw badVariable(error, set);
  // React chooses by this, when it is first loaded, between what it ships for developing and for serving.
  Object.assign(source, { NODE_ENV: data.LANDFALL_PAGES === "dev" ? "development" : "production" });
  const dataDir = path.resolve(data.LANDFALL_DATA_DIR ?? "data");
  return {
    port: data.PORT,
    host: data.HOST ?? null,
    dataDir,
    databaseFile: path.join(dataDir, "landfall.db"),
    databaseUrl: data.LANDFALL_DATABASE_URL ?? null,
    synchronous: data.LANDFALL_SYNCHRONOUS,
    url: data.LANDFALL_URL === undefined ? null : new URL(data.LANDFALL_URL).origin,
    isTrustedProxy: parseTrustedProxies(data.LANDFALL_TRUSTED_PROXIES ?? "") ?? TRUST_NONE,
    metricsToken: data.LANDFALL_METRICS_TOKEN ?? null,
    organization: data.LANDFALL_ORG,
    project: data.LANDFALL_PROJECT,
    logLevel: data.LANDFALL_LOG_LEVEL,
    pages: data.LANDFALL_PAGES,
    artifactQuota: data.LANDFALL_ARTIFACT_QUOTA ?? null,
    minFreeDisk: data.LANDFALL_MIN_FREE_DISK,
    retentionHour: data.LANDFALL_RETENTION_HOUR,
    s3: s3Of(data),
    oidc: oidcOf(data),
  };
}

/** All three or none; and the provider sends people back to an address that it must know. */
function oidcOf(set: z.output<typeof Variables>): Env["oidc"] {
  const { LANDFALL_OIDC_ISSUER: issuer, LANDFALL_OIDC_CLIENT_ID: clientId, LANDFALL_OIDC_CLIENT_SECRET: clientSecret } = set;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new OperatorError("LANDFALL_OIDC_ISSUER, LANDFALL_OIDC_CLIENT_ID and LANDFALL_OIDC_CLIENT_SECRET go together: set all or none.");
  }
  if (set.LANDFALL_URL === undefined) {
    throw new OperatorError("LANDFALL_OIDC_ISSUER needs LANDFALL_URL, the address that the provider sends people back to.");
  }
  return { issuer, clientId, clientSecret };
}

function s3Of(set: z.output<typeof Variables>): Env["s3"] {
  const { LANDFALL_S3_BUCKET: bucket, LANDFALL_S3_REGION: region } = set;
  const { LANDFALL_S3_ACCESS_KEY_ID: accessKeyId, LANDFALL_S3_SECRET_ACCESS_KEY: secretAccessKey } = set;
  if (bucket === undefined && accessKeyId === undefined && secretAccessKey === undefined) return null;
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    throw new OperatorError(
      "LANDFALL_S3_BUCKET, LANDFALL_S3_ACCESS_KEY_ID and LANDFALL_S3_SECRET_ACCESS_KEY go together: set all or none.",
    );
  }
  return { bucket, region, accessKeyId, secretAccessKey };
}

/** Their values hold secrets, so they are not repeated. */
const SECRET: ReadonlySet<string> = new Set(["LANDFALL_DATABASE_URL", "LANDFALL_METRICS_TOKEN"]);

function badVariable({ issues }: z.ZodError, set: Record<string, string | undefined>): OperatorError {
  const [issue] = issues;
  const name = String(issue?.path[0]);
  const given = SECRET.has(name) ? "what is set is not" : `${JSON.stringify(set[name])} is not`;
  return new OperatorError(`${name} ${issue?.message}; ${given}.`);
}

function isRootUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === "/" && search + hash + username + password === "";
}

/**
 * Whether a URL uses TLS, or leads to this machine. Without TLS, anyone on the network path could read secrets, forge identities and change
 * artifacts.
 */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

/** As the URL parser writes hosts: numbers in four parts, IPv6 in brackets. */
const LOOPBACK = /^(?:localhost|(?:[a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
