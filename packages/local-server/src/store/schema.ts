/** Raised with every change of the tables; a newer folder is refused, an older one is brought up to this. */
export const SCHEMA_VERSION = 4;

const VERSION_2 = `
-- The .wandb files that imported runs were made from.
CREATE TABLE imports (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL,
  records INTEGER NOT NULL,
  step_shift INTEGER NOT NULL,
  history_from INTEGER NOT NULL,
  events_from INTEGER NOT NULL,
  output_from INTEGER NOT NULL,
  lines_after INTEGER NOT NULL,
  UNIQUE (run_id, started_at)
);
-- How many runs of a sweep its agents were told to begin.
ALTER TABLE sweeps ADD COLUMN handed_out INTEGER NOT NULL DEFAULT 0;
`;

const VERSION_3 = `
-- The file in the folder of files that holds the bytes; each upload makes a new one.
ALTER TABLE files ADD COLUMN content TEXT NOT NULL DEFAULT '';
`;

const VERSION_4 = `
-- The step of every line of history that has one: pages of steps are found by it. Without a type, whole steps are kept
-- as whole numbers and others as they are.
CREATE TABLE steps (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step NUMERIC NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (run_id, step, number)
) WITHOUT ROWID;
-- What the history of a long run holds, as told by its first lines.
CREATE TABLE history_facts (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  lines INTEGER NOT NULL,
  facts TEXT NOT NULL
);
-- Parquet files of history lines, from first_line up to but not with end_line; the content is a file in the folder
-- of exports.
CREATE TABLE exports (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  first_line INTEGER NOT NULL,
  end_line INTEGER NOT NULL,
  size INTEGER NOT NULL,
  md5 TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, number)
) WITHOUT ROWID;
`;

/** What brings the tables from each version to the next. */
export const MIGRATIONS: Readonly<Record<number, string>> = { 1: VERSION_2, 2: VERSION_3, 3: VERSION_4 };

/** Folders of an older format have lines whose steps must be noted. */
export const FIRST_VERSION_WITH_STEPS = 4;

export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (entity, name)
);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  state TEXT NOT NULL,
  tags TEXT NOT NULL DEFAULT '[]',
  group_name TEXT,
  job_type TEXT,
  sweep_name TEXT,
  notes TEXT,
  description TEXT,
  commit_sha TEXT,
  repo TEXT,
  host TEXT,
  program TEXT,
  username TEXT NOT NULL,
  config TEXT NOT NULL DEFAULT '{}',
  summary TEXT NOT NULL DEFAULT '{}',
  exit_code INTEGER,
  stop_asked INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project_id, name)
);

-- Lines of history, events and output as they were sent, by their number in the file.
CREATE TABLE lines (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, stream, number)
) WITHOUT ROWID;

CREATE TABLE files (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  md5 TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
) WITHOUT ROWID;

CREATE TABLE sweeps (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  display_name TEXT,
  state TEXT NOT NULL,
  config TEXT NOT NULL,
  description TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (project_id, name)
);
${VERSION_2}${VERSION_3}${VERSION_4}`;
