/** How the program ends, by cause; scripts may rely on them. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  auth: 10,
  input: 20,
  notFound: 21,
  conflict: 22,
  unresolved: 23,
  network: 30,
  server: 31,
  interrupted: 130,
} as const;

export type ExitCause = keyof typeof EXIT;

/** The list for `--help`. */
export const EXIT_CODES_HELP = `Exit codes:
  0   done (also: it was done before)
  1   it failed for a reason of this machine, such as git
  2   the command line cannot be understood
  10  the token is missing, unknown or not allowed to
  20  the input is wrong, here or as the server sees it
  21  the organization, project, release or token is not there
  22  it is in conflict with what is there, or somebody else is at it
  23  calls of a stack trace could not be resolved
  30  no Landfall server can be reached
  31  the server failed or is too busy
  130 interrupted`;
