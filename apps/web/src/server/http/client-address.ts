import type { IncomingMessage } from "node:http";
import { BlockList, isIP, type Socket } from "node:net";
import { CLIENT_ADDRESS_HEADER } from "@landfall/core/kernel/request-body";

/** Whether an address is that of a proxy whose `X-Forwarded-` headers are trusted. */
export type IsTrustedProxy = (address: string) => boolean;

const NAMED_NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"],
};

/**
 * Parses a list of trusted proxies, separated by commas: addresses, networks such as `10.0.0.0/8`, `loopback` and `private`. Returns null
 * if an entry is none of these. On Node's `BlockList`: `proxy-addr` rejects addresses with ports and zones, as some proxies send them.
 */
export function parseTrustedProxies(list: string): IsTrustedProxy | null {
  const trusted = new BlockList();
  const entries = list.split(",").flatMap((entry) => NAMED_NETWORKS[entry.trim()] ?? [entry.trim()]);
  for (const entry of entries) {
    if (entry === "") continue;
    const [address = "", bits, ...more] = entry.split("/");
    const family = isIP(address);
    const longest = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (family === 0 || more.length > 0 || prefix < 0 || prefix > longest) return null;
    trusted.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
  }
  return (address) => address !== "" && trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Trusts no proxy. */
export const TRUST_NONE: IsTrustedProxy = () => false;

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"] as const;

/** Set by the server on requests for the start page that a browser on this machine sent directly, without a proxy. */
export const LOCAL_REQUEST_HEADER = "x-landfall-local";

/** Headers that proxies and tunnels add. Browsers send no header that starts with "x-" when a person opens a page. */
const PROXY_HEADER = /^(?:x-|forwarded$|via$|cdn-|cf-|true-client-ip$|client-ip$|fastly-|fly-|ngrok-|tailscale-)/;

/** Whether a `Host` is `localhost` or an IP address of the loopback network, with or without a port. */
export const isLoopbackHost = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host);

/**
 * Whether a browser on this machine sent a request directly: from a loopback address, to a loopback host, without a header that proxies
 * add. HTTP/1.0 is refused, since proxies use it that rewrite `Host` and add nothing.
 */
function isLocalRequest({ socket, httpVersion, headers }: IncomingMessage): boolean {
  if (!IS_LOOPBACK(normalizeAddress(socket.remoteAddress ?? "")) || httpVersion === "1.0") return false;
  return isLoopbackHost(headers.host ?? "") && !Object.keys(headers).some((name) => PROXY_HEADER.test(name));
}

const IS_LOOPBACK = parseTrustedProxies("loopback") ?? TRUST_NONE;

/** The only page that distinguishes local requests. */
const START_PAGE = /^\/(?:\?|$)/;

/**
 * Returns a function that prepares the headers of each request: it removes what an untrusted sender claims to have forwarded, sets
 * `CLIENT_ADDRESS_HEADER` and `LOCAL_REQUEST_HEADER`, and returns the address. Adapters read only what is left.
 */
export function clientReader(isTrusted: IsTrustedProxy): (request: IncomingMessage) => string {
  const peers = new WeakMap<Socket, { readonly address: string; readonly isTrusted: boolean }>();

  function peerOf(socket: Socket) {
    const address = normalizeAddress(socket.remoteAddress ?? "");
    const peer = { address, isTrusted: isTrusted(address) };
    peers.set(socket, peer);
    return peer;
  }

  return (request) => {
    const peer = peers.get(request.socket) ?? peerOf(request.socket);
    const isLocal = START_PAGE.test(request.url ?? "") && isLocalRequest(request);
    if (request.headers[LOCAL_REQUEST_HEADER] !== undefined) removeRequestHeader(request, LOCAL_REQUEST_HEADER);
    if (isLocal) setRequestHeader(request, LOCAL_REQUEST_HEADER, "1");
    if (!peer.isTrusted) {
      for (const name of FORWARDED) if (request.headers[name] !== undefined) removeRequestHeader(request, name);
    }
    const forwarded = request.headers["x-forwarded-for"];
    const hops = Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? "");
    const address = clientAddress(peer.address, hops, isTrusted);
    setRequestHeader(request, CLIENT_ADDRESS_HEADER, address);
    return address;
  };
}

/**
 * Returns the network address of a client. `peer` is the other end of the connection. While that is a trusted proxy, the last address of
 * `X-Forwarded-For` is what it saw, and so on; what a client itself wrote there is before it. Of IPv6 only the network of 64 bits is
 * returned, since a client may use any address in it. Empty if it is not known.
 */
export function clientAddress(peer: string, forwardedFor: string, isTrusted: IsTrustedProxy): string {
  let address = normalizeAddress(peer);
  if (forwardedFor === "" || !isTrusted(address)) return networkOf(address);
  for (const hop of forwardedFor.split(",").toReversed()) {
    const seen = normalizeAddress(hop.trim());
    if (seen === "") break;
    address = seen;
    if (!isTrusted(address)) break;
  }
  return networkOf(address);
}

/** An address without a port, brackets or a zone; IPv4 as such. Empty if it is not an address. */
function normalizeAddress(text: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? (isIP(text) === 0 ? text.replace(/:\d+$/, "") : text);
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(address) === 0 ? "" : address;
}

/** Addresses of this machine and its own network are not shortened: their networks are not one client's. */
const OWN_IPV6 = parseTrustedProxies("::1, fc00::/7, fe80::/10") ?? TRUST_NONE;

/** The first 64 bits of a public IPv6 address; any other address unchanged. */
function networkOf(address: string): string {
  if (isIP(address) !== 6 || OWN_IPV6(address)) return address;
  const [head = "", tail] = canonicalIpv6(address).split("::");
  const start = head === "" ? [] : head.split(":");
  const end = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? [] : Array.from({ length: 8 - start.length - end.length }, () => "0");
  return canonicalIpv6(`${[...start, ...gap, ...end].slice(0, 4).join(":")}::`);
}

/** The URL parser writes every IPv6 address in one way. */
const canonicalIpv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

/** Returns a header of a request that has at most one value. `name` is in lower case. */
export function requestHeader({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

/** Sets a header of a request, replacing others of that name, in both places where adapters read headers. `name` is in lower case. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  if (request.headers[name] !== undefined) removeRequestHeader(request, name);
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}

/** Removes a header from both places where adapters read headers. `name` is in lower case. */
function removeRequestHeader({ headers, rawHeaders }: IncomingMessage, name: string): void {
  delete headers[name];
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === name) rawHeaders.splice(at, 2);
  }
}
