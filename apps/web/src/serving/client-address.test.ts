import { IncomingMessage } from "node:http";
import { isIP, Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignClientAddress, clientAddress } from "./client-address.ts";

describe("clientAddress", () => {
  test.each<[string, string, string]>([
    ["203.0.113.9", "", "203.0.113.9"],
    ["::ffff:203.0.113.9", "", "203.0.113.9"],
    // Whoever is not a proxy may write what they like.
    ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::1", "198.51.100.1", "198.51.100.1"],
    ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
    ["172.31.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["172.32.0.1", "6.6.6.6, 198.51.100.1", "172.32.0.1"],
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
    ["no address", "", ""],
  ])("of %j, forwarded for %j, is %j", (peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded)).toBe(address);
  });

  test("is an address or nothing, whatever is forwarded, and the same for a whole IPv6 network", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (forwarded) => {
        const address = clientAddress("127.0.0.1", forwarded);
        expect([4, 6]).toContain(isIP(address));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 4, maxLength: 4 }), (host) => {
        const address = ["2001", "db8", "1", "2", ...host.map((part) => part.toString(16))].join(":");
        expect(clientAddress(address, "")).toBe("2001:db8:1:2::");
      }),
    );
  });
});

test("assignClientAddress takes out what the sender wrote", () => {
  const request = new IncomingMessage(new Socket());
  request.rawHeaders = ["Host", "x", "X-Client-Address", "6.6.6.6"];
  Object.assign(request.headers, { host: "x", "x-client-address": "6.6.6.6" });
  assignClientAddress(request);
  expect(request.headers["x-client-address"]).toBe("");
  expect(request.rawHeaders).toEqual(["Host", "x", "x-client-address", ""]);
});
