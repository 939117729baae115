/** The signature of a file's header in a ZIP, big-endian. */
export const fileSignature = 0x504b0304;

/** The signature of the end of an empty ZIP's directory, big-endian. */
export const endSignature = 0x504b0506;

/** The size in bytes of a file's header without its name and extra field. */
export const fileHeaderSize = 30;

/** The size in bytes of an entry of the directory without its name, extra field and comment. */
export const directoryEntrySize = 46;

/** "SYSB", big-endian: the first bytes of the header that Sentry's clients write before the ZIP of a bundle. */
export const bundleMagic = 0x53595342;

/** The size in bytes of that header: the magic, and the format's version as a little-endian number. */
export const bundleHeaderSize = 8;
