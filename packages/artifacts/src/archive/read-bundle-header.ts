import { BundleProblem } from "./bundle-problem.ts";
import type { RandomAccess } from "./random-access.ts";

/** `null` is a plain ZIP; a number is the version of the header that Sentry's clients write before it. */
export type BundleVersion = 1 | 2 | null;

const bundleMagic = 0x53595342; // "SYSB"
const zipEntry = 0x504b0304;
const zipEnd = 0x504b0506;

/** Which kind of bundle this is, from its first 8 bytes. The ZIP that follows counts its offsets from the start of the file, header included. */
export async function readBundleHeader(source: RandomAccess): Promise<BundleVersion> {
  const length = Math.min(source.size, 8);
  const bytes = length === 0 ? new Uint8Array(0) : await source.read(0, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.byteLength < 4 ? 0 : view.getUint32(0);
  if (magic === zipEntry || magic === zipEnd) return null;
  if (magic !== bundleMagic) {
    throw new BundleProblem(
      "not-a-bundle",
      length === 0
        ? "The upload is empty. Upload an artifact bundle, or a ZIP archive with a manifest.json."
        : "The upload is neither an artifact bundle nor a ZIP archive. Upload what sentry-cli, a bundler plugin or landfall makes.",
    );
  }
  if (bytes.byteLength < 8) throw new BundleProblem("truncated", "The bundle ends within its first 8 bytes. Upload it again.");
  const version = view.getUint32(4, true);
  if (version === 1 || version === 2) return version;
  throw new BundleProblem("unsupported-version", `The bundle has format version ${version}; versions 1 and 2 can be read.`);
}
