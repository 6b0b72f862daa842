/** How the command ends, for scripts. `--help` and the README list them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  auth: 3,
  notFound: 4,
  unavailable: 5,
  interrupted: 130,
  terminated: 143,
} as const;

/** The same in words, for the end of `--help`. */
export const EXIT_CODES_HELP = `
Exit codes:
  0    done; also when whoever reads the output stops reading (| head)
  1    failed
  2    the command was called wrongly, or is set up wrongly
  3    no API key, or one that the server doesn't take or that may not read this
  4    no such project or run
  5    the server wasn't reached, is too slow or over its limits: try again later
  130  interrupted by Ctrl-C (143: by SIGTERM)`;
