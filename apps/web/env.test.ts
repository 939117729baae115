import path from "node:path";
import { describe, expect, test } from "vitest";
import { readEnv } from "./env.ts";

const read = (source: Record<string, string>) => readEnv({ NODE_ENV: "test", ...source });

describe("readEnv", () => {
  test("nothing set", () => {
    const dataDir = path.resolve("data");
    expect(read({})).toEqual({
      port: 3000,
      host: null,
      dataDir,
      databaseFile: path.join(dataDir, "landfall.db"),
      databaseUrl: null,
      synchronous: "full",
      url: null,
      isTrustedProxy: expect.any(Function),
      metricsToken: null,
      organization: "default",
      project: "app",
      logLevel: "info",
      pages: "on",
      artifactQuota: null,
      minFreeDisk: 1024 ** 3,
      retentionHour: 3,
      s3: null,
      oidc: null,
    });
  });

  test("everything set", () => {
    const env = read({
      PORT: "0",
      HOST: "::1",
      LANDFALL_DATA_DIR: "some/where",
      LANDFALL_DATABASE_URL: "postgresql://db/landfall",
      LANDFALL_SYNCHRONOUS: "normal",
      LANDFALL_URL: "https://Landfall.test:443/",
      LANDFALL_ORG: "acme",
      LANDFALL_PROJECT: "web",
      LANDFALL_LOG_LEVEL: "silent",
      LANDFALL_PAGES: "off",
      LANDFALL_RETENTION_HOUR: "0",
    });
    expect(env).toMatchObject({ port: 0, host: "::1", dataDir: path.resolve("some/where"), databaseUrl: "postgresql://db/landfall" });
    expect(env).toMatchObject({
      synchronous: "normal",
      url: "https://landfall.test",
      organization: "acme",
      project: "web",
      logLevel: "silent",
      pages: "off",
      retentionHour: 0,
    });
  });

  test("trusts no proxy unless told, and then those alone", () => {
    expect(read({}).isTrustedProxy("127.0.0.1")).toBe(false);
    const { isTrustedProxy } = read({ LANDFALL_TRUSTED_PROXIES: "loopback, 10.0.0.0/8" });
    expect(["127.0.0.1", "10.1.2.3", "192.168.0.1"].map(isTrustedProxy)).toEqual([true, true, false]);
  });

  test("empty counts as unset, as in a copied .env.example", () => {
    const { isTrustedProxy: _own, ...env } = read({ PORT: "", HOST: "", LANDFALL_URL: "", LANDFALL_DATABASE_URL: "", LANDFALL_PAGES: "" });
    expect(read({})).toMatchObject(env);
  });

  test.each([
    [
      "LANDFALL_TRUSTED_PROXIES",
      "localhost",
      'LANDFALL_TRUSTED_PROXIES is a list of addresses, networks such as 10.0.0.0/8, loopback and private; "localhost" is not.',
    ],
    ["LANDFALL_METRICS_TOKEN", "short", "LANDFALL_METRICS_TOKEN is a text of at least 16 characters; what is set is not."],
    ["PORT", "65536", 'PORT is a number from 0 to 65535; "65536" is not.'],
    ["PORT", "-1", 'PORT is a number from 0 to 65535; "-1" is not.'],
    ["PORT", "3000.5", 'PORT is a number from 0 to 65535; "3000.5" is not.'],
    ["LANDFALL_RETENTION_HOUR", "24", 'LANDFALL_RETENTION_HOUR is an hour from 0 to 23, in UTC; "24" is not.'],
    ["LANDFALL_PAGES", "yes", 'LANDFALL_PAGES is on or off; "yes" is not.'],
    ["LANDFALL_SYNCHRONOUS", "off", 'LANDFALL_SYNCHRONOUS is full or normal; "off" is not.'],
    ["LANDFALL_LOG_LEVEL", "loud", 'LANDFALL_LOG_LEVEL is one of fatal, error, warn, info, debug, trace, silent; "loud" is not.'],
    [
      "LANDFALL_URL",
      "https://landfall.test/below",
      'LANDFALL_URL is a URL such as https://landfall.example.com, without a path; "https://landfall.test/below" is not.',
    ],
    ["LANDFALL_URL", "https://me:secret@landfall.test", expect.stringContaining("LANDFALL_URL is a URL")],
    ["LANDFALL_URL", "ftp://landfall.test", expect.stringContaining("LANDFALL_URL is a URL")],
    ["LANDFALL_DATABASE_URL", "db:secret", "LANDFALL_DATABASE_URL is an address that begins with postgres://; what is set is not."],
  ])("%s=%s is refused in one sentence", (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ name: "OperatorError", message }));
  });

  describe("an OpenID Connect provider", () => {
    const provider = {
      LANDFALL_OIDC_ISSUER: "https://accounts.example.com/realms/main",
      LANDFALL_OIDC_CLIENT_ID: "landfall",
      LANDFALL_OIDC_CLIENT_SECRET: "a secret",
    };
    const url = { LANDFALL_URL: "https://landfall.test" };

    test("is its address, and as whom it is asked", () => {
      const { oidc } = read({ ...url, ...provider });
      expect(oidc).toEqual({ issuer: "https://accounts.example.com/realms/main", clientId: "landfall", clientSecret: "a secret" });
    });

    test("is told of whole or not at all", () => {
      for (const name of Object.keys(provider)) {
        expect(() => read({ ...url, ...provider, [name]: "" })).toThrow(
          expect.objectContaining({ message: expect.stringMatching(/set all or none\.$/) }),
        );
      }
      expect(read({ ...url, LANDFALL_OIDC_ISSUER: "" }).oidc).toBeNull();
    });

    test("needs the address it sends people back to, and is an address itself", () => {
      expect(() => read(provider)).toThrow(/LANDFALL_OIDC_ISSUER needs LANDFALL_URL/);
      expect(() => read({ ...url, ...provider, LANDFALL_OIDC_ISSUER: "accounts.example.com" })).toThrow(
        'LANDFALL_OIDC_ISSUER is a URL such as https://accounts.example.com; http only on this machine; "accounts.example.com" is not.',
      );
    });
  });

  describe("a bucket for artifacts", () => {
    const bucket = {
      LANDFALL_S3_BUCKET: "https://s3.example.com/landfall",
      LANDFALL_S3_ACCESS_KEY_ID: "key",
      LANDFALL_S3_SECRET_ACCESS_KEY: "a secret",
    };
    const told = { bucket: "https://s3.example.com/landfall", region: "us-east-1", accessKeyId: "key", secretAccessKey: "a secret" };

    test("is its address and the keys to it", () => {
      expect(read(bucket).s3).toEqual(told);
      expect(read({ ...bucket, LANDFALL_S3_REGION: "eu-central-1" }).s3).toEqual({ ...told, region: "eu-central-1" });
    });

    test("is told of whole or not at all, and is an address", () => {
      for (const name of Object.keys(bucket)) {
        expect(() => read({ ...bucket, [name]: "" })).toThrow(/set all or none\.$/);
      }
      expect(() => read({ ...bucket, LANDFALL_S3_BUCKET: "landfall" })).toThrow(
        'LANDFALL_S3_BUCKET is a URL such as https://s3.example.com/bucket; http only on this machine; "landfall" is not.',
      );
    });
  });

  describe("an issuer and a bucket", () => {
    const oidc = { LANDFALL_URL: "https://lf.example.com", LANDFALL_OIDC_CLIENT_ID: "id", LANDFALL_OIDC_CLIENT_SECRET: "secret" };
    const s3 = { LANDFALL_S3_ACCESS_KEY_ID: "key", LANDFALL_S3_SECRET_ACCESS_KEY: "secret" };
    const readBoth = (address: string) => [
      read({ ...oidc, LANDFALL_OIDC_ISSUER: address }).oidc?.issuer,
      read({ ...s3, LANDFALL_S3_BUCKET: address }).s3?.bucket,
    ];

    test.each([
      "https://x.example.com/a",
      "http://localhost:9000/a",
      "http://127.0.0.1:9000/a",
      "http://[::1]:9000/a",
      "http://s3.localhost/a",
    ])("may be at %s", (address) => expect(readBoth(address)).toEqual([address, address]));

    test.each([
      "http://x.example.com/a",
      "http://10.0.0.1/a",
      "http://127.0.0.1.evil.test/a",
      "http://localhost.evil.test/a",
      "http://[::2]/",
      "ftp://x/",
    ])("are not reached without TLS beyond this machine: %s", (address) => {
      expect(() => read({ ...oidc, LANDFALL_OIDC_ISSUER: address })).toThrow(/^LANDFALL_OIDC_ISSUER .*http only on this machine/);
      expect(() => read({ ...s3, LANDFALL_S3_BUCKET: address })).toThrow(/^LANDFALL_S3_BUCKET .*http only on this machine/);
    });
  });

  test("chooses what React is loaded as", () => {
    const source: NodeJS.ProcessEnv = { NODE_ENV: "test" };
    readEnv(source);
    expect(source.NODE_ENV).toBe("production");
    readEnv(Object.assign(source, { LANDFALL_PAGES: "dev" }));
    expect(source.NODE_ENV).toBe("development");
  });
});
