/** How many of the newest open releases of a project `followsSemver` looks at. */
export const followsSemverWindow = 10;

/**
 * Whether a project's releases are ordered by version rather than by date, judged by its newest open releases (contract 13.4).
 * Takes, newest first, whether each is semver; what comes after the tenth is not looked at. One or two releases: the newest decides.
 * Three to nine: any of the newest three. Ten: any of the newest three, and at least three of the ten. None: false.
 */
export const followsSemver = (newestFirst: readonly boolean[]): boolean => {
  const window = newestFirst.slice(0, followsSemverWindow);
  if (window.length <= 2) return window[0] === true;
  if (!window.slice(0, 3).includes(true)) return false;
  return window.length < followsSemverWindow || window.filter((isSemver) => isSemver).length >= 3;
};
