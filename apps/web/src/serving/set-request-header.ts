import type { IncomingMessage } from "node:http";

/** Makes a request carry this header, and no other by its name, wherever adapters read it. `name` is in lower case. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  if (request.headers[name] !== undefined) removeRequestHeader(request, name);
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}

/** Removes a header wherever adapters read it. `name` is in lower case. */
export function removeRequestHeader({ headers, rawHeaders }: IncomingMessage, name: string): void {
  delete headers[name];
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === name) rawHeaders.splice(at, 2);
  }
}
