import * as z from "zod";
import { tooManyCharacters } from "./field.ts";
import { isPythonSpace } from "./python.ts";
import { codePointCount, ruledText } from "./text.ts";

const INVALID_URL = "Enter a valid URL.";

/** The options of a URL. */
export interface UrlOptions {
  /** The maximum length of a valid URL in Unicode code points. */
  readonly max?: number;
  /** Whether `""` is allowed; false by default. */
  readonly blank?: boolean;
}

/** A URL like Django REST framework's URLField (contract 3.4); a valid URL longer than `max` has its own error (§19). */
export function url({ max, blank = false }: UrlOptions = {}): z.ZodType<string, string> {
  const filled = max === undefined ? z.url() : z.url().max(max);
  const like = blank ? z.union([filled, z.literal("")]) : filled;
  return ruledText({ blank, notText: INVALID_URL, rule: (value) => urlProblem(value, max) }, like);
}

function urlProblem(value: string, max: number | undefined): string | null {
  if (!isValidUrl(value)) return INVALID_URL;
  return max !== undefined && codePointCount(value) > max ? tooManyCharacters(max) : null;
}

const MAX_URL = 2048;
const MAX_HOST = 253;
const OCTET = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;
const LABEL = /^(?!-)[a-z0-9\u00a1-\u{10ffff}-]{1,63}(?<!-)$/iu;
const TOP_LABEL = /^(?!-)(?:[a-z\u00a1-\u{10ffff}-]{2,63}|xn--[a-z0-9]{1,59})(?<!-)$/iu;

/**
 * Whether a text is a URL for Django's validator (contract 3.4): http, https, ftp or ftps, a host with a top-level domain, `localhost`
 * or an IP address, optionally a user and a port, no white space, at most 2048 code points. Runs in linear time.
 */
export function isValidUrl(text: string): boolean {
  const scheme = /^(?:https?|ftps?):\/\//i.exec(text)?.[0];
  if (scheme === undefined || codePointCount(text) > MAX_URL || hasSpace(text)) return false;
  const rest = text.slice(scheme.length);
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const at = authority.indexOf("@");
  if (at !== -1 && !isValidUser(authority.slice(0, at))) return false;
  const [, host = "", port] = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(authority.slice(at + 1)) ?? [];
  return (port === undefined || /^\d{1,5}$/.test(port)) && isValidHost(host);
}

function hasSpace(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (isPythonSpace(text.charCodeAt(index))) return true;
  return false;
}

function isValidUser(user: string): boolean {
  return /^[^:[\]]+(?::[^:[\]]*)?$/.test(user);
}

function isValidHost(host: string): boolean {
  if (host === "" || host.length > MAX_HOST) return false;
  if (host.startsWith("[")) return /^\[[0-9a-f:.]+\]$/i.test(host) && URL.canParse(`http://${host}/`);
  return host.toLowerCase() === "localhost" || isAddress(host) || isDomain(host.endsWith(".") ? host.slice(0, -1) : host);
}

function isAddress(host: string): boolean {
  const octets = host.split(".");
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet));
}

function isDomain(host: string): boolean {
  const labels = host.split(".");
  const top = labels.pop() ?? "";
  return labels.length > 0 && TOP_LABEL.test(top) && labels.every((label) => LABEL.test(label));
}
