//! Strongroom: a browser console for the workspaces of an account and the secrets in them.
