-- Instants are microseconds since 1970. Labels are JSON objects with sorted keys and no white space: the label filter
-- relies on it. Folded columns hold texts with their case folded away, for search.

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE profiles (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    folded TEXT NOT NULL,
    external_id TEXT,
    labels TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX profiles_by_email ON profiles (email) WHERE email IS NOT NULL;
CREATE INDEX profiles_in_order ON profiles (created_at, id);

CREATE TABLE api_keys (
    profile_id TEXT NOT NULL PRIMARY KEY REFERENCES profiles (id),
    key TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    -- A role of the profile in the identity provider, not a scope.
    is_admin INTEGER NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE workspaces (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    status TEXT NOT NULL,
    external_id TEXT,
    labels TEXT NOT NULL,
    total_agents INTEGER NOT NULL DEFAULT 0,
    total_agent_variations INTEGER NOT NULL DEFAULT 0,
    total_available_tools INTEGER NOT NULL DEFAULT 0,
    total_memory_entries INTEGER NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL REFERENCES profiles (id),
    created_at INTEGER NOT NULL
) STRICT;
-- The name of an archived workspace is free again.
CREATE UNIQUE INDEX workspaces_by_name ON workspaces (name) WHERE status <> 'STATUS_ARCHIVED';
CREATE INDEX workspaces_in_order ON workspaces (created_at, id);

CREATE TABLE members (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    profile_id TEXT NOT NULL REFERENCES profiles (id),
    actor_id TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, profile_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_in_order ON members (workspace_id, added_at, profile_id);

CREATE TABLE secrets (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    external_id TEXT,
    external_id_folded TEXT,
    labels TEXT NOT NULL,
    bundle_key TEXT,
    created_by TEXT NOT NULL REFERENCES profiles (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    last_used_at INTEGER,
    -- Last, so that the pages of a list are read without it.
    value TEXT
) STRICT;
CREATE UNIQUE INDEX secrets_by_name ON secrets (workspace_id, name);
CREATE INDEX secrets_in_order ON secrets (workspace_id, created_at, id);

CREATE TABLE seeds (
    name TEXT NOT NULL PRIMARY KEY,
    planted_at INTEGER NOT NULL
) STRICT;

-- Only read through the API; seeds fill it. `spec` is JSON as it is answered.
CREATE TABLE tool_sets (
    id TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    external_id TEXT,
    labels TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES profiles (id),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    spec TEXT NOT NULL
) STRICT;
CREATE INDEX tool_sets_in_order ON tool_sets (workspace_id, state, created_at, id);

CREATE TABLE tools (
    id TEXT NOT NULL PRIMARY KEY,
    tool_set_id TEXT NOT NULL REFERENCES tool_sets (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    external_id TEXT,
    labels TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES profiles (id),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    spec TEXT NOT NULL
) STRICT;
CREATE INDEX tools_in_order ON tools (tool_set_id, created_at, id);

-- The variations of agents that a tool set is assigned to.
CREATE TABLE tool_set_usage (
    tool_set_id TEXT NOT NULL REFERENCES tool_sets (id),
    variation_id TEXT NOT NULL,
    variation TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    model_id TEXT NOT NULL,
    model TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES profiles (id),
    assigned_at INTEGER NOT NULL,
    PRIMARY KEY (tool_set_id, variation_id)
) STRICT, WITHOUT ROWID;
