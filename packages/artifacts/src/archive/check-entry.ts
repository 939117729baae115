import type { Entry } from "yauzl";
import { showSize, type BundleLimits } from "./bundle-limits.ts";
import { BundleProblem, showName } from "./bundle-problem.ts";

const unix = 3;
const fileTypeBits = 0o170000;
const regularFile = 0o100000;

/** Refuses an entry that is no plain file, cannot be read, or declares more than the limits allow. */
export function checkEntry(entry: Entry, name: string, limits: BundleLimits): void {
  const refuse = (code: ConstructorParameters<typeof BundleProblem>[0], sentence: string) => {
    throw new BundleProblem(code, sentence, { entry: name });
  };
  const shown = showName(name);
  const type = entry.versionMadeBy >>> 8 === unix ? (entry.externalFileAttributes >>> 16) & fileTypeBits : 0;
  if (type !== 0 && type !== regularFile)
    refuse("not-a-file", `${shown} is a link or another special file. Bundle the file it stands for.`);
  if (entry.isEncrypted()) refuse("encrypted", `${shown} is encrypted. Bundle the files without a password.`);
  if (!entry.canDecodeFileData()) {
    refuse(
      "unsupported-compression",
      `${shown} is compressed with method ${entry.compressionMethod}; only stored and deflated files can be read.`,
    );
  }
  if (!Number.isSafeInteger(entry.uncompressedSize) || entry.uncompressedSize > limits.entry) {
    refuse("entry-too-large", `${shown} would unpack to ${showSize(entry.uncompressedSize)}; a file may have ${showSize(limits.entry)}.`);
  }
  if (entry.uncompressedSize >= limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    const sizes = `${showSize(entry.compressedSize)} would unpack to ${showSize(entry.uncompressedSize)}`;
    refuse("suspicious-ratio", `${shown} is compressed more than ${limits.ratio} times (${sizes}), as no source file is.`);
  }
}
