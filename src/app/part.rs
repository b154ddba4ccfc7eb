//! The parts of the program that are loaded on demand.

/// A part. `code_split.rs` has the table of what each holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Connecting, the first time and again, and unknown addresses: everything that works without a session.
    Connect,
    /// The list of workspaces, and one workspace.
    Workspaces,
    /// The list of secrets.
    Secrets,
    /// One secret.
    Secret,
    /// The forms that create and edit a secret.
    SecretForms,
    /// Where secrets are used: the view, and the answers on other views.
    References,
    /// The search across workspaces.
    Search,
    /// What secrets are like, in pictures, and findings.
    Overview,
    /// What this console may talk to.
    Policy,
    /// Secrets of several workspaces side by side.
    Compare,
    /// What an account admin does with a workspace: create, edit, archive, members.
    Administration,
    /// The dialog that replaces a value.
    ReplaceValue,
    /// The actions and settings of a list.
    ListActions,
    /// The deletes and label changes that wait, run or have ended.
    Runs,
    /// The command palette, the shortcut help, the account menu and the workspace switcher.
    Overlays,
}
