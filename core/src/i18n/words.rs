//! All texts, in sections, with English, the default language. A section is a struct, and a function that returns it in the
//! current language.
//!
//! A section is the unit of the code split (docs/decisions/0206): its English is named only in its function, so it is
//! loaded with the views that call the function.

use std::cell::Cell;

use crate::i18n::language::Language;

thread_local! {
    // The browser has one thread. On the host each test has its own, so tests don't change each other's language.
    // None is English, which is not named here: its sections are loaded with the views that use them.
    static CURRENT: Cell<(Language, Option<&'static Words>)> = const { Cell::new((Language::English, None)) };
}

/// The current language.
#[must_use]
pub fn language() -> Language {
    CURRENT.get().0
}

fn translation() -> Option<&'static Words> {
    CURRENT.get().1
}

/// Changes the current language. `translation` is `None` for English. Views that are already rendered keep their text
/// until they render again.
pub fn set_language(language: Language, translation: Option<&'static Words>) {
    CURRENT.set((language, translation));
}

/// Declares a section: its struct, and the function that returns it in the current language.
macro_rules! section {
    ($(#[$doc:meta])* $function:ident: $section:ident { $($key:ident: $english:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[cfg_attr(test, derive(serde::Serialize))]
        pub struct $section {
            $(#[doc = concat!("“", $english, "”")] pub $key: &'static str,)*
        }

        $(#[$doc])*
        #[must_use]
        pub fn $function() -> &'static $section {
            static ENGLISH: $section = $section { $($key: $english,)* };
            translation().map_or(&ENGLISH, |words| &words.$function)
        }
    };
}

/// Every section in one language.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Words {
    /// What every view needs.
    pub common: Common,
    /// The account menu, the warning before the lock and the question before leaving.
    pub account: Account,
    /// The help for the keyboard.
    pub keys: Keys,
    /// The command palette.
    pub palette: Palette,
    /// Connecting, and connecting again.
    pub connect: Connect,
    /// The workspaces and one of them.
    pub workspaces: Workspaces,
    /// The names of fields and columns.
    pub fields: Fields,
    /// Failed requests and what a key may not do.
    pub errors: Errors,
    /// The form for names, external IDs and labels.
    pub metadata: Metadata,
    /// One secret, read.
    pub secret: Secret,
    /// A value, hidden or shown, and the clipboard.
    pub value: Value,
    /// Replacing a value, and nothing else of a secret.
    pub replace_value: ReplaceValue,
    /// The field for a value, its findings and the generator.
    pub value_input: ValueInput,
    /// The list of secrets.
    pub list: List,
    /// The filters of the list, and what they mean.
    pub filters: Filters,
    /// The search across workspaces.
    pub across: Across,
    /// Deleting and labeling many secrets.
    pub bulk: Bulk,
    /// Creates, deletes and label changes that wait, run or have ended.
    pub runs: Runs,
    /// The View panel: columns, density, saved views.
    pub view: View,
    /// Creating a secret.
    pub create: Create,
    /// Editing: the form, the review, the conflict, the unknown outcome.
    pub edit: Edit,
    /// Unsaved changes.
    pub drafts: Drafts,
    /// Deleting one secret.
    pub delete: Delete,
    /// What secrets are like, in pictures, and findings.
    pub overview: Overview,
    /// Where a secret is used, before anyone asked.
    pub uses: Uses,
    /// Where secrets are used.
    pub references: References,
    /// Creating and editing a workspace.
    pub workspace_form: WorkspaceForm,
    /// Archiving a workspace.
    pub archive: Archive,
    /// The members of a workspace.
    pub members: Members,
}

section! {
    /// What every view needs.
    common: Common {
        product: "Strongroom",
        title_after: "{heading} · Strongroom",
        title_in: "{heading} · {workspace} · Strongroom",
        stopped: "Strongroom stopped because of an internal error. Nothing more is sent. Reload the page.",
        skip: "Skip to content",
        main_navigation: "Main",
        breadcrumbs: "Breadcrumbs",
        notifications: "Notifications",
        dismiss: "Dismiss",
        account_menu: "Account menu",
        disconnect: "Disconnect",
        switch_workspace: "Switch workspace",
        not_in_workspace: "{name} is not in {workspace}.",
        choose_workspace: "Choose a workspace…",
        filter_workspaces: "Filter workspaces",
        all_workspaces: "All workspaces",
        workspace_details: "Workspace details",
        references: "References",
        overview: "Overview",
        workspace_views: "Workspace",
        offline: "This device is offline, so this can't be loaded. It's retried when the device is back online.",
        connection: "Connection",
        connection_offline: "This device is offline",
        connection_failing: "Last request failed",
        connection_refused: "API key no longer accepted",
        loading: "Loading…",
        retry: "Try again",
        reload: "Reload page",
        cancel: "Cancel",
        number_from_to: "Enter a whole number from 1 to {most}.",
        close: "Close",
        details: "Details",
        optional: "optional",
        show_more: "Show more ({count} left)",
        none: "None",
        unknown: "Unknown",
        copy: "Copy {what}",
        copy_details: "Copy details",
        copied: "{what} copied.",
        not_copied: "The browser blocked copying. Select the text and copy it manually.",
        counter: "{count} of {most}",
        show_what: "Show {what}",
        hide_what: "Hide {what}",
        quoted: "“{text}”",
        unknown_address_title: "Page not found",
        unknown_address: "This address doesn't exist. Check it for typos.",
        go_home: "Go to workspaces",
        part_lost_title: "This page failed to load",
        part_lost: "Part of the app failed to load. Check your connection and try again, or reload the page to get the latest version.",
        part_offline: "This view isn't loaded yet. It opens when you're online again.",
        connect: "Connect",
        config_unreachable: "Couldn't load config.json. Check your connection and try again.",
        config_status: "Couldn't load config.json (HTTP {status}).",
        config_malformed: "Invalid configuration: {problem}. Tell whoever hosts this console.",
        workspaces: "Workspaces",
        search: "Search",
        status_enabled: "Enabled",
        status_disabled: "Disabled",
        status_archived: "Archived",
        status_unknown: "Unknown",
        secrets: "Secrets",
        secret: "Secret",
        new_secret: "New secret",
        edit: "Edit",
        delete: "Delete",
        edit_secret: "Edit secret",
        look_again: "Check again",
        open_secret: "Open secret",
        someone: "an unknown user",
        undo: "Undo",
        suggestions: "Suggestions",
        suggestions_one: "1 suggestion. Press the down arrow to choose.",
        suggestions_many: "{count} suggestions. Press the down arrow to choose.",
        locked: "Locked",
    }
}

section! {
    /// The account menu, the warning before the lock and the question before leaving.
    account: Account {
        connected_as: "Connected as {name}",
        on_server: "on {server}",
        theme: "Theme",
        theme_system: "System",
        theme_light: "Light",
        theme_dark: "Dark",
        language: "Language",
        single_key_shortcuts: "Single-key shortcuts",
        single_keys_turn_on: "Turn on single-key shortcuts",
        single_keys_turn_off: "Turn off single-key shortcuts",
        lock_now: "Lock now",
        lock_warning: "Are you still there?",
        lock_warning_intro: "All tabs lock soon because of inactivity. Drafts are kept.",
        lock_warning_in_one: "Locks in 1 second.",
        lock_warning_in: "Locks in {seconds} seconds.",
        stay_connected: "Stay connected",
        lock_title: "Lock now?",
        lock_loses_values: "Locking keeps drafts, but not the values in them. You'll have to enter those again.",
        leave_title: "Leave this page?",
        leave_stay: "Stay on page",
        leave_go: "Leave",
        leave_disconnect: "Your changes aren't saved. Disconnecting deletes them and all drafts in this browser.",
    }
}

section! {
    /// The help for the keyboard.
    keys: Keys {
        control_a: "Ctrl A",
        control_k: "Ctrl K",
        shift_j: "Shift J",
        shift_k: "Shift K",
        shift_c: "Shift C",
        shift_y: "Shift Y",
        shift_tab: "Shift Tab",
        title: "Keyboard shortcuts",
        hint: "Shortcuts don't work while you type in a field. Turn single-key shortcuts off in the account menu.",
        palette: "Open the command palette",
        search: "Search",
        new: "New secret",
        edit: "Edit",
        replace_value: "Replace value",
        copy_name: "Copy name",
        copy_id: "Copy ID",
        copy_value: "Copy value",
        copy_variable: "Copy ${NAME}",
        copy_template: "Copy {{ secrets.NAME }}",
        delete: "Delete",
        refresh: "Refresh the list",
        select: "Select row",
        select_next: "Select this row and the next",
        select_previous: "Select this row and the one before",
        select_all: "Select all",
        clear_selection: "Clear selection",
        open_found: "Open the first result, in the search box",
        to_results: "Go to the results, in the search box",
        workspaces: "Go to workspaces",
        secrets: "Go to this workspace's secrets",
        next_row: "Next row",
        previous_row: "Previous row",
        first_row: "First row",
        last_row: "Last row",
        help: "Show shortcuts",
        close: "Close",
    }
}

section! {
    /// The command palette.
    palette: Palette {
        title: "Command palette",
        hint: "Go to or run",
        results: "Results",
        this_page: "This page",
        selection: "Selection",
        views: "Views",
        workspaces: "Workspaces",
        preferences: "Preferences",
        secrets: "Secrets",
        filters: "Filters",
        elsewhere: "Search",
        overview_of_all: "Overview of all workspaces",
        filter_by: "Filter by {label}",
        search_in: "Search “{text}” in {workspace}",
        search_all: "Search all workspaces",
        search_in_all: "Search “{text}” in all workspaces",
        found: "{count} found",
        none: "No results",
        actions_on: "Actions for {name}",
        key_open: "Open or run",
        key_actions: "Actions for a secret",
        key_run: "Run",
        key_back: "Back",
    }
}

section! {
    /// Connecting, and connecting again.
    connect: Connect {
        intro: "Your key goes straight from this browser to the API, nowhere else.",
        server: "Server",
        base_url: "API base URL",
        key: "API key",
        key_where: "Where do I find a key?",
        key_where_text: "An account admin creates API keys. A local demo API prints its key when it starts.",
        key_required: "Enter an API key.",
        key_odd: "API keys contain no spaces, line breaks or special characters. Copy it again.",
        key_emptied: "Key removed, because the server changed. Enter a key for this server.",
        keep: "Stay connected in this tab",
        keep_hint: "Otherwise you enter the key again after a reload.",
        storage: "How is the key stored?",
        storage_text: "In memory only. If you stay connected, also in this tab's session storage: anyone with access to this tab or this browser's files can read it there until you disconnect or close the tab.",
        proxy: "A proxy adds the API key. You don't need one here.",
        not_listed: "This console may only connect to {origins}. Whoever hosts it can add servers in config.json.",
        readable: "Over plain http, others on the network can read the key and the values. Use https.",
        readable_proxy: "Over plain http, others on the network can read the values. Use https.",
        connecting: "Connecting…",
        next: "Connect to continue to the page you opened.",
        again: "Connect again",
        again_intro: "The server no longer accepts your API key. Enter a key to continue; what you typed is kept.",
        not_kept: "The browser blocked storing the key. You'll need it again after a reload.",
        url_empty: "Enter the API base URL.",
        url_scheme: "Start with https://, or http:// for a server on this machine.",
        url_host: "The URL has no host.",
        url_host_character: "The host contains an invalid character. Use the xn-- form for international names.",
        url_port: "The port must be between 1 and 65535.",
        url_user_info: "Remove the user name and password. The API uses a key.",
        url_query: "Remove the ? and everything after it.",
        url_fragment: "Remove the # and everything after it.",
        url_path: "The path contains an invalid part.",
        locked_intro: "Locked. Enter an API key to continue. Drafts are kept, without the values in them.",
        locked_proxy: "Locked. Drafts are kept, without the values in them. The proxy still adds the API key, so anyone with this browser can unlock.",
        unlock: "Unlock",
    }
}

section! {
    /// The workspaces and one of them.
    workspaces: Workspaces {
        empty_title: "No workspaces yet",
        empty: "This API key isn't a member of any workspace. An account admin can add it.",
        not_among_yours: "It isn't among your workspaces: it is archived, or you aren't a member. Only an account admin can see it.",
        repeated: "Loading stopped: the server repeated a cursor. There may be more workspaces.",
        status: "Status",
        description: "Description",
        open_secrets: "View secrets",
        agents: "Agents",
        agent_variations: "Agent variations",
        tools: "Available tools",
        memory: "Memory entries",
        column_variations: "Variations",
        column_tools: "Tools",
        column_memory: "Memory",
        search: "Search workspaces",
        refresh: "Refresh workspaces",
        sort: "Sort by",
        list_status: "Workspaces status",
        loading: "Loading workspaces…",
        count_loading: "{count} loaded…",
        count_one: "1 workspace",
        count: "{count} workspaces",
        count_shown: "{shown} of {count} workspaces",
        whose_own: "Only yours: an account admin sees all",
        whose_all: "All of the account",
        show_archived: "Show archived",
        hide_archived: "Hide archived",
        archived_refused: "Only an account admin can list archived workspaces.",
        unknown_words: "Not a filter for workspaces, searching for it as text: {text}. Filters: label: prefix: created: by: id: has:external-id is:disabled is:archived",
        no_match: "No workspace matches",
        clear_search: "Clear search",
        not_member: "Not a member",
        secrets_part: "{count} loaded so far",
        secrets_unknown: "Counted once the list of secrets is open",
    }
}

section! {
    /// The names of fields and columns.
    fields: Fields {
        never: "Never",
        id: "ID",
        account: "Account",
        workspace: "Workspace",
        name: "Name",
        value: "Value",
        external_id: "External ID",
        labels: "Labels",
        bundle: "Bundle",
        created: "Created",
        created_by: "Created by",
        updated: "Updated",
        last_used: "Last used",
        used_by: "Used by",
        refused_unexplained: "The server rejected this without a reason.",
        label_of: "Label {key}",
    }
}

section! {
    /// Failed requests and what a key may not do.
    errors: Errors {
        refused_scope: "Your API key lacks the scope {scope}.",
        refused_disabled: "This workspace is disabled. Its secrets are read-only.",
        refused_archived: "This workspace is archived. The server answers no request for its secrets.",
        refused_missing: "This workspace is archived, or you are no longer a member of it.",
        refused_not_member: "You aren't a member of this workspace. An account admin can add you.",
        refused_active: "Your API key doesn't allow this. The workspace itself is active.",
        status: "HTTP status",
        code: "Code",
        message: "Server message",
        request_id: "Request ID",
        failed_who_am_i: "Couldn't connect",
        failed_list_workspaces: "Couldn't load the workspaces",
        failed_create_workspace: "Couldn't create the workspace",
        failed_read_workspace: "Couldn't load the workspace",
        failed_update_workspace: "Couldn't save the workspace",
        failed_archive_workspace: "Couldn't archive the workspace",
        failed_list_members: "Couldn't load the members",
        failed_add_member: "Couldn't add the member",
        failed_remove_member: "Couldn't remove the member",
        failed_search_profiles: "Couldn't search the account's users",
        failed_list_secrets: "Couldn't load the secrets",
        failed_create_secret: "Couldn't create the secret",
        failed_read_secret: "Couldn't load the secret",
        failed_update_secret: "Couldn't save the changes",
        failed_delete_secret: "Couldn't delete the secret",
        failed_list_tool_sets: "Couldn't load the tool sets",
        failed_list_tools: "Couldn't load the tools of a tool set",
        failed_list_usage: "Couldn't load the agents of a tool set",
        reason_invalid: "The server rejected the input.",
        reason_precondition: "The workspace doesn't allow this. It may be archived or disabled.",
        reason_bad_key: "The server doesn't accept this API key.",
        reason_unauthenticated: "The server no longer accepts your API key. Connect again; what you typed is kept.",
        reason_denied: "Your API key lacks the scope {scope}. An account admin can grant it.",
        reason_denied_all: "Your API key doesn't allow this, or the workspace is archived.",
        reason_admin_only: "Only an account admin can do this.",
        reason_not_the_api: "The answer isn't from the API. A proxy or firewall in front of it refused the request.",
        reason_signed_out: "The answer isn't from the API. Your sign-in to this site may have ended: reload the page to sign in again. What you typed is kept as a draft.",
        granted_scopes: "Scopes of your key",
        reason_cursor: "The server refused the cursor of the next page; it may have expired. Retrying reads from the start.",
        reason_not_found: "Not found. It may have been deleted, or the address is wrong.",
        reason_taken: "This name is taken. Choose another.",
        reason_conflict: "Someone else changed it in the meantime. Check its current state before trying again.",
        reason_rate_limited: "Rate limit reached.",
        reason_gateway: "A proxy or gateway answered instead of the API ({status}). Try again in a moment.",
        reason_server: "Server error ({status}). Try again in a moment.",
        reason_unexpected: "Unexpected response. Check that this is the API's address.",
        reason_forbidden: "This page's security policy blocks that address. Whoever hosts this console can add it.",
        reason_timed_out: "No response within {seconds} seconds.",
        reason_interrupted: "The connection dropped before the response was complete.",
        reason_unreachable: "Couldn't reach the server. Check the address and your connection; the server must also allow this origin (CORS).",
        reason_wait: "Retry after {seconds} s.",
        reason_outcome_unknown: "We don't know if this went through. Check before trying again.",
    }
}

section! {
    /// The form for names, external IDs and labels.
    metadata: Metadata {
        name_required: "Enter a name.",
        name_control: "Remove the control character at position {place}.",
        assigned: "Looks like a name with its value. Names aren't secret.",
        assigned_held: "Not created yet: this looks like a name with its value, and names aren't secret. Split it, or create again to keep it.",
        split_name: "Split into name and value",
        name_too_long: "Use at most {most} characters.",
        external_id_hint: "This secret's ID in another system.",
        probably_saved_as: "The server will probably save it as {name}.",
        saved_as: "The server will save it as {name}.",
        labels_hint: "For grouping and filtering, for example env=production.",
        add_label: "Add label",
        label_key: "Label key",
        label_value: "Label value",
        remove_label: "Remove label {key}",
        label_duplicate: "This key is already used.",
        label_prefix: "The prefix before the slash",
        label_key_part: "The key",
        label_value_part: "The value",
        label_empty: "{part} can't be empty.",
        label_too_long: "{part} can have at most {most} characters.",
        label_start: "{part} must start with a letter or digit.",
        label_end: "{part} must end with a letter or digit.",
        label_character: "{part} contains {character}. Use letters, digits, “-”, “_” and “.”.",
        label_slashes: "A key can contain only one slash.",
        space: "a space",
    }
}

section! {
    /// One secret, read.
    secret: Secret {
        bundle_meaning: "Managed by a configuration bundle. Its next apply may overwrite or delete your changes.",
        profile_user: "person",
        profile_api_key: "API key",
        profile_system: "system",
        not_found_title: "Secret not found",
        not_found: "It was deleted, or the address is wrong.",
        back_to_list: "Back to secrets",
        gone_meanwhile: "It was deleted while you were editing. What you typed is kept.",
        reference: "Reference",
        variable_where: "For headers and URLs of tool sets",
        template_where: "For headers of tool sets and requests of HTTP tools",
        api_call: "Use it",
        more: "More",
        previous: "Previous secret",
        next: "Next secret",
        call_curl: "curl command",
        call_python: "Python code",
        call_typescript: "TypeScript code",
        call_go: "Go code",
    }
}

section! {
    /// A value, hidden or shown, and the clipboard.
    value: Value {
        write_only: "This server doesn't return values. You can replace the value but not read it.",
        hidden: "Hidden",
        reveal: "Reveal value",
        hide: "Hide value",
        copy: "Copy value",
        revealed: "Value shown. Hides in {seconds} seconds.",
        hidden_again: "Value hidden.",
        gone: "This secret has no value.",
        not_returned: "The server returned no value.",
        replace: "Replace value",
        copied: "Value copied. Clipboard clears in {seconds} s if you stay in this tab.",
        clipboard_cleared: "Clipboard cleared.",
        copy_refused: "The browser blocked copying. Reveal the value first, then copy it.",
        clipboard_unsure: "Clipboard not cleared: you may have copied something else. If it still holds the value, clear it.",
        clear_clipboard: "Clear clipboard",
        clipboard_refused: "Clipboard not cleared: the browser blocked it. Trying again on your next click.",
    }
}

section! {
    /// Replacing a value, and nothing else of a secret.
    replace_value: ReplaceValue {
        title: "Replace value of {name}",
        required: "Enter the new value.",
        keeps_theirs: "Replacing it keeps their other changes.",
    }
}

section! {
    /// The field for a value, its findings and the generator.
    value_input: ValueInput {
        hint: "Saved exactly as entered.",
        lost: "The value wasn't kept when the console locked. Enter it again.",
        bytes_one: "{count} byte",
        bytes: "{count} bytes",
        lines_one: "{count} line",
        lines: "{count} lines",
        large: "{bytes} bytes: some servers accept at most {most} (64 KiB)",
        ends_kept: "Line ends: {ends}",
        ends_lost: "Line ends are sent as LF. To keep CR or CRLF, choose a file.",
        ends_to_lf: "Convert line ends to LF",
        remove: "Remove",
        add: "Add",
        no_final_break: "No line break at the end. ssh refuses such a key.",
        in_quotes: "In quotation marks",
        with_bearer: "Starts with Bearer",
        with_name: "Starts with NAME=",
        with_names: "Looks like {count} lines of a .env file. This saves all of them as one value.",
        file: "Choose file",
        file_hint: "or drop a file here",
        files: "Drop one file at a time.",
        file_taken: "Loaded from {name}",
        file_too_large: "{name} is too large: {number} bytes, the maximum is {most} (16 MiB).",
        file_binary: "{name} is not text: it contains a null byte. Encode it, for example as base64.",
        file_not_utf8: "{name} is not UTF-8 (byte {number}).",
        file_unreadable: "Couldn't read {name}.",
        is_hidden: "Hidden. Paste to replace it, or show it to type.",
        pasted_hidden: "Value replaced.",
        findings_one: "{count} issue in the value.",
        findings: "{count} issues in the value.",
        odd_one: "{what} at {position}",
        odd: "{what} at {position}, {count} in total",
        odd_leading_space: "Starts with a space",
        odd_trailing_space: "Ends with a space",
        odd_trailing_break: "Ends with a line break",
        odd_other_space: "Unusual space",
        odd_invisible: "Invisible character",
        odd_look_alike: "Typographic quote, dash or full-width character",
        odd_byte_order_mark: "Byte order mark",
        odd_control: "Control character",
        json_fine: "valid JSON",
        json_broken: "Invalid JSON: line {line}, column {column}",
        pem_fine_one: "{count} valid PEM block",
        pem_fine: "{count} valid PEM blocks",
        pem_broken: "Invalid PEM: line {line}",
        pem_written_breaks: "PEM block on line {line} contains “\\n” instead of line breaks",
        generate_title: "Generate value",
        generate_length: "Length",
        generate_alphabet: "Characters",
        alphabet_letters_and_digits: "Letters and digits",
        alphabet_symbols: "Letters, digits and symbols",
        generate_bits: "{bits} bits of entropy",
        generate: "Generate",
        generate_hint: "Replaces the text above. Ctrl Z undoes it.",
        generated: "Value generated, {bits} bits of entropy.",
        not_generated: "Couldn't generate a value: the browser provides no random numbers.",
    }
}

section! {
    /// The list of secrets.
    list: List {
        refreshing: "Refreshing…",
        search: "Search secrets",
        search_hint: "Search names, labels, IDs",
        refresh: "Refresh",
        stop_loading: "Stop loading",
        resume_loading: "Resume loading",
        status: "List status",
        age_now: "now",
        age_minutes: "{count} min",
        age_hours: "{count} hr",
        age_days: "{count} d",
        age_months: "{count} mo",
        shared_labels: "All secrets have",
        more_labels_one: "1 more label of {name}",
        more_labels: "{count} more labels of {name}",
        all_labels: "Labels of {name}",
        last_use_limited: "Last use not loaded: rate limited. Turn it on under View",
        loading_first: "Loading…",
        loading: "{count} loaded…",
        matching: "{shown} shown",
        stopped_first: "Stopped. Nothing is loaded.",
        stopped: "Stopped at {count}. There may be more.",
        stopped_refresh: "Refresh stopped. Some of {count} may be out of date.",
        waiting_limit: "{count} loaded · Rate limited",
        waiting_busy: "{count} loaded · Server busy",
        waiting_again: "{count} loaded · Last page failed",
        waits: "Resuming in {seconds} s",
        complete_one: "1 secret",
        complete: "{count} secrets",
        complete_matching: "{shown} of {all}",
        read_at: "As of {when}",
        failed_first: "Not loaded",
        unreadable_one: "1 secret can't be shown, because the server sent it in an unknown form.",
        unreadable: "{count} secrets can't be shown, because the server sent them in an unknown form.",
        failed: "{count} loaded. The next page failed.",
        failed_refresh: "Refresh failed. Showing {count} secrets",
        repeated: "Stopped at {count}: the server repeated a cursor. There may be more.",
        restarted: "The server's cursor expired, reading from the start",
        printed: "Only the rows on screen are printed, of {count} secrets. To print all, select all rows, choose Copy, then Copy names, and paste them into a document.",
        sorted_part: "Sorted among those loaded",
        finding: "Searching the server…",
        found: "Names searched on the server",
        not_found: "Server search failed",
        empty_title: "No secrets yet",
        empty: "Agents in this workspace use secrets by name.",
        workspace_no_effect: "workspace: has no effect in the list of one workspace.",
        search_all: "Search all workspaces",
        no_match_title: "No results for “{search}”",
        nearest_one: "{filter} has 1 secret",
        nearest: "{filter} has {count} secrets",
        none_yet_title: "No results yet",
        none_yet: "No loaded secret matches “{search}”. There may be more.",
        clear_search: "Clear search",
        filter: "Filter",
        remove_filter: "Remove {filter}",
        unknown_qualifier: "Unknown filter “{qualifier}:”, searching for it as text.",
        nearest_qualifier: "Unknown filter “{qualifier}:”. Did you mean “{known}:”?",
        unknown_state: "Unknown filter “{qualifier}:{value}”, searching for it as text. Use is:managed, is:unused, has:label, has:external-id or has:creator.",
        unknown_ref: "Unknown filter “ref:{value}”, searching for it as text. Use ref:none, ref:>3 or ref:missing.",
        ref_unknown: "Where secrets are used isn't known yet, so ref: finds nothing.",
        ref_missing: "Names that no secret has are in the references.",
        unknown_span: "“{value}” is not a time, searching for it as text. Use {qualifier}:<30d, {qualifier}:>90d or {qualifier}:>2026-01-31.",
        view: "View",
        select_all: "Select all shown",
        select_row: "Select {name}",
        row_actions: "Actions",
        actions_for: "Actions for {name}",
        open: "Open",
        copy_name: "Copy name",
        copy_variable: "Copy ${NAME}",
        copy_template: "Copy {{ secrets.NAME }}",
        copy_id: "Copy ID",
        copy_as: "Copy as",
        selection: "Selection",
        selected_one: "1 selected",
        selected: "{count} selected",
        selected_hidden_one: "1 selected, not shown",
        selected_hidden: "{count} selected, {hidden} not shown",
        names: "Names",
        ids: "IDs",
        copy_names: "Copy names",
        copy_ids: "Copy IDs",
        delete_selected: "Delete selected",
        clear_selection: "Clear selection",
        find_led: "This searches all secrets; the browser's search finds visible rows only. Press Ctrl F again to open it, or turn this off under View.",
        view_import: "This link shows the view “{name}”.",
        view_import_save: "Save in this browser",
    }
}

section! {
    /// Deleting and labeling many secrets.
    bulk: Bulk {
        title: "Delete secrets",
        question_one: "Delete 1 secret? Undo is possible for 10 seconds. Then anything that uses it fails.",
        question: "Delete {count} secrets? Undo is possible for 10 seconds. Then anything that uses them fails.",
        hidden_one: "1 is hidden by the current filter.",
        hidden: "{count} are hidden by the current filter.",
        names: "Including",
        more: "and {count} more",
        used_one: "1 was used in the last 30 days.",
        used: "{count} were used in the last 30 days.",
        managed_one: "1 is managed by a bundle, which may recreate it or fail without it.",
        managed: "{count} are managed by bundles, which may recreate them or fail without them.",
        unknown: "Last use not checked for {count}.",
        check: "Check now",
        checking: "Checking {done} of {all}…",
        type_number: "Type the number of secrets to confirm",
        number_differs: "The number doesn't match.",
        copy: "Copy",
        label: "Label…",
        label_title: "Label secrets",
        label_mode: "Change",
        label_mode_set: "Add or change",
        label_mode_remove: "Remove",
        label_adds: "Adds to {count}",
        label_changes: "changes {count}",
        label_removes: "Removes from {count}",
        label_has: "{count} already have it",
        label_has_one: "1 already has it",
        label_lacks: "{count} don't have it",
        label_lacks_one: "1 doesn't have it",
        label_set: "Set label",
        label_remove: "Remove label",
        label_no_effect: "No selected secret would change.",
    }
}

section! {
    /// Creates, deletes and label changes that wait, run or have ended.
    runs: Runs {
        deletion: "Deletion",
        label_change: "Label change",
        countdown: "Deleting {name} in {seconds} s",
        countdown_many: "Deleting {all} secrets in {seconds} s",
        undo_offer: "Deleting {name}. Undo is possible for 10 seconds.",
        undo_offer_many: "Deleting {all} secrets. Undo is possible for 10 seconds.",
        undone: "{name} was not deleted.",
        undone_many: "{all} secrets were not deleted.",
        undone_unnamed: "1 secret was not deleted.",
        deleting: "Deleting {name}…",
        deleting_many: "{done} of {all} deleted…",
        deleted: "{name} deleted.",
        deleted_many: "{all} secrets deleted.",
        gone: "{name} was already deleted.",
        lost_gone: "No response, but {name} was deleted.",
        delete_failed: "{name} was not deleted: {why}",
        ended: "{done} of {all} deleted, {failed} failed, {left} not attempted.",
        labeling: "Labeling {name}…",
        labeling_many: "{done} of {all} labeled…",
        label_set: "{label} set on {name}.",
        label_set_many: "{label} set on {all} secrets.",
        label_removed: "{label} removed from {name}.",
        label_removed_many: "{label} removed from {all} secrets.",
        label_failed: "{label} was not changed on {name}: {why}",
        label_ended: "{done} of {all} labeled, {failed} failed, {left} not attempted.",
        creating: "Creating {name}…",
        creating_many: "{done} of {all} created…",
        created_many: "{all} secrets created.",
        create_failed: "{name} was not created: {why}",
        create_ended: "{done} of {all} created, {failed} failed, {left} not attempted.",
        creation: "Creating secrets",
        label_theirs: "Someone else set it to “{value}”.",
        label_theirs_gone: "Someone else removed it.",
        unchanged: "No response, and it was not changed.",
        still_there: "It still exists.",
        unseen: "Couldn't check whether it still exists. Deleting it again is safe.",
        not_addressable: "Its ID can't be part of an address.",
        not_attempted: "Not attempted",
        not_done: "Not done",
        stop: "Stop",
        resume: "Continue",
    }
}

section! {
    /// The filters of the list, and what they mean.
    filters: Filters {
        title: "Search filters",
        hint: "Words find names, external IDs, labels, bundles and IDs. All words must match; - before a word excludes it.",
        views: "Views",
        save_view: "Save view",
        all: "All",
        all_filters: "All filters",
        never_used: "Never used",
        changed_this_week: "Updated this week",
        managed: "Managed by a bundle",
        has_external_id: "Has an external ID",
        label: "By label: label:env, label:env=prod",
        bundle: "By bundle",
        prefix: "By the beginning of the name",
        is: "By state: is:managed, is:unused",
        has: "By presence: has:label, has:external-id, has:creator",
        used: "By last use: used:<30d, used:>90d",
        created: "By creation date: created:>2026-01-31",
        updated: "By last change: updated:<7d",
        by: "By who created it; in quotation marks, exactly this name",
        id: "By part of the ID; in quotation marks, exactly these, separated by commas",
        references: "By number of tool sets: ref:none, ref:>3",
        workspace: "By workspace, in the search across workspaces: workspace:staging",
    }
}

impl Filters {
    /// What a qualifier of the search means.
    #[must_use]
    pub fn of_qualifier(&self, qualifier: &str) -> Option<&'static str> {
        Some(match qualifier {
            "label" => self.label,
            "bundle" => self.bundle,
            "prefix" => self.prefix,
            "is" => self.is,
            "has" => self.has,
            "used" => self.used,
            "created" => self.created,
            "updated" => self.updated,
            "by" => self.by,
            "id" => self.id,
            "ref" => self.references,
            "workspace" => self.workspace,
            _ => return None,
        })
    }
}

section! {
    /// The search across workspaces.
    across: Across {
        search: "Search all workspaces",
        hint: "Search names, labels, external IDs…",
        status: "Search status",
        all_one: "{count} secret in {workspaces}",
        all: "{count} secrets in {workspaces}",
        matches_one: "{count} match in {workspaces}",
        matches: "{count} matches in {workspaces}",
        workspaces_one: "{count} workspace",
        workspaces: "{count} workspaces",
        loading_some: "{count} loading…",
        waiting: "Rate limited, resuming by itself",
        stopped_some: "{count} stopped",
        failed_some: "{count} failed",
        no_access_some: "{count} without access",
        archived_some: "{count} archived",
        group_none: "No matches",
        group_one: "{count} match",
        group: "{count} matches",
        loading_first: "Loading…",
        loading: "{count} loaded…",
        complete_one: "{count} secret",
        complete: "{count} secrets",
        stopped: "Stopped at {count}",
        failed_first: "Couldn't load",
        failed: "Failed at {count}",
        no_access: "No access",
        archived: "Archived, not searched",
        archived_meanwhile: "Archived, or no longer accessible",
        show_all: "Show all in {workspace}",
        choose: "Workspaces",
        choose_all: "All workspaces",
        chosen: "{count} of {all} workspaces",
        empty_title: "No workspaces",
        empty: "This API key is not a member of any workspace.",
        no_match_title: "No secret matches “{search}”",
        no_workspace_title: "No workspace matches",
        no_workspace: "Change workspace: in the search, or choose other workspaces.",
        references_unknown: "ref: is only known in the list of one workspace, once its references were read.",
    }
}

section! {
    /// The View panel: columns, density, saved views.
    view: View {
        columns: "Columns",
        column_earlier: "Move {column} earlier",
        column_later: "Move {column} later",
        column_hidden: "{column} is hidden. Show it first.",
        column_is_first: "{column} is already first.",
        column_is_last: "{column} is already last.",
        column_stays: "Name is always shown.",
        columns_reset: "Reset columns",
        sort_by: "Sort by",
        sort_default: "Name, or best match",
        ascending: "{column}, ascending",
        descending: "{column}, descending",
        density: "Rows",
        density_comfortable: "Comfortable",
        density_compact: "Compact",
        find_caught: "Use Ctrl F for this search",
        find_hint: "The browser's search finds visible rows only. Press Ctrl F again to open it.",
        saved_views: "Saved views",
        views_none: "Save the current filters, sorting and columns.",
        drag_hint: "Drag to reorder, or press Alt ↑ ↓.",
        name: "View name",
        hint: "Saved in this browser only. An existing name is replaced.",
        save: "Save view",
        saved: "View “{name}” saved.",
        name_required: "Enter a name.",
        views_full: "No more than {count} views can be saved. Delete one, or use an existing name.",
        not_kept: "The browser couldn't save the view.",
        link: "Link to the view",
        copy_link: "Copy link to {name}",
        forget: "Delete {name}",
    }
}

section! {
    /// Creating a secret.
    create: Create {
        title: "Create secret",
        creating: "Creating…",
        created: "{name} created.",
        created_after_all: "No response, but {name} was created.",
        looking: "Checking whether the secret was created…",
        not_visible: "No secret with this name is visible yet. Checking again in a few seconds…",
        found: "A secret named {name} exists, created {when} by {whom}. Check whether it is yours; what you typed is kept.",
        found_external: "A secret with this external ID exists: {name}, created {when} by {whom}.",
        not_found: "No secret with this name exists. You can create it again.",
        still_not_visible: "No secret with this name is visible yet. The server may still create it: check again before you create it again.",
        unreadable: "Couldn't check whether it was created. We'll check again before sending anything.",
        another: "Create another",
        exists: "{name} already exists here.",
        paste_hint: "Paste a line of a .env file into Name to fill in name and value, or the whole file to create several secrets.",
        split: "Split from .env",
        import_intro: "Found in the pasted .env. Nothing is sent yet.",
        import_list: "Secrets to create",
        import_skipped: "Not read, because it is no NAME=value: line {lines}.",
        import_include: "Create {name}",
        import_name: "Name of secret {number}",
        import_value: "Value of secret {number}",
        import_repeated: "This name is used above.",
        import_create_one: "Create 1 secret",
        import_create: "Create {count} secrets",
        import_stop: "Stop",
        import_back: "Create one secret instead",
        import_waiting: "Waiting",
        import_is_created: "Created",
        import_created_one: "1 secret created.",
        import_created: "{count} secrets created.",
    }
}

section! {
    /// Editing: the form, the review, the conflict, the unknown outcome.
    edit: Edit {
        value_change: "Value change",
        keep: "Keep",
        replace: "Replace",
        clear: "Clear",
        clear_hint: "Removes the value. The secret stays.",
        new_value: "New value",
        new_value_required: "Enter a new value, or choose Keep or Clear.",
        review_changes: "Review changes",
        changes: "Changes",
        title: "Edit {name}",
        review_title: "Review changes to {name}",
        field: "Field",
        before: "Before",
        after: "After",
        unchanged_one: "{count} unchanged",
        unchanged: "{count} unchanged",
        value_replaced: "Replaced",
        value_cleared: "Cleared",
        characters_one: "{count} character",
        characters: "{count} characters",
        nothing_changed: "No changes to save.",
        rename_used: "Last used {when}. Anything that uses the old name fails after the rename.",
        rename_unknown: "Usage unknown. Anything that uses the old name fails after the rename.",
        enter_saves: "Enter saves the new name.",
        back_to_editing: "Back to editing",
        save_changes: "Save changes",
        saving: "Saving…",
        saved: "{name} saved.",
        absent: "empty",
        update_mask: "Update mask",
        request: "API request",
        request_value_one: "1 byte, not shown",
        request_value: "{bytes} bytes, not shown",
        checking: "Checking…",
        review_hint: "We check for other people's changes before saving.",
        nothing_sent: "Not saved. Couldn't check for newer changes first. Try again.",
        compare_title: "Someone else changed this secret",
        compare_intro: "Someone saved changes while you were editing. Nothing of yours is saved yet.",
        compare_intro_lost: "Your save got no response, and the server now has a different version. Choose what to keep.",
        compare_value_unknown: "The value may have changed too; the API doesn't say.",
        compare_base: "Original:",
        compare_theirs: "On the server",
        compare_yours: "Yours",
        compare_all_yours: "Keep all mine",
        compare_all_theirs: "Keep all theirs",
        compare_settled_one: "{count} change taken over",
        compare_settled: "{count} changes taken over",
        compare_same: "Both changed it to {text}.",
        compare_value_theirs: "Keep the server's value",
        compare_value_replace: "Replace with yours",
        compare_value_clear: "Clear the value",
        compare_undecided: "Choose a version of {fields}.",
        compare_take: "Continue to review",
        lost_title: "No response from the server",
        review_outdated: "Not saved: your changes differ from what you reviewed. Review them again.",
        lost_looking: "No response. Checking whether your changes were saved…",
        lost_not_visible: "Your changes are not visible yet. Checking again in a few seconds…",
        lost_not_done: "Your changes were not saved. You can save again.",
        lost_still_not_visible: "Your changes are not visible yet. The server may still save them: check again before you save again.",
        lost_value_unknown: "The visible fields are saved. The API doesn't return values, so we don't know about the new one. Saving it again is safe.",
        lost_unreadable: "Couldn't check whether your changes were saved. Nothing is sent again automatically.",
        saved_after_all: "No response, but {name} was saved.",
    }
}

section! {
    /// Unsaved changes.
    drafts: Drafts {
        restored: "Draft from {when} restored.",
        discard: "Discard",
        discard_question: "Discard the draft from {when} and what you typed since? This can't be undone.",
        discard_now: "Discard draft",
        stays: "Keep draft",
        unkept: "This browser can't save drafts. Reloading, closing or locking the tab loses what you typed.",
        unsaved_leave: "Your changes aren't saved. Nothing is lost: your draft is kept in this tab.",
        unsaved_unknown: "Your changes aren't saved, and a draft may not be kept. Leaving may lose them.",
        unsaved_lost: "Your changes aren't saved, and this browser can't save drafts. Leaving loses them.",
    }
}

section! {
    /// Deleting one secret.
    delete: Delete {
        title: "Delete secret",
        question: "Delete {name}? Undo is possible for 10 seconds. Then anything that uses it fails.",
        used: "Last used {when}.",
        managed: "Managed by the bundle {bundle}, which may recreate it or fail without it.",
        unknown_use: "Usage unknown.",
        type_name: "Type the name to confirm",
        name_differs: "The name doesn't match.",
    }
}

section! {
    /// What secrets are like, in pictures, and findings.
    overview: Overview {
        title: "Overview",
        status: "Overview status",
        secrets_one: "{count} secret",
        secrets: "{count} secrets",
        names_one: "{count} name",
        names: "{count} names",
        percent: "{count}%",
        based_on: "Based on {what}",
        based_on_in: "Based on {what} in {all} workspaces",
        still_loading: "still loading",
        is_stopped: "not all loaded",
        is_waiting: "waiting for the server's rate limit",
        as_of: "as of {when}",
        use_not_loaded: "Last use isn't loaded, so what needs it is left out. Loading it costs more of the server's rate limit.",
        load_use: "Load last use",
        group_unknown_one: "Not known for {count} secret.",
        group_unknown: "Not known for {count} secrets.",
        references_unread: "Where secrets are used isn't read, so 2 rules can't be checked. Reading takes 1 request for each tool set, 4 at a time.",
        references_unread_in: "Where secrets are used isn't read in {count} workspaces, so 2 rules can't be checked there. Reading takes 1 request for each tool set, 4 at a time.",
        read_references: "Read references",
        references_reading: "Reading references: {done} of {all} tool sets",
        stop: "Stop",
        resume: "Resume",
        by_age: "By age",
        by_last_use: "By last use",
        by_bundle: "By bundle",
        by_creator: "By creator",
        by_label: "By label",
        label_note: "A secret with several labels is in several bars.",
        table: "As a table",
        table_of: "{title} as a table",
        group: "Group",
        number: "Secrets",
        share: "Share",
        in_30: "in the last 30 days",
        from_30_to_90: "30 to 90 days ago",
        from_90_to_180: "90 to 180 days ago",
        from_180_to_365: "180 days to 1 year ago",
        over_365: "more than 1 year ago",
        over_180: "more than 180 days ago",
        never_used: "never used",
        other_bundles: "other bundles",
        no_bundle: "no bundle",
        other_creators: "others",
        other_labels: "other labels only",
        no_labels: "no labels",
        created_when: "{what} created {when}",
        used_when: "{what} last used {when}",
        of_never_used: "{what} never used",
        of_bundle: "{what} of the bundle {bundle}",
        of_other_bundles: "{what} of other bundles",
        of_no_bundle: "{what} of no bundle",
        of_creator: "{what} created by {name}",
        of_other_creators: "{what} created by others",
        of_label: "{what} with the label {label}",
        of_other_labels: "{what} with other labels only",
        of_no_labels: "{what} with no labels",
        findings: "Findings",
        none_found: "No findings.",
        checking: "Loading the secrets…",
        clear: "Nothing found by: {what}",
        unchecked: "Not checked: {what}",
        missing: "Referred to, but missing",
        missing_rule: "Tool sets refer to a name that no secret has. The tool fails when it is called.",
        shared: "Same external ID",
        shared_rule: "More than one secret has the same external ID.",
        look_alike: "Look-alike names",
        look_alike_rule: "The same name, apart from case, the separators - _ . and the pairs 0 O and 1 l.",
        unconventional: "Names unlike the others",
        unconventional_rule: "Not written in UPPER_SNAKE_CASE, as most names of the workspace are.",
        unused_old: "Never used, older than 90 days",
        unused_old_rule: "Created more than 90 days ago, and never used since.",
        stale: "Unused for 90 days",
        stale_rule: "Used before, but not in the last 90 days.",
        unreferenced: "Referred to by nothing",
        unreferenced_rule: "No tool set or tool refers to it by name.",
        unlabelled: "No labels",
        unlabelled_rule: "No label tells what it belongs to; that of its bundle doesn't count.",
        and_more: "and {count} more",
        show_list: "Show {what}",
        show_first: "Show the first {count}",
        show_of: "Show {what}: {title}",
        show_of_in: "Show {what} in {workspace}: {title}",
        mute: "Mute",
        mute_of: "Mute {title}",
        mute_of_in: "Mute {title} in {workspace}",
        unmute: "Unmute",
        unmute_of: "Unmute {title}",
        unmute_of_in: "Unmute {title} in {workspace}",
        muted: "Muted in this browser",
        show_muted_one: "Show {count} muted finding",
        show_muted: "Show {count} muted findings",
        hide_muted: "Hide muted findings",
        not_kept: "The browser keeps nothing, so this lasts until the page is reloaded.",
        no_secrets_title: "No secrets yet",
        no_secrets: "An overview needs secrets to count.",
        workspaces: "Workspaces",
        refresh: "Load again",
        loaded: "Loaded",
        complete: "Complete",
        waiting: "Waiting for the server",
        loading_of: "{count} loaded…",
        no_access: "No access",
        archived: "Archived, not read",
        failed_of: "Failed after {count}",
        stopped_of: "Stopped at {count}",
    }
}

section! {
    /// Where a secret is used, before anyone asked.
    uses: Uses {
        title: "Where used",
        look_up: "Look up where used",
        all: "All references",
        cost: "Reads all tool sets of the workspace and their tools: 1 request for each tool set, 4 at a time.",
        unknown: "What refers to it isn't known yet. Looking it up reads all tool sets and their tools.",
        unknown_many: "What refers to them isn't known yet. Looking it up reads all tool sets and their tools.",
    }
}

section! {
    /// Where secrets are used.
    references: References {
        title: "References",
        status: "Reference status",
        read: "Read references",
        read_again: "Read again",
        stop: "Stop",
        resume: "Resume",
        include_archived: "Include archived tool sets",
        not_read: "Not read yet. Reading takes 1 request for each tool set, 4 at a time.",
        under_way: "Reading tool sets and tools…",
        listing: "Listing tool sets…",
        reading: "{done} of {all} tool sets read",
        waiting_limit: "Rate limited. Reading resumes by itself.",
        waiting_again: "A request failed. It is tried again by itself.",
        stopped_first: "Stopped. Nothing is known yet.",
        stopped: "Stopped: {done} of {all} tool sets read. The result is incomplete.",
        failed_first: "Not all tool sets could be listed.",
        failed: "{done} of {all} tool sets read. The result is incomplete.",
        endless: "The server repeats its pages, so the result is incomplete.",
        complete_one: "{count} tool set read",
        complete: "{count} tool sets read",
        archived_out: "archived ones left out",
        read_at: "as of {when}",
        unreadable_one: "{count} item can't be read and is left out.",
        unreadable: "{count} items can't be read and are left out.",
        nothing_refers: "No tool set refers to {name}.",
        nothing_yet: "No reference to {name} found so far.",
        refers_one: "{count} tool set refers to {name}.",
        refers: "{count} tool sets refer to {name}.",
        of_these_shadowed_one: "In {count} of them a secret of the tool set takes precedence.",
        of_these_shadowed: "In {count} of them secrets of the tool sets take precedence.",
        this_shadowed: "A secret of the tool set takes precedence there.",
        shadowed: "Shadowed",
        shadowed_meaning: "This tool set has a secret of the same name, which is used instead.",
        archived: "Archived",
        limits: "Tool sets refer to secrets by name. A missing name fails only when a tool is called.",
        field_url: "URL",
        field_base_url: "Base URL",
        field_header: "Header {name}",
        field_path: "Path",
        field_query: "Query",
        field_body: "Body",
        of_tool: "Tool {name}",
        agents: "Agents: {agents}",
        agents_reading: "Reading agents…",
        agents_none: "No agent uses this tool set.",
        agents_failed: "Couldn't load the agents.",
        delete_many: "{used} of {all} are referred to by tool sets.",
        delete_none: "No tool set refers to them.",
        delete_so_far: "{used} of {all} are referred to by tool sets, as far as is known.",
        sets_of_one: "{name}: {count} tool set",
        sets_of: "{name}: {count} tool sets",
        more: "and {count} more",
        breaks_none: "No reference breaks.",
        breaks_one: "{count} reference will break:",
        breaks: "{count} references will break:",
        copy_list: "Copy list",
        finding: "Finding",
        used_by: "Used by",
        missing: "No such secret",
        unused: "Unused",
        create: "Create",
        create_named: "Create {name}",
        search: "Filter by name",
        show: "Show",
        show_all: "All",
        show_missing: "Missing",
        show_unused: "Unused",
        show_shadowed: "Shadowed",
        sets_one: "{count} tool set",
        sets: "{count} tool sets",
        show_more: "Show {count} more",
        shown_of: "First {shown} of {all}",
        no_lines: "No names match.",
        no_secrets: "No secrets and no references.",
        secrets_reading: "Loading the secrets…",
        secrets_part: "Not all secrets are loaded, so missing and unused names aren't certain.",
    }
}

section! {
    /// Creating and editing a workspace.
    workspace_form: WorkspaceForm {
        new: "New workspace",
        edit: "Edit workspace",
        create: "Create workspace",
        open: "Open workspace",
        exists: "A workspace named {name} already exists.",
        external_id_hint: "This workspace's ID in another system.",
        looking: "Checking whether the workspace was created…",
        not_visible: "No workspace with this name is visible yet. Checking again in a few seconds…",
        found: "A workspace named {name} exists, created {when} by {whom}. Check whether it is yours; what you typed is kept.",
        found_external: "A workspace with this external ID exists: {name}, created {when} by {whom}.",
        not_found: "No workspace with this name exists. You can create it again.",
        still_not_visible: "No workspace with this name is visible yet. The server may still create it: check again before you create it again.",
        unreadable: "Couldn't check whether it was created. We'll check again before sending anything.",
        compare_title: "Someone else changed this workspace",
    }
}

section! {
    /// Archiving a workspace.
    archive: Archive {
        title: "Archive workspace",
        archive: "Archive",
        question: "Archive {name}? This console can't undo it.",
        stops_secrets: "Its secrets can no longer be read or changed.",
        stops_agents_one: "{count} agent stops working.",
        stops_agents: "{count} agents stop working.",
        stops_tools_one: "{count} tool can no longer be called.",
        stops_tools: "{count} tools can no longer be called.",
        stops_memory_one: "{count} memory entry can no longer be reached.",
        stops_memory: "{count} memory entries can no longer be reached.",
        stops_unknown: "Its agents stop working, and its tools can no longer be called.",
        is_last: "This is the only active workspace. An account needs at least one.",
        refused_last: "The server refused: an account needs at least one active workspace, and this seems to be the only one.",
        checking: "Checking for other active workspaces…",
        is_archived: "This workspace is already archived.",
        archiving: "Archiving…",
        archived: "{name} archived.",
        archived_after_all: "No response, but {name} was archived.",
        looking: "No response. Checking whether the workspace was archived…",
        not_visible: "The workspace is still active. Checking again in a few seconds…",
        not_done: "The workspace is still active. You can archive it again.",
        still_not_visible: "The workspace is still active. The server may still archive it: check again before you try again.",
        unreadable: "Couldn't check whether the workspace was archived.",
    }
}

section! {
    /// The members of a workspace.
    members: Members {
        title: "Members",
        add: "Add member",
        email: "Email",
        added: "Added",
        you: "you",
        remove: "Remove",
        remove_name: "Remove {name}",
        count_one: "{count} member",
        count: "{count} members",
        incomplete: "Loading stopped: the server repeated a cursor. There may be more members.",
        empty_title: "No members",
        empty: "Only account admins can reach this workspace. Add the people and API keys that work in it.",
        search: "Name or email address",
        people: "People",
        search_hint: "Searches the people and API keys of this account. Enter a full email address to invite someone new.",
        searching: "Searching…",
        search_more: "More people match. Type more of the name.",
        is_member: "Already a member",
        invite: "Invite {email}",
        invite_note: "Not in this account",
        choose: "Choose a person first.",
        will_add: "{name} will be able to use this workspace and everything in it.",
        will_stay: "{name} is already a member. Adding them again changes nothing.",
        will_invite: "{email} is not in this account. They will be invited by email.",
        adding: "Adding…",
        added_name: "{name} is a member.",
        invited: "{email} was invited.",
        added_after_all: "No response, but {name} is a member.",
        remove_title: "Remove member",
        remove_question: "Remove {name} from {workspace}?",
        remove_effect: "They can no longer use this workspace. Their profile and what they created stay.",
        remove_self: "This is you. You lose access to this workspace, and only an account admin can add you again.",
        removing: "Removing…",
        removed: "{name} removed.",
        removed_already: "{name} was no longer a member.",
        removed_after_all: "No response, but {name} was removed.",
        looking: "No response. Checking the members…",
        not_visible: "Not visible yet. Checking again in a few seconds…",
        not_done: "It was not carried out. You can try again.",
        still_not_visible: "Not visible yet. The server may still carry it out: check again before you try again.",
        unreadable: "Couldn't check whether it was carried out.",
    }
}
