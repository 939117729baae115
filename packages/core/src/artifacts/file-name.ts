/** The most characters of a release file's name: as many as both databases take into an index. */
export const FILE_NAME_MAX = 500;
