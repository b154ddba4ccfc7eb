//! The words themselves.

#[macro_use]
mod failures;
#[macro_use]
mod list;
#[macro_use]
mod locking;
#[macro_use]
mod value;
#[macro_use]
mod editing;

/// Declares every key once, and English with it. Another language is another value of [`Words`]: the compiler finds
/// the key that it lacks.
macro_rules! words {
    ($($(#[$doc:meta])* $key:ident: $english:literal,)*) => {
        /// Every text of the interface in one language.
        #[derive(Debug)]
        pub struct Words {
            $($(#[$doc])* #[doc = concat!("“", $english, "”")] pub $key: &'static str,)*
        }

        /// English, the default language.
        pub static ENGLISH: Words = Words { $($key: $english,)* };

        #[cfg(test)]
        pub(super) const KEYS: &[(&str, fn(&Words) -> &'static str)] = &[$((stringify!($key), |words| words.$key),)*];
    };
}

/// Declares the words that only the views that write need. They are loaded with those views, and every other word is at
/// hand through them, too.
macro_rules! secret_words {
    ($($(#[$doc:meta])* $key:ident: $english:literal,)*) => {
        /// The texts of the views that write, in one language. Every other text is at hand, too.
        #[derive(Debug)]
        pub struct SecretWords {
            $($(#[$doc])* #[doc = concat!("“", $english, "”")] pub $key: &'static str,)*
        }

        /// English.
        pub static SECRET_ENGLISH: SecretWords = SecretWords { $($key: $english,)* };

        #[cfg(test)]
        pub(super) const SECRET_KEYS: &[(&str, fn(&SecretWords) -> &'static str)] =
            &[$((stringify!($key), |words| words.$key),)*];
    };
}

/// Declares the words that only the list of secrets needs, in the same way.
macro_rules! list_words {
    ($($(#[$doc:meta])* $key:ident: $english:literal,)*) => {
        /// The texts of the list of secrets, in one language. Every other text is at hand, too.
        #[derive(Debug)]
        pub struct ListWords {
            $($(#[$doc])* #[doc = concat!("“", $english, "”")] pub $key: &'static str,)*
        }

        /// English.
        pub static LIST_ENGLISH: ListWords = ListWords { $($key: $english,)* };

        #[cfg(test)]
        pub(super) const LIST_KEYS: &[(&str, fn(&ListWords) -> &'static str)] =
            &[$((stringify!($key), |words| words.$key),)*];
    };
}

with_editing! {}

with_list! {}

with_locking! {
    product: "Strongroom",
    title_after: "{heading} · Strongroom",
    stopped: "Strongroom has stopped because of a fault of its own. Nothing more is sent. Reload the page to go on.",
    skip: "Skip to content",
    main_navigation: "Main",
    breadcrumbs: "Breadcrumbs",
    notifications: "Notifications",
    dismiss: "Dismiss",
    account_menu: "Account menu",
    disconnect: "Disconnect",
    connected_as: "Connected as {name}",
    on_server: "on {server}",
    theme: "Theme",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    language: "Language",
    shortcuts_on: "Single keys are shortcuts",
    single_keys_turn_on: "Turn on single-key shortcuts",
    single_keys_turn_off: "Turn off single-key shortcuts",
    keys_title: "Keyboard shortcuts",
    keys_hint: "While you type in a field, keys are text. In the account menu the single keys can be turned off.",
    key_palette: "Open the command palette",
    key_search: "Search",
    key_new: "New secret",
    key_edit: "Edit",
    key_select: "Select the row",
    key_workspaces: "Go to the workspaces",
    key_secrets: "Go to the secrets of this workspace",
    key_next_row: "Next row",
    key_previous_row: "Previous row",
    key_first_row: "First row",
    key_last_row: "Last row",
    key_help: "Show this list",
    key_close: "Close what is open",
    palette: "Command palette",
    palette_hint: "Go to or run",
    palette_results: "Results",
    palette_action: "Action",
    palette_view: "View",
    palette_workspace: "Workspace",
    palette_secret: "Secret",
    palette_found: "{count} found",
    palette_none: "Nothing found",
    switch_workspace: "Switch workspace",
    choose_workspace: "Choose a workspace…",
    filter_workspaces: "Type to filter",
    all_workspaces: "All workspaces",
    about_workspace: "About this workspace",
    connection: "Connection",
    connection_offline: "This device is offline",
    connection_refused: "The key is no longer accepted",
    loading: "Loading…",
    refreshing: "Refreshing…",
    retry: "Try again",
    cancel: "Cancel",
    number_from_to: "Enter a whole number from 1 to {most}.",
    close: "Close",
    details: "Details",
    optional: "optional",
    none: "None",
    unknown: "Unknown",
    copy: "Copy {what}",
    copy_details: "Copy details",
    copied: "{what} copied.",
    not_copied: "The browser did not let this page copy. Select the text and copy it by hand.",
    counter: "{count} of {most}",
    show_what: "Show {what}",
    hide_what: "Hide {what}",
    quoted: "“{text}”",

    unknown_address_title: "Page not found",
    unknown_address: "There is nothing at this address. It may have been mistyped, or come from another version of the console.",
    go_home: "Go to the workspaces",

    part_lost_title: "This page could not be loaded",
    part_lost: "A part of the console did not arrive. Check the connection and try again. If that does not help, reload the page: there may be a newer version.",

    connect: "Connect",
    connect_intro: "Strongroom talks to the API straight from this browser. Your key is sent to that server and to nobody else.",
    connect_server: "Server",
    connect_base_url: "API base URL",
    connect_base_url_hint: "Starts with https:// and may have a path.",
    connect_key: "API key",
    connect_key_hint: "Kept in this tab's memory; it is gone when you reload or close the tab.",
    connect_key_required: "Enter an API key.",
    connect_key_odd: "An API key has no spaces, line breaks or special characters. Copy it again.",
    connect_keep: "Stay connected in this tab",
    connect_keep_hint: "Puts the key into this tab's session storage, so that reloading keeps you connected. Anyone who can use this tab, and any program that can read this browser's files, may find it there until you disconnect or close the tab.",
    connect_proxy: "A proxy adds the API key for you: you need none here.",
    connect_not_listed: "This copy of Strongroom may talk only to {origins}. Whoever hosts it can add a server to its config.json.",
    connect_readable: "Over plain http anyone on the way can read the key and the values. Use https.",
    connecting: "Connecting…",
    connect_next: "Connect first; you will be led to the page that you asked for.",
    connect_again: "Connect again",
    connect_again_intro: "The server no longer accepts your API key: it may have expired or been disabled. Everything you typed is still here. Enter a key to go on.",
    connected: "Connected as {name}.",
    connect_not_kept: "The browser did not let this page keep the key. You will be asked for it again after a reload.",
    config_unreachable: "The configuration of this site could not be loaded. Check the connection and try again.",
    config_status: "The configuration of this site could not be loaded: the server answered {status}.",
    config_malformed: "The configuration of this site has a mistake, which whoever hosts it can mend: {problem}",

    url_empty: "Enter the address of the API.",
    url_scheme: "Start with https:// (or http:// for a server on this machine).",
    url_host: "The address has no host.",
    url_host_character: "The host has a character that is not allowed. Write international names in their xn-- form.",
    url_port: "The port must be a number from 1 to 65535.",
    url_user_info: "Leave out the user name and password: the API takes a key.",
    url_query: "Leave out the question mark and what follows it.",
    url_fragment: "Leave out the # and what follows it.",
    url_path: "The path has a part that is not allowed.",

    workspaces: "Workspaces",
    workspaces_empty_title: "No workspaces yet",
    workspaces_empty: "This API key is not a member of any workspace. Someone who manages the account can add it to one.",
    workspaces_repeated: "The server repeated a cursor, so loading stopped here. There may be more workspaces.",
    workspace_name: "Name",
    workspace_status: "Status",
    workspace_description: "Description",
    workspace_created: "Created",
    workspace_secrets: "Secrets",
    workspace_open_secrets: "Open its secrets",
    workspace_created_by: "Created by",
    workspace_id: "ID",
    workspace_account: "Account",
    workspace_agents: "Agents",
    workspace_agent_variations: "Agent variations",
    workspace_tools: "Available tools",
    workspace_memory: "Memory entries",
    status_enabled: "Enabled",
    status_disabled: "Disabled",
    status_archived: "Archived",
    status_unknown: "Unknown",

    secrets: "Secrets",
    secret: "Secret",
    search_secrets: "Search secrets",
    search_hint: "Names, label:env=prod, is:managed",
    new_secret: "New secret",
    refresh: "Refresh",
    stop_loading: "Stop loading",
    resume_loading: "Resume loading",
    ask_last_used: "Show last use",
    column_name: "Name",
    column_labels: "Labels",
    column_external_id: "External ID",
    column_bundle: "Bundle",
    column_created: "Created",
    column_last_used: "Last used",
    never_used: "Never",
    not_asked: "Not shown",

    field_id: "ID",
    field_account: "Account",
    field_workspace: "Workspace",
    field_name: "Name",
    field_value: "Value",
    field_external_id: "External ID",
    field_labels: "Labels",
    field_bundle: "Bundle",
    field_created: "Created",
    field_created_by: "Created by",
    field_updated: "Updated",
    field_last_used: "Last used",
    never_updated: "Never",
    bundle_meaning: "A configuration bundle manages this secret. The next time it is applied, it may overwrite or delete what you change here.",
    profile_user: "person",
    profile_api_key: "API key",
    profile_system: "system",
    value_write_only: "Values are write-only on this server: once saved, nobody can read one again, but you can replace it.",
    value_hidden: "Hidden",
    value_reveal: "Reveal value",
    value_hide: "Hide value",
    value_copy: "Copy value",
    value_revealed: "The value is shown. It hides again in {seconds} seconds.",
    value_hidden_again: "The value is hidden again.",
    value_gone: "The server holds no value for this secret.",
    value_what: "Value",
    replace_value: "Replace value",
    edit: "Edit",
    delete: "Delete",

    create_secret: "Create secret",
    creating: "Creating…",
    created: "“{name}” was created.",
    name_required: "Enter a name.",
    name_control: "Character {place} is a control character, which nobody can see or type.",
    name_too_long: "Use at most {most} characters: more are refused.",
    value_hint: "Sent exactly as you type it, line breaks included.",
    external_id_hint: "The id of this secret in another system.",
    labels_hint: "Keys and values to group and filter by, such as env and production.",
    add_label: "Add label",
    label_key: "Label key",
    label_value: "Label value",
    remove_label: "Remove label {key}",
    field_refused: "The server refuses this, and does not say why.",
    label_duplicate: "This key is used twice.",
    label_prefix: "The prefix before the slash",
    label_key_part: "The key",
    label_value_part: "The value",
    label_empty: "{part} must not be empty.",
    label_too_long: "{part} has more than {most} characters.",
    label_start: "{part} must start with a letter or digit.",
    label_end: "{part} must end with a letter or digit.",
    label_character: "{part} holds {character}, which is not allowed: use letters, digits, “-”, “_” and “.”.",
    label_slashes: "A key has at most one slash.",
    space: "a space",

    edit_secret: "Edit secret",
    value_change: "Value change",
    keep: "Keep",
    keep_hint: "The value stays as it is. Nothing of it is sent.",
    replace: "Replace",
    replace_hint: "Write a new value.",
    clear: "Clear",
    clear_hint: "Remove the value. The secret stays.",
    new_value: "New value",
    new_value_required: "Enter the new value, or choose Keep or Clear.",
    review_changes: "Review changes",
    changes: "Changes",
    changes_intro: "This is all that will be sent.",
    nothing_changed: "Nothing has changed, so there is nothing to save.",
    back_to_editing: "Back to editing",
    save_changes: "Save changes",
    saving: "Saving…",
    saved: "“{name}” was saved.",
    change_from_to: "{field}: from {before} to {after}",
    change_value_replaced_one: "Value: replaced, 1 byte",
    change_value_replaced: "Value: replaced, {bytes} bytes",
    change_value_cleared: "Value: cleared",
    absent: "nothing",
    update_mask: "Update mask",

    delete_secret: "Delete secret",
    delete_question: "Delete “{name}”? For 10 seconds you can undo it. Then it is gone for good, and what uses it will stop working.",
    delete_used: "It was last used {when}.",
    delete_managed: "The bundle “{bundle}” manages it: its next apply may create it again, or fail without it.",
    delete_unknown_use: "Whether it is in use is not known.",
    delete_type_name: "Type the name to confirm",
    delete_name_differs: "This is not its name yet.",
    deleting: "Deleting…",
    deleted: "“{name}” was deleted.",
}
