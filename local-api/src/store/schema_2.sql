-- One row: what the master key is recognised by. Values stay sealed by the key file alone.
CREATE TABLE key_check (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    hash BLOB NOT NULL
) STRICT;
