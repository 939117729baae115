import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { CLIENT_ADDRESS_HEADER } from "@landfall/auth/engine";
import { setRequestHeader } from "./set-request-header.ts";

/** Tells the adapters where a request comes from, in place of whatever its sender wrote there. */
export function assignClientAddress(request: IncomingMessage): void {
  const forwarded = request.headers["x-forwarded-for"];
  const address = clientAddress(request.socket.remoteAddress ?? "", Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? ""));
  setRequestHeader(request, CLIENT_ADDRESS_HEADER, address);
}

/**
 * The network address of a client. `peer` is who opened the connection: when that is in this machine's own network, it may be a proxy,
 * and the last address of `X-Forwarded-For` is what that proxy saw; what a client itself wrote there stands before it. From IPv6 only the
 * network is taken, since a client may have as many addresses in it as it likes. Empty when nobody can tell.
 */
export function clientAddress(peer: string, forwardedFor: string): string {
  const direct = plain(peer);
  const seen = plain(forwardedFor.slice(forwardedFor.lastIndexOf(",") + 1).trim());
  return networkOf(seen !== "" && isOwnNetwork(direct) ? seen : direct);
}

/** An address without a port, brackets or a zone; IPv4 as such. Empty for what is none. */
function plain(text: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? (isIP(text) === 0 ? text.replace(/:\d+$/, "") : text);
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(address) === 0 ? "" : address;
}

const OWN = new BlockList();
for (const [network, bits] of [
  ["10.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  OWN.addSubnet(network, bits, "ipv4");
}
OWN.addAddress("::1", "ipv6");
OWN.addSubnet("fc00::", 7, "ipv6");
OWN.addSubnet("fe80::", 10, "ipv6");

const isOwnNetwork = (address: string): boolean => address !== "" && OWN.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** The first 64 bits of an IPv6 address out of the world; any other address as it is. */
function networkOf(address: string): string {
  if (isIP(address) !== 6 || isOwnNetwork(address)) return address;
  const [head = "", tail] = written(address).split("::");
  const start = head === "" ? [] : head.split(":");
  const end = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? [] : Array.from({ length: 8 - start.length - end.length }, () => "0");
  return written(`${[...start, ...gap, ...end].slice(0, 4).join(":")}::`);
}

/** The URL parser writes every IPv6 address in one way. */
const written = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
