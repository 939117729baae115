import { IncomingMessage } from "node:http";
import { isIP, Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress, clientReader, LOCAL_REQUEST_HEADER, parseTrustedProxies, TRUST_NONE } from "./client-address.ts";

const own = parseTrustedProxies("loopback, private") ?? TRUST_NONE;

describe("clientAddress", () => {
  test.each<[string, string, string]>([
    ["203.0.113.9", "", "203.0.113.9"],
    ["::ffff:203.0.113.9", "", "203.0.113.9"],
    // The header of an untrusted sender is ignored.
    ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::1", "198.51.100.1", "198.51.100.1"],
    ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["172.31.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["172.32.0.1", "6.6.6.6, 198.51.100.1", "172.32.0.1"],
    ["127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.1, 10.0.0.2", "198.51.100.1"],
    ["127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"],
    ["192.168.0.1", "198.51.100.1:4711", "198.51.100.1"],
    ["fd00::1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"],
    ["fe80::1%eth0", "198.51.100.1", "198.51.100.1"],
    ["127.0.0.1", "", "127.0.0.1"],
    ["127.0.0.1", "unknown", "127.0.0.1"],
    ["127.0.0.1", "198.51.100.1, ", "127.0.0.1"],
    ["127.0.0.1", "'; drop table users", "127.0.0.1"],
    ["2001:db8::1", "", "2001:db8::"],
    ["2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd", "", "2001:db8:1:2::"],
    ["2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"],
    ["::1", "", "::1"],
    ["2001:db8:0:2:3:4:5:6", "", "2001:db8:0:2::"],
    ["", "198.51.100.1", ""],
    ["not an address", "", ""],
  ])("of the peer %j with X-Forwarded-For %j is %j", (peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded, own)).toBe(address);
  });

  test("is always an address or empty, and the same for all addresses of an IPv6 network", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (forwarded) => {
        const address = clientAddress("127.0.0.1", forwarded, own);
        expect([4, 6]).toContain(isIP(address));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 4, maxLength: 4 }), (host) => {
        const address = ["2001", "db8", "1", "2", ...host.map((part) => part.toString(16))].join(":");
        expect(clientAddress(address, "", own)).toBe("2001:db8:1:2::");
      }),
    );
  });
});

describe("parseTrustedProxies", () => {
  test("trusts no proxy by default", () => {
    for (const list of ["", " ", ","]) expect(parseTrustedProxies(list)?.("127.0.0.1")).toBe(false);
    expect(clientAddress("127.0.0.1", "198.51.100.1", TRUST_NONE)).toBe("127.0.0.1");
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["203.0.113.9", ["203.0.113.9"], ["203.0.113.8", "2001:db8::1", ""]],
    ["203.0.113.0/24, 2001:db8::/32", ["203.0.113.255", "2001:db8:ffff::1"], ["203.0.114.0", "2001:db9::"]],
    ["2001:db8::7", ["2001:db8::7", "2001:0db8:0::0007"], ["2001:db8::8"]],
    ["loopback", ["127.0.0.1", "127.9.9.9", "::1"], ["10.0.0.1", "128.0.0.1"]],
    ["private,loopback", ["10.9.9.9", "172.16.0.1", "192.168.1.1", "fd00::1", "127.0.0.1"], ["172.32.0.1", "11.0.0.1", "2001:db8::1"]],
    ["0.0.0.0/0", ["203.0.113.9", "127.0.0.1"], ["::1"]],
  ])("%s", (list, trusted, others) => {
    const isTrusted = parseTrustedProxies(list) ?? TRUST_NONE;
    for (const address of trusted) expect([address, isTrusted(address)]).toEqual([address, true]);
    for (const address of others) expect([address, isTrusted(address)]).toEqual([address, false]);
  });

  test.each(["localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "::1/129", "10.0.0", "*", "all", "10.0.0.1 10.0.0.2"])(
    "refuses %j",
    (list) => {
      expect(parseTrustedProxies(list)).toBeNull();
      expect(parseTrustedProxies(`127.0.0.1,${list}`)).toBeNull();
    },
  );
});

describe("a local request", () => {
  type Sent = {
    readonly peer?: string;
    readonly host?: string;
    readonly url?: string;
    readonly version?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  const isMarked = (
    { peer = "127.0.0.1", host = "localhost:3000", url = "/", version = "1.1", headers = {} }: Sent,
    trust = TRUST_NONE,
  ) => {
    const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: peer });
    const request = Object.assign(new IncomingMessage(socket), { url, httpVersion: version });
    for (const [name, value] of Object.entries({
      ...(host === "" ? {} : { host }),
      "user-agent": "Firefox",
      "sec-fetch-site": "none",
      ...headers,
    })) {
      request.headers[name] = value;
      request.rawHeaders.push(name, value);
    }
    clientReader(trust)(request);
    expect(request.rawHeaders.includes(LOCAL_REQUEST_HEADER)).toBe(request.headers[LOCAL_REQUEST_HEADER] !== undefined);
    return request.headers[LOCAL_REQUEST_HEADER] === "1";
  };

  test.each<Sent>([
    {},
    { peer: "::1", host: "[::1]:3000" },
    { peer: "::ffff:127.0.0.1", host: "127.0.0.1:3000" },
    { host: "LOCALHOST" },
    { url: "/?a=b" },
  ])("is marked: %j", (sent) => {
    expect(isMarked(sent)).toBe(true);
  });

  test.each<Sent>([
    // Another machine that claims to be local, with a spoofed Host and a spoofed mark.
    { peer: "192.168.0.7" },
    { peer: "203.0.113.9", headers: { [LOCAL_REQUEST_HEADER]: "1" } },
    { peer: "203.0.113.9", headers: { "x-forwarded-for": "127.0.0.1" } },
    // Containers: the peer is the gateway.
    { peer: "172.17.0.1" },
    { peer: "" },
    // A name that resolves to this machine, also by DNS rebinding.
    { host: "releases.example.com" },
    { host: "localhost.example.com" },
    { host: "127.0.0.1.example.com" },
    { host: "localhost@example.com" },
    { host: "localhost:3000:1" },
    { host: "0.0.0.0:3000" },
    { host: "" },
    // A proxy on the same machine that rewrites Host.
    { headers: { "x-forwarded-for": "203.0.113.9" } },
    { headers: { "x-forwarded-host": "releases.example.com" } },
    { headers: { "x-real-ip": "203.0.113.9" } },
    { headers: { forwarded: "for=203.0.113.9" } },
    { headers: { via: "1.1 proxy" } },
    { headers: { "cf-connecting-ip": "203.0.113.9" } },
    { headers: { "tailscale-user-login": "a" } },
    { version: "1.0" },
    { headers: { [LOCAL_REQUEST_HEADER]: "1" } },
    // Only the start page needs to know.
    { url: "/sign-in" },
    { url: "//" },
  ])("is not marked: %j", (sent) => {
    expect(isMarked(sent)).toBe(false);
    expect(isMarked(sent, own)).toBe(false);
  });
});
